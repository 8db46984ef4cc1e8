"""Exact numbers rounded and written with the decimals or the figures that are asked for."""

from __future__ import annotations

from fractions import Fraction


def rounded(value: Fraction, decimals: int) -> Fraction:
    """A value rounded to so many decimals, halves away from zero as schools do: 2.5 is 3, and -2.5 is -3."""
    scaled = abs(value) * Fraction(10) ** decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (-1 if value < 0 else 1) * Fraction(whole) / Fraction(10) ** decimals


def fixed(value: Fraction, decimals: int) -> str:
    """A value with so many decimals, in the form of authors: 2 with 2 decimals is `2.00`."""
    near = rounded(value, decimals)
    digits = str(int(abs(near) * 10**decimals)).zfill(decimals + 1)
    sign = "-" if near < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def to_figures(value: Fraction, figures: int) -> str:
    """A value with so many significant figures: 1234.5 with 2 is `1200`, 0.999 with 2 is `1.0`."""
    if not value:
        return fixed(value, figures - 1)
    decimals = figures - 1 - _power(value)
    if _power(rounded(value, decimals)) > _power(value):
        decimals -= 1
    return fixed(rounded(value, decimals), max(0, decimals))


def _power(value: Fraction) -> int:
    """The power of ten that a value starts with: 2 for 345, -2 for 0.05."""
    power = len(str(abs(value.numerator))) - len(str(value.denominator))
    return power if abs(value) >= Fraction(10) ** power else power - 1

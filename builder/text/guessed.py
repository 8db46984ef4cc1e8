"""The language that texts are in, told by their most frequent small words, or by their letters.

An example: of "Quel roi fut sacré à Reims, et dans quelle église ?" the words quel, et, dans and quelle are French, and
none is frequent in another language here. Four such words are few, so a single question stays unknown; two tell it.

A wrong language is worse than none: where two languages stand side by side, nothing is told. Languages without fixed words
of ours are known as well, so that Swedish does not pass for Polish; texts in them are told nothing.

Source of the method: Grefenstette (1995), Comparing two language identification schemes, whose small words are these.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST = 5  # small words, below which nothing is told
_DIFFERENT = 4  # of them: a single one that comes again and again may be a name, or a letter of formulas
_SHARE = 0.12  # of all words, that are small ones of the language
_MIXED = 0.3  # of their number, so many of another language alone say that the texts are in both
_LEAD = 1.2  # times as many as in any of `_OTHERS`, of which some are close relatives
_MOST = 200_000  # letters that are looked at
_SMALL = {
    "en": "the of and is are was were which what that with from for to in this how does",
    "de": "der die das und ist nicht ein eine einen von den dem des mit welche welcher was wird zu auf im",
    "fr": "le la les des et est une un que qui dans du au aux sont quel quelle quels fut il par sur en",
    "es": "el la los las una un que es del por con son cuál qué quién se en y fue como para",
    "it": "il lo la gli della delle del che di è una un per con sono quale nel nella dei si e come",
    "nl": "het een van de en dat is niet welke zijn met voor wat wordt op te er aan",
    "pl": "jest nie się na że do który jakie jaki co oraz w z i od przez są po",
    "pt": "o a os as uma um que é do da dos das não com são qual em no na por foi",
    "tr": "ve bir bu için ile hangi hangisi olan ne nedir da de mi olarak daha gibi",
}
_OTHERS = {
    "af": "die en van is wat nie in het vir op dit met wie hoe as deur hierdie watter",
    "az": "və bir bu üçün ilə hansı olan nə nədir da də ki hansıdır isə daha kimi",
    "ca": "el la els les de del què que és una un i per amb no quin quina va ser en com dels són es",
    "cs": "je na se co v a že z do kdo který která jaký jaké byl jsou od po nebo pro čeho ve to kdy o",
    "da": "er det en et og i af den der som til hvad hvem hvilken hvilket på med de har ikke",
    "gl": "o a os as unha un que é do da dos das non co cal son en no na por foi quen ó polo",
    "hr": "je na se što u i od za do koji koja koje su tko po iz ili s kako bio o",
    "hu": "a az és mi ki hogy volt nem egy melyik milyen mikor hol van mit is meg vagy azt",
    "id": "di yang dan apa ini itu dari ke adalah dengan untuk pada siapa mana dalam oleh",
    "la": "et est in non quid quis quae quod qui ad cum ex ubi sunt ut sed ab per si esse",
    "lb": "de den d wat ass an eng vun vum dat mat op fir net dem hunn ginn wéi gouf der",
    "no": "er det en et og i av den som til hva hvem hvilken hvilket på med de har ikke",
    "ro": "este ce care la un o din de pe se în și cu nu sunt cine al ale unde fi ca",
    "sk": "je na sa čo v a že z do kto ktorý ktorá aký aké bol sú od po alebo pre čoho vo to kedy o",
    "sl": "je na se kaj v in da z do kdo kateri katera kako bil so od po ali za s pri ki",
    "sv": "är det en ett och i av den som till vad vem vilken vilket på med de har inte var att vilka",
}
_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _language, _words in (_SMALL | _OTHERS).items():
    for _word in _words.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _language)
_KANA, _HAN = re.compile("[\u3041-\u3096\u30a1-\u30fa]"), re.compile("[\u4e00-\u9fff]")
_HEBREW, _YIDDISH = re.compile("[\u05d0-\u05ea]"), re.compile("[\u05f0-\u05f2]")
_ARABIC = re.compile("[\u0620-\u064a]")
_PERSIAN = re.compile("[\u067e\u0679\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06cc\u06d2]")  # and Urdu
_MAIN = 0.6  # of all letters, that are those of a language
_STRAY = 0.01  # of all letters, that may be those of its neighbour, as in a name
_WORD = re.compile(r"[^\W\d_]+")


def guessed(texts: Iterable[str]) -> str:
    """The code of the language that most of the texts are in, as `fr`; empty where they do not tell it."""
    text = "\n".join(texts)[:_MOST].lower()
    return _by_letters(text) or _by_words(_WORD.findall(text))


def _by_letters(text: str) -> str:
    letters = sum(map(str.isalpha, text)) or 1
    kana, han, hebrew, arabic, yiddish, persian = (
        len(pattern.findall(text)) / letters for pattern in (_KANA, _HAN, _HEBREW, _ARABIC, _YIDDISH, _PERSIAN)
    )
    found = {
        "ja": kana + han > _MAIN and kana > _MIXED,  # Japanese has Han letters as well
        "zh": han > _MAIN and kana < _STRAY,
        "he": hebrew > _MAIN and yiddish < _STRAY,
        "ar": arabic > _MAIN and persian < _STRAY,
    }
    return next((language for language, is_so in found.items() if is_so), "")


def _by_words(words: list[str]) -> str:
    known = [_LANGUAGES[word] for word in words if word in _LANGUAGES]
    counts = Counter(language for some in known for language in some)
    first = max(_SMALL, key=lambda language: counts[language])
    alone = Counter(language for some in known if first not in some for language in some)
    least = max(_LEAST, _SHARE * len(words), _LEAD * max(counts[language] for language in _OTHERS))
    different = sum(first in _LANGUAGES.get(word, ()) for word in set(words))
    is_mixed = max(alone[language] for language in _SMALL) > _MIXED * counts[first]
    return "" if is_mixed or counts[first] < least or different < _DIFFERENT else first

"""What stands around the questions of a package: the manifest, and what Canvas wants to know of a quiz."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.exchange._qti.writing import points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model import Course

_CP = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def documents(course: Course, worth: float, name: str, shown: Iterable[str]) -> dict[str, str]:
    """The manifest, and the settings of the quiz; `shown` are the pictures and recordings of the package."""
    files = "".join(
        f'<resource identifier="file{number}" type="webcontent" href="{escape(quote(member))}">'
        f'<file href="{escape(quote(member))}"/></resource>\n'
        for number, member in enumerate(shown, 1)
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="{name}-manifest" xmlns="{_CP}">\n'
        "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>\n"
        f'<organizations/>\n<resources>\n<resource identifier="{name}" type="imsqti_xmlv1p2">'
        f'<file href="{name}/{name}.xml"/><dependency identifierref="{name}-meta"/></resource>\n'
        f'<resource identifier="{name}-meta" type="{_META}" href="{name}/assessment_meta.xml">'
        f'<file href="{name}/assessment_meta.xml"/></resource>\n{files}</resources>\n</manifest>\n'
    )
    return {"imsmanifest.xml": manifest, f"{name}/assessment_meta.xml": _settings(course, worth, name)}


def _settings(course: Course, worth: float, name: str) -> str:
    """The settings: options are shuffled, and the quiz is not yet published."""
    title = escape(course.title)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz identifier="{name}" xmlns="http://canvas.instructure.com/xsd/cccv1p0">'
        f"<title>{title}</title><description></description><shuffle_answers>true</shuffle_answers>"
        "<scoring_policy>keep_highest</scoring_policy><hide_results></hide_results><quiz_type>assignment</quiz_type>"
        f"<points_possible>{points(worth)}</points_possible>"
        "<show_correct_answers>true</show_correct_answers><allowed_attempts>1</allowed_attempts>"
        "<one_question_at_a_time>false</one_question_at_a_time><available>false</available></quiz>\n"
    )

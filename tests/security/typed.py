"""Everything that somebody can type, and every page that shows it again."""

from collections.abc import Iterator

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import WRITER
from tests.web.html import Html

_ADDRESS = ("name", "address_line_1", "address_line_2", "town")
_KEPT = ("other", "copy_to", "first_sent", "first_subject", "constituency", "member", "place")
FIELDS = {
    "write": (*_ADDRESS, *_KEPT, "postcode", "answer-connection", "keep", "earlier", "earlier_subject", "earlier_base"),
    "letter": (*_ADDRESS, *_KEPT, "postcode", "answer-connection", "answer-hope", "subject", "body", "composed"),
    "by-hand": ("mp_name", "mp_constituency", "name", "postcode", "other"),
    "follow-up": ("first_sent", "first_subject", "subject", "body", "composed", "copy_to"),
    "constituency": ("postcode", "name", "other", "copy_to", "earlier", "mp_name", "place"),
}
"""The fields of the journey, by the page that is sent them."""
STUDIO_FIELDS = ("slug", "file", "facts", "base", "member", "view")
FILE = {"file": "---\ntitle: Rivers\nsubject: Rivers\n---\nWill you help?\n", "slug": "rivers"}
_EDITS = {"earlier": "Mine", "earlier_subject": "Mine", "earlier_base": "en a b c"}
_NAMED = {"mp_name": "J. Example", "mp_constituency": "Chorley"}


def in_each_field(visitor: FlaskClient, text: str) -> Iterator[tuple[str, TestResponse]]:
    """Each page with a text in one field, the others filled in right; and which that is, as ``write, name``."""
    for page, fields in FIELDS.items():
        for field in fields:
            more = _EDITS if field in _EDITS else _NAMED if field in _NAMED else {}
            yield f"{page}, {field}", visitor.post(f"/c/uyghurs/{page}", data=WRITER | more | {field: text})
    for field in STUDIO_FIELDS:
        yield f"studio, {field}", visitor.post("/studio", data=FILE | {field: text})


def in_all_fields(visitor: FlaskClient, text: str) -> Iterator[tuple[str, TestResponse]]:
    """Each page of the journey with a text in every field that takes any; and what the page is."""
    written = WRITER | dict.fromkeys((*_ADDRESS, "answer-connection", "answer-hope", "other"), text)
    edited = {"subject": text, "body": f"Dear Rachel Blake,\n\n{text}", "composed": "en a b c"}
    for page in ("write", "letter", "constituency", "follow-up"):
        yield page, visitor.post(f"/c/uyghurs/{page}", data=written)
    yield "changed letter", visitor.post("/c/uyghurs/letter", data=written | edited)
    yield "letter by hand", visitor.post("/c/uyghurs/letter", data=written | {"mp_name": text, "mp_constituency": text})


def file_with(text: str) -> str:
    """A campaign file with a text wherever any may stand that is shown as it is."""
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    names = ("title", "summary", "organisation", "imprint", "about", "privacy_note")
    texts = "".join(f"{name}: {quoted}\n" for name in names)
    question = f"questions:\n  - id: why\n    label: {quoted}\n    hint: {quoted}\n    prompts: [{quoted}]\n"
    return f"---\n{texts}subject: Rivers\n{question}---\nWill you help?\n\n{{{{ answers.why }}}}\n"


def values(page: Html) -> str:
    """What stands in the fields of a page, spaces as they show."""
    return " ".join(" ".join(page.value(field) for field in page.all("*[@name]")).split())

"""As much in one field as a request may hold, of what costs the most: answered like anything else, and soon.

Without a limit on the marks of one letter, a single one of these would hold a process up for minutes.
"""

import re

import pytest
from flask.testing import FlaskClient

from app.web.http.field_limits import LONGEST_LETTER_FORM
from tests.conftest import WRITER
from tests.security.hostile_requests import PARTED, multipart
from tests.security.typed import FIELDS, FILE, STUDIO_FIELDS
from tests.web.journey.test_journey import field as field_of

SIZE = 240_000  # bytes
MUCH = {
    "marks out of order": "a" + "\u0300" * (SIZE // 4) + "\u0316" * (SIZE // 4),
    "points out of order": "א" + "\u05bf\u05b0" * (SIZE // 4),
    "letters": "x" * SIZE,
    "words": "word " * (SIZE // 5),
    "lines": "a\n\n" * (SIZE // 3),
    "versions": "\n\n* * *\n\n".join(f"{n:x}" for n in range(SIZE // 13)),
}


@pytest.mark.parametrize("much", MUCH.values(), ids=MUCH)
@pytest.mark.parametrize("page", ["write", "letter"])
def test_much_in_a_field_of_the_journey(client: FlaskClient, page: str, much: str) -> None:
    for field in FIELDS[page]:
        data = WRITER | {field: much}
        response = client.post(f"/c/uyghurs/{page}", data=data, content_type="multipart/form-data")
        assert response.status_code in (200, 400, 409, 422), field


EVERY_FIELD = {name for fields in FIELDS.values() for name in fields} | {"answer-new", "draft", "no-field-of-ours"}
WHOLE = [("SW1A 1AA", page) for page in ("letter", "by-hand", "follow-up")]
"""Pages that take something from every field."""
TEXTS = ("answer-connection", "body", "name", "no-field-of-ours")
"""Some of each kind, for pages that carry along what they are sent as others do."""


@pytest.mark.parametrize("page", ["", "write", "letter", "letter.pdf", "constituency", "by-hand", "follow-up"])
@pytest.mark.parametrize("postcode", ["SW1A 1AA", "SW1A 9ZZ", "JE2 3AB", "x"])
def test_what_is_far_over_its_limit_comes_back_cut_and_once(client: FlaskClient, page: str, postcode: str) -> None:
    """240 kB of quotation marks, each of which takes five bytes in a page, made one of 2.8 MB. Half is too long."""
    for field in EVERY_FIELD if page == "write" or (postcode, page) in WHOLE else TEXTS:
        data = WRITER | {"subject": "S", "body": "B", "postcode": postcode} | {field: '"' * (SIZE // 2)}
        path = f"/c/uyghurs/{page}".rstrip("/")
        response = client.post(path, data=data, content_type="multipart/form-data")
        assert response.status_code < 500
        if response.mimetype == "application/pdf":
            continue
        assert "has only the beginning of it" in response.text
        repeated = max(len(run) for run in re.findall("(?:&#34;)*", response.text))
        assert repeated <= 5 * 40_000, field
        assert response.text.count("&#34;" * 100) * 100 <= repeated / 5, f"{field}, in more than one place"


def test_many_fields_that_are_far_too_long_together(client: FlaskClient) -> None:
    data = WRITER | {"postcode": "SW1A 9ZZ"} | {f"answer-{n}": '"' * 20_000 for n in range(12)}
    for page in ("write", "letter", "constituency"):
        response = client.post(f"/c/uyghurs/{page}", data=data, content_type="multipart/form-data")
        assert response.text.count("&#34;") <= LONGEST_LETTER_FORM + 1_000


def test_a_longer_answer_than_is_taken_comes_back_whole_to_be_shortened(client: FlaskClient) -> None:
    story = ("I have much to say. " * 900).strip()
    data = WRITER | {"answer-connection": story}
    for page in ("write", "letter", "letter.pdf"):
        response = client.post(f"/c/uyghurs/{page}", data=data, content_type="multipart/form-data")
        assert response.status_code == (200 if page == "write" else 422)
        assert field_of(response, "answer-connection") == story
        assert "has only the beginning of it" not in response.text


AUDIENCE = 'asks:\n  - id: a\n    ask: x\n    for:\n      party: ["{}"]'


@pytest.mark.parametrize("line", ['about: "{}"', 'language: "{}"', AUDIENCE, "x: {}", "{}: x"])
@pytest.mark.parametrize("much", ["a" + "\u0300" * 15_000 + "\u0316" * 15_000, "[" * 60_000, "[1," * 20_000])
def test_much_in_a_campaign_file(client: FlaskClient, line: str, much: str) -> None:
    file = FILE["file"].replace("title:", f"{line.format(much)}\ntitle:")
    assert client.post("/studio", data=FILE | {"file": file}).status_code == 200


@pytest.mark.parametrize("field", STUDIO_FIELDS)
def test_what_is_far_over_its_limit_in_the_studio_comes_back_cut_and_once(client: FlaskClient, field: str) -> None:
    data = FILE | {field: '"' * 4 * SIZE}
    body = multipart([(name, text.encode()) for name, text in data.items()])
    page = client.post("/studio", data=body, content_type=PARTED)
    assert page.status_code == 200
    assert "has only the beginning of it" in page.text
    assert page.text.count("&#34;") <= {"file": 132_000, "facts": 525_000}.get(field, 1_000)


@pytest.mark.parametrize("lines", ["\n" * 130_000, "- \n" * 40_000])
def test_a_file_of_many_lines_is_not_repeated_line_by_line(client: FlaskClient, lines: str) -> None:
    page = client.post("/studio", data=FILE | {"file": FILE["file"] + lines}, content_type="multipart/form-data")
    assert page.status_code == 200
    assert len(page.data) < 300_000

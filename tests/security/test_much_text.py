"""As much in one field as a request may hold, of what costs the most: answered like anything else, and soon.

Without a limit on the marks of one letter, a single one of these would hold a process up for minutes.
"""

import pytest
from flask.testing import FlaskClient

from tests.conftest import WRITER
from tests.security.typed import FIELDS, FILE
from tests.web.test_journey import field as field_of

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


def test_an_answer_longer_than_any_letter_comes_back_whole(client: FlaskClient) -> None:
    story = "I have much to say. " * 5_000
    data = WRITER | {"answer-connection": story}
    for page in ("write", "letter", "letter.pdf"):
        response = client.post(f"/c/uyghurs/{page}", data=data, content_type="multipart/form-data")
        assert response.status_code == (200 if page == "write" else 422)
        assert field_of(response, "answer-connection") == story.strip()


AUDIENCE = 'asks:\n  - id: a\n    ask: x\n    for:\n      party: ["{}"]'


@pytest.mark.parametrize("line", ['about: "{}"', 'language: "{}"', AUDIENCE, "x: {}", "{}: x"])
@pytest.mark.parametrize("much", ["a" + "\u0300" * 15_000 + "\u0316" * 15_000, "[" * 60_000, "[1," * 20_000])
def test_much_in_a_campaign_file(client: FlaskClient, line: str, much: str) -> None:
    file = FILE["file"].replace("title:", f"{line.format(much)}\ntitle:")
    assert client.post("/studio", data=FILE | {"file": file}).status_code == 200

"""A request composes its letter once, however many parts of its page are about the letter."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.campaigns.template import liquid
from app.letters.letter import Letter
from tests.conftest import WRITER

Counted = Callable[[], tuple[int, int]]
CHANGED = WRITER | {"subject": "My own subject", "body": "Dear MP,\n\nMy own words.", "composed": "en a b c"}
PAGES = [
    ("", WRITER),
    ("/write", WRITER),
    ("/write", {"postcode": WRITER["postcode"]}),
    ("/letter", WRITER),
    ("/letter", CHANGED),
    ("/letter", CHANGED | {"member": "1"}),
    ("/follow-up", WRITER | {"first_sent": "2026-11-01", "first_subject": "Before"}),
    ("/letter.txt", CHANGED),
    ("/letter.eml", WRITER),
    ("/letter.pdf", WRITER),
]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Count the letters that were composed, and the templates that were filled in."""
    letters, templates = [], []
    compose, render = Letter, liquid.render

    def composed(**parts: object) -> object:
        letters.append(parts)
        return compose(**parts)  # type: ignore[arg-type]

    def rendered(*arguments: object) -> str:
        templates.append(arguments)
        return render(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("app.letters.composition.Letter", composed)
    monkeypatch.setattr(liquid, "render", rendered)
    return lambda: (len(letters), len(templates))


@pytest.mark.parametrize(("page", "form"), PAGES)
def test_each_page_composes_its_letter_once(
    client: FlaskClient, counted: Counted, page: str, form: dict[str, str]
) -> None:
    client.get("/c/uyghurs")  # the first request of a site checks its campaign files
    letters_before, templates_before = counted()
    response = client.post(f"/c/uyghurs{page}", data=form)
    assert response.status_code in (200, 409), response.text
    letters, templates = counted()
    assert letters - letters_before == 1
    assert templates - templates_before <= 6

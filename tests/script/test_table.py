"""What Python and the script both do, they do alike: both are held to one table."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.letters import email, personal
from app.letters.email import MailProgram, email_text
from app.letters.gaps import ANSWER
from app.letters.letter import Letter, Sender
from app.letters.personal import Personal
from app.web.journey import hidden_fields
from app.web.journey.forms import LetterForm
from config import ROOT
from tests.unit.letters.test_email import LETTER

TABLE: dict[str, Any] = json.loads((ROOT / "tests/script/table.json").read_text())


def signed(name: str, address: list[str], **changes: Any) -> Letter:
    """A letter of somebody at an address."""
    *street, postcode = address
    return replace(LETTER, sender=Sender(name, tuple(street), "", postcode), **changes)


def test_the_script(tmp_path: Path) -> None:
    environment = {**os.environ, "DENO_DIR": str(tmp_path), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "deno", "test", "--cached-only", "--no-check", "tests/script"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_count_of_words() -> None:
    for case in TABLE["words"]:
        assert len(personal._words(case["text"])) == case["count"], case["text"]


def test_the_percentage() -> None:
    for case in TABLE["percent"]:
        assert Personal(case["own"], case["all"]).percent == case["percent"], case


def test_texts_with_values() -> None:
    for case in TABLE["texts"]:
        assert case["text"] % case["values"] == case["filled"]


def test_an_address_for_a_copy() -> None:
    addresses = TABLE["addresses"]
    assert LetterForm().copy_to.render_kw["pattern"] == addresses["pattern"]
    for address in (*addresses["right"], *addresses["wrong"]):
        form = LetterForm(MultiDict({"copy_to": address}))
        form.validate()
        assert bool(form.copy_to.errors) == (address in addresses["wrong"]), address


def test_the_text_of_an_email() -> None:
    for case in TABLE["emails"]:
        assert email_text(signed(case["name"], case["address"], body=case["body"])) == case["text"]


def test_the_links(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in TABLE["links"]:
        program = MailProgram("Program", case["start"], case["longest"], case["called"])
        monkeypatch.setattr(email, "MAIL_PROGRAMS", (program,))
        letter = signed(**TABLE["sender"], email=case["to"], subject=case["subject"], body=case["body"])
        (link,) = email.links(letter, case["copy_to"])
        made = {"href": link.href, "has_letter": link.has_letter, "has_subject": link.has_subject}
        assert made.items() <= case.items()


def test_what_goes_along() -> None:
    """The script sends along nothing that the server would drop; for each name that the server knows it is decided."""
    names = TABLE["goes_along"]
    known = {*hidden_fields.NAMES, f"{ANSWER}why"}
    assert known <= names.keys()
    assert {name for name, goes in names.items() if goes} <= known

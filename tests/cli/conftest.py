"""Commands run on a folder of campaigns of the test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner

from tests.conftest import MakeApp

Run = Callable[..., Result]

RIVERS = """\
---
title: Clean rivers
subject: Sewage in {{ constituency.name }}
questions:
  - id: river
    label: Which river do you know?
asks:
  - ask: Will you sign the motion, and tell me when you have?
  - for: {role: [speaker, minister]}
    ask: Will you write to the minister, and send me the answer?
    reason: The Speaker and ministers sign no motions.
  - for: abstaining
    ask: Will you write to the minister, and send me the answer?
---
I live in {{ constituency.name }}, and I write about our rivers.

{{ answers.river }}

{{ ask }}

I look forward to your reply.
"""
"""A campaign without mistakes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of campaigns, with one in it."""
    folder = tmp_path / "campaigns"
    folder.mkdir()
    (folder / "rivers.md").write_text(RIVERS)
    return folder


@pytest.fixture
def runner(make_app: MakeApp, folder: Path) -> FlaskCliRunner:
    return make_app(campaigns_dir=folder).test_cli_runner()


@pytest.fixture
def run(runner: FlaskCliRunner) -> Run:
    """Runs ``flask campaigns`` with arguments, and what is typed as ``input``."""

    def run(*args: str | Path, **more: str) -> Result:
        result = runner.invoke(args=["campaigns", *map(str, args)], **more)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run

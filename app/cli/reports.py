"""Lines of text about campaign files, their problems and their state, for people and for GitHub."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from app.campaigns.campaign import Campaign, State
from app.campaigns.linter.checked_file import CheckResult
from app.campaigns.problems import Problem, Severity
from app.i18n.dates import day_in_words
from app.letters.text import clean_line
from app.mp.dissolution import today

_COMMANDS = {Severity.ERROR: "error", Severity.ADVICE: "warning"}


def format_text(path: Path, problem: Problem) -> str:
    """``rivers.md:5:7: error: …``."""
    place = [str(path), str(problem.line), *([str(problem.column)] if problem.column else [])]
    # Some messages quote the file, which may contain characters that move a terminal's cursor.
    return clean_line(f"{':'.join(place)}: {problem.severity.value}: {problem.message}")


def format_github(path: Path, problem: Problem) -> str:
    """Return a workflow command, with which GitHub shows the problem beside its line."""
    place = {"file": str(path), "line": str(problem.line), "col": str(problem.column or 1)}
    properties = ",".join(f"{name}={_escaped(value, '%:,')}" for name, value in place.items())
    return f"::{_COMMANDS[problem.severity]} {properties}::{_escaped(clean_line(problem.message), '%')}"


def _escaped(text: str, special: str) -> str:
    return re.sub(rf"[{special}\r\n]", lambda found: f"%{ord(found[0]):02X}", text)


FORMATS = {"text": format_text, "github": format_github}


def summary(checked: Iterable[CheckResult]) -> str:
    """``2 files checked: 1 error, no advice.``"""
    files = list(checked)
    errors = sum(len(file.errors) for file in files)
    advice = sum(len(file.problems) for file in files) - errors
    advised = f"{counted(advice, 'piece')} of advice" if advice else "no advice"
    return f"{counted(len(files), 'file')} checked: {counted(errors, 'error')}, {advised}."


def counted(number: int, noun: str) -> str:
    """``1 file``, ``no files``, ``1,200 files``."""
    return f"{f'{number:,}' if number else 'no'} {noun}{'' if number == 1 else 's'}"


def format_list_entry(file: CheckResult) -> str:
    title = clean_line(file.campaign.title) if file.campaign else "-"
    return f"{clean_line(file.path.stem)}\t{title}\t{_state(file)}"


def _state(file: CheckResult) -> str:
    if file.errors:
        served = "; the version before it is being served" if file.is_earlier else ""
        return f"broken, from line {file.errors[0].line}{served}"
    return _describe_state(file.campaign, today()) if file.campaign else "broken"


def _describe_state(campaign: Campaign, day: date) -> str:
    until = f" until {day_in_words(campaign.closes)}" if campaign.closes else ""
    return {
        State.COMING: f"opens on {day_in_words(campaign.opens or day)}",
        State.OPEN: f"open{until}",
        State.ENDED: f"ended on {day_in_words(campaign.closes or day)}",
    }[campaign.state(day)]


def shown(path: Path) -> Path:
    current = Path.cwd()
    return path.relative_to(current) if path.is_relative_to(current) else path

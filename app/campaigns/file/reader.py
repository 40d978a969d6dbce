"""Reads a campaign file into a Campaign, or explains to campaigners why it cannot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.campaigns.campaign import LONGEST_BODY, Campaign
from app.campaigns.file.fields import FIELDS_WITHIN, NOT_IN_FILE, fields_at
from app.campaigns.file.front_matter import FrontMatter, read_front_matter
from app.campaigns.file.indentation import explain_indentation
from app.campaigns.file.inside import LeadsOut, read_inside
from app.campaigns.file.misplaced import find_misplaced
from app.campaigns.problems import CampaignUnreadable, Problem, explain_link, most_alike
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

LONGEST_FILE = 65_536  # bytes
MOST_PROBLEMS = 50  # nobody reads more, and each takes a moment to word


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """A campaign with the file it was read from, for messages about its lines."""

    campaign: Campaign
    front_matter: FrontMatter

    def has(self, name: str) -> bool:
        """Tell if a setting is in the file itself, rather than taken from the file that it translates."""
        return name in self.front_matter.values


def read_text(path: Path) -> str:
    """Read a file of up to ``LONGEST_FILE`` bytes. Raises CampaignUnreadable."""
    try:
        raw = read_inside(path.parent, path, LONGEST_FILE + 1)
        _check_length(len(raw))
        return raw.decode("utf-8-sig")
    except LeadsOut as error:
        raise CampaignUnreadable(Problem(1, explain_link(path.name))) from error
    except OSError as error:
        says = _("the file cannot be read: %(reason)s", reason=error.strerror)
        raise CampaignUnreadable(Problem(1, says)) from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CampaignUnreadable(Problem(line, _("the file is not UTF-8 text; save it as UTF-8"))) from error


def read_campaign(slug: str, text: str) -> CampaignFile:
    """Make a campaign from a file's text. Raises CampaignUnreadable with every problem found."""
    _check_length(len(text.encode("utf-8", "replace")))
    front_matter = read_front_matter(text)
    for name in NOT_IN_FILE & front_matter.values.keys():
        line, column = front_matter.place_of(name)
        raise CampaignUnreadable(Problem(line, _("`%(name)s` is not a field", name=name), column=column))
    try:
        given = {"slug": slug, "body": front_matter.body, "body_line": front_matter.body_line}
        campaign = Campaign.model_validate({**front_matter.values, **given})
    except ValidationError as error:
        first = error.errors(include_url=False)[:MOST_PROBLEMS]
        raise CampaignUnreadable(*dict.fromkeys(_problem(front_matter, found) for found in first)) from error
    return CampaignFile(campaign, front_matter)


def _check_length(size: int) -> None:
    if size > LONGEST_FILE:
        raise CampaignUnreadable(Problem(1, _("the file is longer than %(most)d kB", most=LONGEST_FILE // 1024)))


def _problem(front_matter: FrontMatter, found: ErrorDetails) -> Problem:
    if found["loc"] == ("body",) and found["type"] == "string_too_long":
        says = _("the letter is longer than %(most)s characters", most=f"{LONGEST_BODY:,}")
        return Problem(front_matter.body_line, says)
    if line := find_misplaced(front_matter, found):
        return Problem(line, explain_indentation(), column=1)
    message = _explain(found) if found["input"] is not None else _explain_empty(found)
    # A message about a whole begins with the name of the field at fault.
    field = re.match(r"`(\w+)`", message)
    location = (*found["loc"], field[1]) if field and found["type"] == "value_error" else found["loc"]
    line, column = front_matter.place_of(*location)
    return Problem(line, message, column=column)


def _explain(found: ErrorDetails) -> str:
    names = [part for part in found["loc"] if isinstance(part, str)]
    name = names[-1] if names else ""
    context = found.get("ctx", {})
    if found["type"] == "value_error":
        return str(context["error"])
    if found["type"] == "extra_forbidden":
        return _explain_unknown_field(name, names[:-1])
    if found["type"] == "string_pattern_mismatch":
        return _(_PATTERNS.get(name, _WORDS["string_pattern_mismatch"]), name=name)
    if found["type"] == "enum" or found["type"] == "literal_error":
        *most, last = re.findall(r"'(.+?)'", context["expected"])
        wanted = _("%(most)s or %(last)s", most=", ".join(most), last=last)
        given = f"{found['input']!r:.60}"
        return _("`%(name)s` must be %(wanted)s, not %(given)s", name=name, wanted=wanted, given=given)
    if found["type"] == "model_type":
        fields = ", ".join(f"`{field}`" for field in FIELDS_WITHIN.get(name, []))
        return _("each of `%(name)s` must have fields of its own: %(fields)s", name=name, fields=fields)
    words = _WORDS.get(found["type"])
    return _(words, **{**context, "name": name}) if words else f"`{name}`: {found['msg'].lower()}"


def _explain_unknown_field(name: str, parents: Sequence[str]) -> str:
    near = most_alike(_USUAL_NAMES.get(name, name), fields_at(parents))
    if parents and near:
        return _("`%(name)s` is not a field here; did you mean `%(near)s`?", name=name, near=near)
    if parents:
        return _("`%(name)s` is not a field here", name=name)
    if near:
        return _("`%(name)s` is not a field; did you mean `%(near)s`?", name=name, near=near)
    return _("`%(name)s` is not a field", name=name)


def _explain_empty(found: ErrorDetails) -> str:
    *above, last = found["loc"]
    if isinstance(last, int):
        says = gettext_noop("`%(name)s` has an empty item: write something after the dash, or take the line out")
        return _(says, name=above[-1])
    return _("`%(name)s` is empty: write something after the colon, or take the line out", name=last)


_USUAL_NAMES = {"colour": "accent", "colours": "accent", "color": "accent", "audience": "for", "link": "url"}
"""Wrong names that people are likely to try, and the right ones."""
_PATTERNS = {
    "id": gettext_noop("`%(name)s` must be small letters, digits, _ and -, a letter first"),
    "accent": gettext_noop('`%(name)s` must be # and six digits or letters from a to f, in quotes, such as "#0d5257"'),
    "logo": gettext_noop(
        "`%(name)s` must be the name of a picture beside this file: small letters, digits, _ and -, such as rivers.png"
    ),
    "local_facts": gettext_noop(
        "`%(name)s` must be the name of a table beside this file: small letters, digits, _ and -, such as rivers.csv"
    ),
    "frame_ancestors": gettext_noop("`%(name)s` must be sites without a path, such as https://www.example.org"),
}
_WORDS = {
    "missing": gettext_noop("`%(name)s` is missing"),
    "string_type": gettext_noop("`%(name)s` must be text; put it in quotes"),
    "string_too_short": gettext_noop("`%(name)s` is empty"),
    "string_too_long": gettext_noop("`%(name)s` is longer than %(max_length)s characters"),
    "url_too_long": gettext_noop("`%(name)s` is longer than %(max_length)s characters"),
    "string_pattern_mismatch": gettext_noop("`%(name)s` must be a single line"),
    "url_parsing": gettext_noop("`%(name)s` must be a web address that begins with https://"),
    "url_scheme": gettext_noop("`%(name)s` must be a web address that begins with https://"),
    "url_type": gettext_noop("`%(name)s` must be a web address that begins with https://"),
    "tuple_type": gettext_noop("`%(name)s` must be a list, whose items begin with a dash"),
    "too_long": gettext_noop("`%(name)s` has more than %(max_length)s; leave some out"),
    "date_type": gettext_noop("`%(name)s` must be a day, such as 2026-12-01"),
    "date_parsing": gettext_noop("`%(name)s` must be a day, such as 2026-12-01"),
    "date_from_datetime_parsing": gettext_noop("`%(name)s` must be a day, such as 2026-12-01"),
    "date_from_datetime_inexact": gettext_noop("`%(name)s` must be a day, such as 2026-12-01"),
    "int_parsing": gettext_noop("`%(name)s` must be a number"),
    "int_type": gettext_noop("`%(name)s` must be a number"),
    "int_from_float": gettext_noop("`%(name)s` must be a whole number"),
    "greater_than_equal": gettext_noop("`%(name)s` must be %(ge)s or more"),
    "less_than_equal": gettext_noop("`%(name)s` must be %(le)s or less"),
    "bool_parsing": gettext_noop("`%(name)s` must be true or false"),
    "bool_type": gettext_noop("`%(name)s` must be true or false"),
}

"""Reads a campaign file into a Campaign, or says in a campaigner's words why it cannot."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.campaigns.campaign import LONGEST_BODY, Campaign, Question, Source
from app.campaigns.front_matter import FrontMatter, read_front_matter
from app.campaigns.problems import CampaignUnreadable, Problem, did_you_mean

LONGEST_FILE = 65_536  # bytes
_FIELDS = [*(set(Campaign.model_fields) - {"slug", "body"}), *Question.model_fields, *Source.model_fields]


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """A campaign, and the file it was made of, for messages about its lines."""

    campaign: Campaign
    front_matter: FrontMatter


def read_text(path: Path) -> str:
    """The file's text. Raises CampaignUnreadable."""
    try:
        raw = path.read_bytes()
        if len(raw) > LONGEST_FILE:
            raise CampaignUnreadable(Problem(1, f"the file is longer than {LONGEST_FILE // 1024} kB"))
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise CampaignUnreadable(Problem(1, f"the file cannot be read: {error.strerror}")) from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CampaignUnreadable(Problem(line, "the file is not UTF-8 text; save it as UTF-8")) from error


def read_campaign(slug: str, text: str) -> CampaignFile:
    """Make a campaign of a file's text. Raises CampaignUnreadable with every problem found."""
    front_matter = read_front_matter(text)
    try:
        campaign = Campaign.model_validate({**front_matter.values, "slug": slug, "body": front_matter.body})
    except ValidationError as error:
        problems = (Problem(front_matter.line_of(*found["loc"]), _words(found)) for found in error.errors())
        raise CampaignUnreadable(*problems) from error
    return CampaignFile(campaign, front_matter)


def _words(found: ErrorDetails) -> str:
    """What pydantic found, in a campaigner's words."""
    name = next((part for part in reversed(found["loc"]) if isinstance(part, str)), "")
    context = found.get("ctx", {})
    if found["type"] == "value_error":
        return str(context["error"])
    if found["type"] == "extra_forbidden":
        return f"`{name}` is not a field{did_you_mean(name, _FIELDS)}"
    if name == "body":
        return f"the letter is longer than {LONGEST_BODY:,} characters"
    if name == "id" and found["type"] == "string_pattern_mismatch":
        return "`id` must be small letters, digits, _ and -, a letter first"
    words = _WORDS.get(found["type"])
    return f"`{name}` {words.format(**context)}" if words else f"`{name}`: {found['msg'].lower()}"


_WORDS = {
    "missing": "is missing",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "url_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "must be a single line",
    "url_parsing": "must be a web address that begins with https://",
    "url_scheme": "must be a web address that begins with https://",
    "url_type": "must be a web address that begins with https://",
    "tuple_type": "must be a list, whose items begin with a dash",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
}

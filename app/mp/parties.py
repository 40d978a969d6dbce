"""Parties as the Members API names them, and what else they are called."""

from collections.abc import Mapping

SPEAKER, SINN_FEIN = "Speaker", "Sinn Féin"

USUAL_NAMES: Mapping[str, str] = {
    "snp": "Scottish National Party",
    "dup": "Democratic Unionist Party",
    "sdlp": "Social Democratic & Labour Party",
    "tuv": "Traditional Unionist Voice",
    "uup": "Ulster Unionist Party",
    "tory": "Conservative",
    "tories": "Conservative",
    "lib dem": "Liberal Democrat",
    "lib dems": "Liberal Democrat",
    "libdem": "Liberal Democrat",
    "libdems": "Liberal Democrat",
    "greens": "Green Party",
    "green": "Green Party",
    "plaid": "Plaid Cymru",
    "reform": "Reform UK",
}
"""What people call parties, folded, and what Parliament calls them."""

WELSH_NAMES: Mapping[str, str] = {
    "Conservative": "Ceidwadwyr",
    "Democratic Unionist Party": "Plaid yr Unoliaethwyr Democrataidd",
    "Green Party": "Plaid Werdd",
    "Independent": "Annibynnol",
    "Labour": "Llafur",
    "Labour (Co-op)": "Llafur (Cydweithredol)",
    "Liberal Democrat": "Democratiaid Rhyddfrydol",
    "Scottish National Party": "Plaid Genedlaethol yr Alban",
    "Social Democratic & Labour Party": "Plaid Sosialaidd Ddemocrataidd a Llafur",
    SPEAKER: "Llefarydd",
    "Ulster Unionist Party": "Plaid Unoliaethol Ulster",
}
"""What Parliament calls parties, and what they are called in Welsh."""

ONE_NAME = frozenset(
    {
        "Alliance",
        "Plaid Cymru",
        "Reform UK",
        "Restore Britain",
        SINN_FEIN,
        "Traditional Unionist Voice",
        "Your Party",
    }
)
"""Parties that go by the same name in Welsh."""


def whole_party(party: str) -> str:
    """``Labour`` of Labour (Co-op)."""
    return party.partition(" (")[0]

"""Parties by their names in the Members API, with usual and Welsh names."""

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
"""A map from what people call parties, folded, to Parliament's names."""

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
"""A map from Parliament's names to Welsh names."""

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
"""Parties with the same name in Welsh."""


def whole_party(party: str) -> str:
    """Return the party that a group belongs to, such as ``Labour`` for Labour (Co-op)."""
    return party.partition(" (")[0]

"""Asks that come after those that took all their MPs."""

import pytest

from tests.unit.campaigns.linter.test_advice import advised


def said_of(*audiences: str) -> list[str]:
    asks = "".join(f"\n  - for: {audience}\n    ask: Will you write?" for audience in audiences)
    said = advised(f"asks:\n  - ask: Will you write?{asks}", "{{ ask }}")
    return [message for message in said if message.startswith("nobody is left")]


@pytest.mark.parametrize(
    "late", ["{members: Diane Abbott}", "{party: Labour, nation: England}", "minister", "{post: Home Office}"]
)
def test_nobody_is_left_for_an_ask_after_one_for_all_its_mps(late: str) -> None:
    assert len(said_of("{party: Labour}", late)) == 1


@pytest.mark.parametrize("early", ["{members: Diane Abbott}", "minister", "{party: Labour, nation: Wales}"])
def test_somebody_is_left_where_another_is_of_the_party(early: str) -> None:
    assert said_of(early, "{party: Labour}") == []


@pytest.mark.parametrize("audience", ["{party: Nobodies}", "{nation: Scotland}"])
def test_of_asks_that_fit_nobody_nothing_is_said(audience: str) -> None:
    assert said_of("{party: Labour}", audience) == []


def test_names_beyond_counting_are_not_gone_through() -> None:
    names = "[" + ", ".join(["Diane Abbott"] * 51) + "]"
    assert said_of("{party: Labour}", f"{{members: {names}}}") == []

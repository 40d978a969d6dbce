"""Changes made by hand, put into a letter that has become another since: nothing that somebody wrote gets lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.campaigns.library import CampaignLibrary
from app.letters.composition import Composition
from app.letters.edits import fingerprints, sections, with_edits
from app.letters.letter import Letter
from app.mp.people import Constituency, Member
from config import ROOT
from tests.conftest import SENDER

OLD = [
    "Clean rivers",
    "Dear Ms Abbott,",
    "I live in Hackney.",
    "The river is dirty.",
    "Will you ask?",
    "Yours sincerely,",
]
ANOTHER_MEMBER = ["Clean rivers", "Dear Sir Lindsay,", "I live in Chorley.", *OLD[3:]]
TO_THE_SPEAKER = ["Clean rivers", "Dear Sir Lindsay,", "I live in Chorley.", OLD[3], "I ask you as my MP.", *OLD[4:]]
ANOTHER_ANSWER = [*OLD[:3], "The river is brown.", *OLD[4:]]
NEW_LETTERS = [ANOTHER_MEMBER, TO_THE_SPEAKER, ANOTHER_ANSWER]


def put_into(new: Sequence[str], *, edited: Sequence[str], base: Sequence[str] = OLD) -> list[str]:
    return with_edits(fingerprints(base), edited, new)


def changed(at: int, *instead: str, base: Sequence[str] = OLD) -> list[str]:
    """A letter with other paragraphs in place of one."""
    return [*base[:at], *instead, *base[at + 1 :]]


def test_a_letter_is_taken_apart_where_its_paragraphs_part() -> None:
    assert sections("Subject", "Dear X,\n\nOne\ntwo\n\nThree") == ["Subject", "Dear X,", "One\ntwo", "Three"]


def test_fingerprints_tell_whether_a_section_was_changed() -> None:
    assert fingerprints(OLD) == fingerprints(list(OLD))
    assert fingerprints(OLD)[3] != fingerprints(changed(3, "The river is dirty!"))[3]
    assert all(mark.isalnum() for mark in fingerprints(OLD)), "they are sent along in a form, with spaces between"


@pytest.mark.parametrize("new", [OLD, *NEW_LETTERS])
def test_a_letter_without_changes_is_the_new_one(new: list[str]) -> None:
    assert put_into(new, edited=OLD) == new


@pytest.mark.parametrize("at", range(len(OLD)))
def test_a_change_stays_where_the_letter_stayed(at: int) -> None:
    for edited in (changed(at, "Mine."), changed(at), changed(at, OLD[at], "Mine."), changed(at, "Mine.", OLD[at])):
        assert put_into(OLD, edited=edited) == edited


@pytest.mark.parametrize("new", NEW_LETTERS)
@pytest.mark.parametrize("at", range(2, len(OLD)))
def test_a_changed_paragraph_stays_whatever_else_changes(new: list[str], at: int) -> None:
    woven = put_into(new, edited=changed(at, "Mine."))
    assert "Mine." in woven
    assert OLD[at] not in woven
    assert woven[1] == new[1]


def test_each_sides_changes_come_together() -> None:
    edited = [OLD[0], OLD[1], OLD[2], "Added.", "The river stinks.", *OLD[4:], "PS: Thank you."]
    assert put_into(TO_THE_SPEAKER, edited=edited) == [
        "Clean rivers",
        "Dear Sir Lindsay,",
        "I live in Chorley.",
        "Added.",
        "The river stinks.",
        "I ask you as my MP.",
        "Will you ask?",
        "Yours sincerely,",
        "PS: Thank you.",
    ]


def test_where_both_changed_a_paragraph_the_writers_words_stay() -> None:
    edited = changed(2, "I live in Hackney, by the canal.")
    assert put_into(ANOTHER_MEMBER, edited=edited)[2] == "I live in Hackney, by the canal."


@pytest.mark.parametrize("new", NEW_LETTERS)
def test_a_removed_paragraph_stays_away(new: list[str]) -> None:
    woven = put_into(new, edited=changed(3))
    assert not {"The river is dirty.", "The river is brown."} & set(woven)
    assert len(woven) == len(new) - 1


def test_a_paragraph_that_both_added_stands_there_once() -> None:
    edited = changed(4, "I ask you as my MP.", OLD[4])
    assert put_into(TO_THE_SPEAKER, edited=edited).count("I ask you as my MP.") == 1


def test_a_changed_subject_stays() -> None:
    for new in NEW_LETTERS:
        assert put_into(new, edited=changed(0, "My river"))[:2] == ["My river", new[1]]
    new = changed(0, "Clean rivers in Chorley", base=ANOTHER_MEMBER)
    assert put_into(new, edited=changed(0, "My river"))[0] == "My river"
    assert put_into(new, edited=OLD)[0] == "Clean rivers in Chorley"


@pytest.mark.parametrize(
    ("in_its_place", "kept"),
    [
        (["Dear Diane,"], []),
        (["Diane,"], []),
        (["Hello Diane"], []),
        ([], []),
        (["Dear Diane,", "I hope you are well."], ["I hope you are well."]),
        (["I hope you are well.", "Dear Diane,"], ["I hope you are well."]),
        (["Dear Diane,\nI hope you are well."], ["I hope you are well."]),
        (["I hope you are well."], ["I hope you are well."]),
        (["Dear Diane, I hope you are well."], ["I hope you are well."]),
        (["Hello! I need help, and soon."], ["I need help, and soon."]),
        (["Dear Mr. Corbyn,\nI need help."], ["I need help."]),
        (["Annwyl Diane"], []),
        (["Dear friends of mine wait for the bus."], ["Dear friends of mine wait for the bus."]),
        (["I need help, and soon."], ["I need help, and soon."]),
    ],
)
def test_a_greeting_follows_the_member(in_its_place: list[str], kept: list[str]) -> None:
    edited = changed(1, *in_its_place)
    assert put_into(ANOTHER_MEMBER, edited=edited) == ["Clean rivers", "Dear Sir Lindsay,", *kept, *ANOTHER_MEMBER[2:]]
    assert put_into(ANOTHER_ANSWER, edited=edited) == [OLD[0], *in_its_place, *ANOTHER_ANSWER[2:]]


def test_what_we_add_below_a_greeting_stays_below_it() -> None:
    new = [OLD[0], "Dear Sir Lindsay,", "I ask you as my MP.", *OLD[2:]]
    assert put_into(new, edited=changed(1, "Dear Diane,")) == new
    edited = changed(1, "Dear Diane,", "I hope you are well.")
    assert put_into(new, edited=edited) == [*new[:3], "I hope you are well.", *OLD[2:]]


def test_a_greeting_that_ran_into_the_next_paragraph_takes_nothing_with_it() -> None:
    edited = [OLD[0], "Dear Diane,\nI live by the canal.", *OLD[3:]]
    assert put_into(ANOTHER_MEMBER, edited=edited) == [OLD[0], "Dear Sir Lindsay,", "I live by the canal.", *OLD[3:]]


@pytest.mark.parametrize("base", [[], fingerprints(OLD[:1]), ["x"], fingerprints(OLD) * 20])
def test_fingerprints_that_somebody_made_up_lose_nothing(base: list[str]) -> None:
    edited = changed(3, "Mine.")
    woven = with_edits(base, edited, ANOTHER_MEMBER)
    assert "Mine." in woven


def test_a_letter_to_another_member_all_the_way() -> None:
    """With a campaign of ours: a sentence added, one put out, and another MP."""
    uyghurs = CampaignLibrary(ROOT / "letter_templates").all()["uyghurs"]

    def composed(member: Member, seat: str) -> Letter:
        answers = {"connection": "My neighbour is Uyghur."}
        return Composition(uyghurs, member, Constituency(1, seat), SENDER, answers, date(2026, 11, 22)).letter

    first = composed(Member(1, "Alex Baker", "Alex Baker MP"), "Aldershot")
    speaker = Member(2, "Sir Lindsay Hoyle", "Rt Hon Sir Lindsay Hoyle MP", "Sir Lindsay", "Speaker")
    second = composed(speaker, "Chorley")
    paragraphs = first.body.split("\n\n")
    edited = replace(first, body="\n\n".join([*paragraphs[:3], "She bakes bread.", *paragraphs[4:]]))
    old = fingerprints(sections(first.subject, first.body))
    woven = with_edits(old, sections(edited.subject, edited.body), sections(second.subject, second.body))
    assert woven[1:5] == [
        "Dear Sir Lindsay,",
        second.body.split("\n\n")[1],
        "My neighbour is Uyghur.",
        "She bakes bread.",
    ]
    assert "I know that as Speaker you take no part in debates, and I ask you as my MP." in woven
    assert paragraphs[3] not in woven
    assert woven[-2:] == ["Yours sincerely,", "Siân Example"]


# What holds for every letter. Paragraphs of the campaign's own begin with “Ours”, the writer's with “Mine”.

ours = st.lists(st.integers(0, 30).map("Ours {}.".format), max_size=8, unique=True)
mine = st.integers(0, 30).map("Mine {}.".format)
greetings = st.sampled_from(["Dear Ms Abbott,", "Dear Sir Lindsay,", "Dear Alex Baker,"])


@st.composite
def letters(draw: st.DrawFn) -> list[str]:
    """A letter of the campaign's, whose paragraphs come and go with member and answers."""
    return [draw(st.sampled_from(["Subject", "Subject of another kind"])), draw(greetings), *sorted(draw(ours))]


@st.composite
def edited_letters(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A letter of the campaign's, and the same with paragraphs changed, removed and added below the greeting."""
    base = draw(letters())
    edited: list[str] = base[:2]
    for paragraph in base[2:]:
        edited += draw(st.sampled_from([[paragraph]] * 3 + [[]])) or draw(st.lists(mine, max_size=3))
    return base, edited + draw(st.lists(mine, max_size=2))


@given(base=letters(), new=letters())
@settings(deadline=None)
def test_no_changes_make_the_new_letter(base: list[str], new: list[str]) -> None:
    assert put_into(new, edited=base, base=base) == new


@given(edited_letters())
@settings(deadline=None)
def test_no_change_of_ours_makes_the_changed_letter(of: tuple[list[str], list[str]]) -> None:
    base, edited = of
    assert put_into(base, edited=edited, base=base) == edited


@given(of=edited_letters(), new=letters())
@settings(max_examples=300, deadline=None)
def test_what_somebody_wrote_survives_every_change_of_ours(of: tuple[list[str], list[str]], new: list[str]) -> None:
    base, edited = of
    woven = put_into(new, edited=edited, base=base)
    assert [part for part in woven if part.startswith("Mine")] == [part for part in edited if part.startswith("Mine")]
    assert woven[0] == new[0]
    assert woven[1] == new[1], "a greeting that nobody touched is the new one"
    removed = set(base[2:]) - set(edited)
    assert not removed & set(woven) - (set(new) - set(base))


@given(of=edited_letters(), new=letters(), greeting=st.sampled_from(["Dear Diane,", "Hello", "Diane,\nMine 99."]))
@settings(deadline=None)
def test_a_changed_greeting_gives_way_to_the_new_members(
    of: tuple[list[str], list[str]], new: list[str], greeting: str
) -> None:
    base, edited = of
    edited = [edited[0], greeting, *edited[2:]]
    woven = put_into(new, edited=edited, base=base)
    assert woven[1] == (greeting if new[1] == base[1] else new[1])
    assert woven.count(greeting) == (new[1] == base[1])
    assert ("Mine 99." in "\n".join(woven)) == ("Mine 99." in greeting)


@given(
    base=st.lists(st.text("ab", max_size=2), max_size=6),
    edited=st.lists(st.text(), max_size=6),
    new=st.lists(st.text(), max_size=6),
)
@settings(deadline=None)
def test_whatever_is_posted_makes_a_letter(base: list[str], edited: list[str], new: list[str]) -> None:
    edited, new = ["Subject", *edited], ["Subject", *new]
    assert with_edits(base, edited, new)

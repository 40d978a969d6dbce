"""The requests of a letter: an ask for every MP, and others for MPs who could not grant it."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from app.campaigns.parts import Line, OneOrMore, Part
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop
from app.mp.parties import whole_party
from app.mp.people import Constituency, Member, folded

LONGEST_ASK = 2_000  # characters

Nation = Literal["England", "Scotland", "Wales", "Northern Ireland"]


class Role(StrEnum):
    """A role that bars a member from some of what an MP may do."""

    SPEAKER = "speaker"
    MINISTER = "minister"
    ABSTAINING = "abstaining"

    @property
    def placeholder(self) -> str:
        """The placeholder that has a value for members with the role: ``member.is_speaker``."""
        return _FACTS[self].placeholder

    def is_held_by(self, member: Member) -> bool:
        return bool(_FACTS[self].value(member))


class _Fact(NamedTuple):
    placeholder: str
    value: Callable[[Member], str | bool]


_FACTS: Mapping[Role, _Fact] = {
    Role.SPEAKER: _Fact("member.is_speaker", lambda member: member.is_speaker),
    Role.MINISTER: _Fact("member.government_post", lambda member: member.post),
    Role.ABSTAINING: _Fact("member.abstains", lambda member: member.abstains),
}


def _as_role(value: Any) -> Any:
    roles = {folded(name): role for role in Role for name in (role, f"{role}s")}
    return roles.get(folded(value), value) if isinstance(value, str) else value


def _as_nation(value: Any) -> Any:
    nations = {folded(nation): nation for nation in get_args(Nation)}
    return nations.get(folded(value), value) if isinstance(value, str) else value


def _as_str(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Lines = Annotated[tuple[Line, ...], OneOrMore, Field(max_length=650)]


class Audience(Part):
    """The members that an ask is for. They must fit one value of each field that is given."""

    role: Annotated[tuple[Annotated[Role, BeforeValidator(_as_role)], ...], OneOrMore] = Field(
        (), description=gettext_noop("`speaker`, `minister` (anybody in the Government) or `abstaining`.")
    )
    party: Lines = Field((), description=gettext_noop("Their party: `Labour` stands for Labour (Co-op) too."))
    nation: Annotated[tuple[Annotated[Nation, BeforeValidator(_as_nation)], ...], OneOrMore] = Field(
        (), description=gettext_noop("`England`, `Scotland`, `Wales` or `Northern Ireland`.")
    )
    post: Lines = Field(
        (), description=gettext_noop("Words of the name of their post in the Government, such as `Home Office`.")
    )
    members: Annotated[tuple[Annotated[Line, BeforeValidator(_as_str)], ...], OneOrMore, Field(max_length=650)] = Field(
        (), description=gettext_noop("Their names, or their numbers at Parliament.")
    )

    @model_validator(mode="before")
    @classmethod
    def _wrap_role(cls, value: Any) -> Any:
        if isinstance(value, str) and _as_role(value) not in list(Role):
            raise ValueError(
                _(
                    "`for` must be speaker, minister or abstaining, not %(value)s; "
                    "a party goes under `party:`, as `for: {party: Labour}`",
                    value=f"{value!r:.60}",
                )
            )
        return {"role": value} if isinstance(value, str | list) else value

    @model_validator(mode="after")
    def _check_not_empty(self) -> "Audience":
        if not self.model_fields_set or not any((self.role, self.party, self.nation, self.post, self.members)):
            raise ValueError(_("`for` does not say for whom: give a role, party, nation, post or members"))
        return self

    def fits(self, member: Member, constituency: Constituency) -> bool:
        tests = (
            (self.role, any(role.is_held_by(member) for role in self.role)),
            (self.party, any(folded(name) in self._parties for name in (member.party, whole_party(member.party)))),
            (self.nation, constituency.nation in self.nation),
            (self.post, bool(member.post) and any(folded(post) in folded(member.post) for post in self.post)),
            (self.members, any(is_named(member, name) for name in self.members)),
        )
        return all(fits for given, fits in tests if given)

    @property
    def _parties(self) -> Sequence[str]:
        return [folded(party) for party in self.party]

    @property
    def needs_post(self) -> bool:
        return Role.MINISTER in self.role or bool(self.post)


def is_named(member: Member, name: str) -> bool:
    """Tell if a name or number refers to a member. Titles are ignored."""
    return name == str(member.id) or folded_name(name) == folded(member.plain_name)


def folded_name(name: str) -> str:
    return folded(Member(0, name, "").plain_name)


class Ask(Part):
    ask: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_ASK)] = Field(
        description=gettext_noop("The request itself. May hold placeholders.")
    )
    audience: Audience | None = Field(
        None, alias="for", description=gettext_noop("For whom it is; the ask without it is for everybody else.")
    )
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = Field(
        "", description=gettext_noop("Why they are asked this, shown to the writer. May hold placeholders.")
    )


def ask_for(asks: Sequence[Ask], member: Member, constituency: Constituency) -> Ask | None:
    """Return the first ask with an audience that fits the member, or else the ask for everybody, or None."""
    fitting = (ask for ask in asks if ask.audience and ask.audience.fits(member, constituency))
    return next(fitting, next((ask for ask in asks if not ask.audience), None))

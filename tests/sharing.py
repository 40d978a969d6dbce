"""What every app would read and compile anew, shared by all apps of the tests: it is most of what a small test takes.

Only what cannot change: compiled templates and addresses, the snapshot by the state of its files, and campaigns of
folders that no test writes to.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

import pytest
from flask.templating import Environment
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from app.campaigns.campaign import Campaign
from app.campaigns.linter.checked_file import CheckResult, check_file
from app.mp.people import Seat
from app.mp.snapshot.members_table import MembersTable, read_table
from app.mp.snapshot.postcode_index import PostcodeIndex
from app.mp.snapshot.snapshot import Snapshot
from app.storage.file_stamp import Stamp, stamp
from app.web.http.request_log import DearMP
from config import ROOT

SAMPLE_CAMPAIGNS = Path(__file__).parent / "campaigns"
"""One to come, one that ended, one with colour and logo, one in Welsh."""
_NEVER_CHANGE = (ROOT / "letter_templates", SAMPLE_CAMPAIGNS)

T = TypeVar("T")
Builder = Callable[..., tuple[str, str]]
"""Makes the domain and the path of an address."""


class _Compiled(BytecodeCache):
    """Templates, by what they say."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


@contextmanager
def shared() -> Iterator[None]:
    """Apps made meanwhile share."""
    compiled = _Compiled()

    def environment(app: DearMP) -> Environment:
        made = super(DearMP, app).create_jinja_environment()
        made.bytecode_cache = compiled
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DearMP, "create_jinja_environment", environment)
        patch.setattr("app.mp.snapshot.snapshot.read_table", _once(read_table))
        patch.setattr("app.mp.snapshot.snapshot.PostcodeIndex", _once(PostcodeIndex))
        patch.setattr("app.mp.snapshot.snapshot.Snapshot", _joined_once())
        patch.setattr(Rule, "_compile_builder", _builder_once(Rule._compile_builder))
        patch.setattr("app.campaigns.library.check_file", _checked_once())
        yield


def _once(read: Callable[[Path], T]) -> Callable[[Path], T]:
    known: dict[tuple[Path, Stamp], T] = {}

    def once(path: Path) -> T:
        key = path, stamp(path)
        if key not in known:
            known[key] = read(path)
        return known[key]

    return once


def _joined_once() -> Callable[..., Snapshot]:
    known: dict[Any, Snapshot] = {}  # each keeps its parts, so that none is mistaken for another

    def once(index: PostcodeIndex | None, members: MembersTable | None, problems: tuple[str, ...]) -> Snapshot:
        key = id(index), id(members), problems
        if key not in known:
            known[key] = Snapshot(index, members, problems)
        return known[key]

    return once


def _builder_once(compile_builder: Callable[..., Builder]) -> Callable[..., Builder]:
    known: dict[Any, Builder] = {}

    def once(rule: Rule, append_unknown: bool = True) -> Builder:  # as werkzeug calls it
        key = rule.rule, repr(rule.defaults), append_unknown
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    return once


def _checked_once() -> Callable[..., CheckResult]:
    known: dict[Any, tuple[CheckResult, dict[str, Stamp], Sequence[Seat]]] = {}

    def once(
        path: Path, seats: Sequence[Seat], stamps: dict[str, Stamp], original: Callable[[], Campaign | None]
    ) -> CheckResult:
        if path.parent not in _NEVER_CHANGE:
            return check_file(path, seats, stamps, original)
        key = path, *map(id, seats)
        if key not in known:
            known[key] = check_file(path, seats, stamps, original), dict(stamps), seats
        checked, seen, _ = known[key]
        stamps |= seen
        return checked

    return once

"""The postcode index, each part beside the least that such work can take."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from app.mp.postcode import Postcode
from app.mp.snapshot.postcode_index import PostcodeIndex
from app.mp.snapshot.snapshot import EMBEDDED, INDEX_FILE
from benchmarks.report import Table, ratio, time
from benchmarks.scale import Scale
from benchmarks.timing import Times, Turn, WrongAnswer, in_turn, say, stopwatch

LOAD, FIND, READ = "load the index", "find a postcode", "read a postcode as typed"
UNPACK, LOOK_UP, PARSE = "unpack as many bytes", "read a key of a dictionary of dictionaries", "read it from JSON"
_BESIDE = {LOAD: UNPACK, FIND: LOOK_UP, READ: PARSE}
_MANY = 1_000
_UNPACKED = 3  # times as large as the file


@dataclass(frozen=True, slots=True)
class Lookups:
    """Times of each part and its peer."""

    times: Mapping[str, Times]

    @property
    def table(self) -> Table:
        """Table with a row for each part."""
        return Table(
            "A postcode",
            "Loading happens once a process, the rest for each visitor.",
            ("what", "median", "p95", "beside", "which takes", "ratio"),
            [self._row(part, peer) for part, peer in _BESIDE.items()],
        )

    def _row(self, part: str, peer: str) -> tuple[str, ...]:
        ours, theirs = self.times[part], self.times[peer]
        return part, time(ours.median), time(ours.p95), peer, time(theirs.median), ratio(ours.median, theirs.median)


def measure(scale: Scale) -> Lookups:
    """Measure all parts and their peers, in alternation."""
    say("The postcode index")
    return Lookups(in_turn(_turns(), scale.rounds))


def _turns() -> dict[str, Turn]:
    file = EMBEDDED / INDEX_FILE
    index, postcode = PostcodeIndex(file), Postcode.parse("EH1 1YZ")
    packed, table = zlib.compress(file.read_bytes() * _UNPACKED), {"EH1 1": {"1YZ": 1}}
    if index.find(postcode) is None or Postcode.parse("eh11yz") != postcode:
        raise WrongAnswer("EH1 1YZ is not found")
    return {
        LOAD: stopwatch(lambda: PostcodeIndex(file)),
        UNPACK: stopwatch(lambda: zlib.decompress(packed)),
        FIND: stopwatch(lambda: index.find(postcode), _MANY),
        LOOK_UP: stopwatch(lambda: table["EH1 1"]["1YZ"], _MANY),
        READ: stopwatch(lambda: Postcode.parse("eh11yz"), _MANY),
        PARSE: stopwatch(lambda: json.loads('{"outward": "EH1", "inward": "1YZ"}'), _MANY),
    }

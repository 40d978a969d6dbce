"""The postcode index: loading it and looking things up."""

import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from app.mp.postcode import Postcode
from app.mp.postcode_index import PostcodeIndex
from app.mp.snapshot import EMBEDDED, INDEX_FILE

Benchmark = Callable[..., Any]


@pytest.mark.benchmark(group="load the postcode index, beside merely unpacking as many bytes")
def test_load(benchmark: Benchmark) -> None:
    benchmark(PostcodeIndex, EMBEDDED / INDEX_FILE)


@pytest.mark.benchmark(group="load the postcode index, beside merely unpacking as many bytes")
def test_load_floor(benchmark: Benchmark) -> None:
    packed = zlib.compress((EMBEDDED / INDEX_FILE).read_bytes() * 3)
    benchmark(zlib.decompress, packed)


@pytest.mark.benchmark(group="find a postcode, beside reading a key of a dictionary of dictionaries")
def test_find(benchmark: Benchmark) -> None:
    index, postcode = PostcodeIndex(EMBEDDED / INDEX_FILE), Postcode.parse("EH1 1YZ")
    benchmark(index.find, postcode)


@pytest.mark.benchmark(group="find a postcode, beside reading a key of a dictionary of dictionaries")
def test_find_floor(benchmark: Benchmark) -> None:
    table = {"EH1 1": {"1YZ": 1}}
    benchmark(lambda: table["EH1 1"]["1YZ"])


@pytest.mark.benchmark(group="read a postcode as typed, beside reading it from JSON")
def test_parse(benchmark: Benchmark) -> None:
    benchmark(Postcode.parse, "eh11yz")


@pytest.mark.benchmark(group="read a postcode as typed, beside reading it from JSON")
def test_parse_floor(benchmark: Benchmark) -> None:
    benchmark(json.loads, '{"outward": "EH1", "inward": "1YZ"}')

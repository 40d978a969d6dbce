"""Postcodes by the thousand, to be looked up and nothing else."""

import random

from app.mp.postcode import UNIT_LETTERS, Postcode
from app.mp.snapshot.postcode_index import PostcodeIndex


def some_postcodes(index: PostcodeIndex, many: int) -> list[Postcode]:
    """Different real postcodes, from all over the country."""
    draw = random.Random(1)
    sectors = list(index.sectors)
    found: dict[str, Postcode] = {}
    while len(found) < many:
        unit = draw.choice(UNIT_LETTERS) + draw.choice(UNIT_LETTERS)
        postcode = Postcode.parse(f"{draw.choice(sectors)}{unit}")
        if index.find(postcode):
            found[str(postcode)] = postcode
    return list(found.values())

"""Test if two sets of times differ by more than chance."""

import random
from collections.abc import Sequence

ROUNDS = 10_000


def p_value(one: Sequence[float], other: Sequence[float], rounds: int = ROUNDS, seed: int = 1) -> float:
    """Return the probability of so large a difference by chance: a two-sided permutation test of the rank sum.

    It makes no assumption about the distribution of times. Small values, usually below 0.05, indicate a difference.
    """
    ranks = _ranks([*one, *other])
    expected = len(one) * (len(ranks) + 1) / 2
    observed = abs(sum(ranks[: len(one)]) - expected)
    draw = random.Random(seed)
    as_great = sum(abs(sum(draw.sample(ranks, len(one))) - expected) >= observed - 1e-9 for _ in range(rounds))
    return (as_great + 1) / (rounds + 1)


def _ranks(values: Sequence[float]) -> list[float]:
    """Return each value's place in order, from 1; equal values share the mean of their places."""
    order = sorted(values)
    first = {value: n for n, value in reversed(list(enumerate(order, start=1)))}
    last = {value: n for n, value in enumerate(order, start=1)}
    return [(first[value] + last[value]) / 2 for value in values]

"""Results, written into ``docs/performance.md``: each measurement has its own section there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from config import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title and an explanation."""

    title: str
    says: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def markdown(self) -> str:
        """The table in Markdown with its heading; all columns but the first are figures."""
        rules = ["---", *["---:"] * (len(self.head) - 1)]
        lines = [f"| {' | '.join(row)} |" for row in (self.head, rules, *self.rows)]
        return "\n".join([f"### {self.title}", "", self.says, "", *lines])


def put(section: str, markdown: str) -> None:
    """Replace the text between ``<!-- section -->`` and ``<!-- /section -->``. Raises ValueError without them."""
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    text = DOCUMENT.read_text()
    new, found = re.subn(
        f"{re.escape(begin)}.*?{re.escape(end)}",
        lambda _: f"{begin}\n\n{markdown.strip()}\n\n{end}",
        text,
        flags=re.DOTALL,
    )
    if found != 1:
        raise ValueError(f"{DOCUMENT.name} has no place for {section}")
    DOCUMENT.write_text(new)


def time(seconds: float) -> str:
    """Format a time to three figures, in a suitable unit: ``45.3 ms``."""
    for unit, length in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= length:
            return f"{_figures(seconds / length)} {unit}"
    return f"{_figures(seconds / 1e-9)} ns"


def ratio(measured: float, peer: float) -> str:
    """Format the ratio to a peer: ``2.1 ×``."""
    return f"{_figures(measured / peer, 2)} ×"


def megabytes(size: int) -> str:
    """Format bytes in megabytes of a million."""
    return f"{size / 1e6:.0f} MB"


def _figures(number: float, figures: int = 3) -> str:
    whole = len(str(int(number))) if number >= 1 else 0
    return f"{number:,.{max(figures - whole, 0)}f}"

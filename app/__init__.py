"""Dear MP: help people write to their own MP."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.mp.snapshot.snapshot import LatestSnapshot
    from config import Settings


def create_app(settings: "Settings", latest: "LatestSnapshot | None" = None) -> "Flask":
    """Return the app; see ``app.assembly``."""
    # Loaded only now: the processes that make PDFs load this package too, and without Flask they are half the size.
    from app.assembly import assemble  # noqa: PLC0415

    return assemble(settings, latest)

"""Commands: ``flask campaigns …``, ``flask members …``, ``flask postcodes …``."""

from flask import Flask

from app.cli.campaigns import campaigns
from app.cli.members import members
from app.cli.postcodes import postcodes


def init_app(app: Flask) -> None:
    """Add the commands."""
    for group in (campaigns, members, postcodes):
        app.cli.add_command(group)

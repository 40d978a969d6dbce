"""Commands: ``flask campaigns …``, ``flask members …``, ``flask postcodes …``, ``flask studio …``."""

from flask import Flask

from app.cli.campaigns import campaigns
from app.cli.members import members
from app.cli.postcodes import postcodes
from app.cli.studio import studio


def init_app(app: Flask) -> None:
    for group in (campaigns, members, postcodes, studio):
        app.cli.add_command(group)

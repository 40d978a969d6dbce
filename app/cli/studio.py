"""``flask studio …``: commands for operators who let others publish from the Studio."""

import click
from flask.cli import AppGroup

from app.web.studio.log_in import SHORTEST_PASSWORD, hash_password

studio = AppGroup("studio", help="For operators: who may publish from the Studio.")


@studio.command("password")
def password() -> None:
    """Ask for a password, and show the line for .env that lets people with the password publish."""
    chosen = click.prompt("Password for publishing", hide_input=True, confirmation_prompt=True)
    if len(chosen) < SHORTEST_PASSWORD:
        raise click.ClickException(f"use at least {SHORTEST_PASSWORD} characters; four words in a row are good.")
    click.echo("Put this line into .env, and restart the app:")
    click.echo(f"STUDIO_PASSWORD={hash_password(chosen)}")

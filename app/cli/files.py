"""Files that commands read, and where those that they make go."""

from pathlib import Path

import click

from app.web.desk import desk

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def data_folder() -> Path:
    """The folder of the setting DATA_DIR, made where there is none yet."""
    folder = desk().settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"the folder {folder} cannot be made: {error.strerror}.") from error
    return folder

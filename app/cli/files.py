"""Files that commands read, and where those that they make go."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from app.campaigns.file.file_names import files_in, files_of_campaign, is_file_name, is_slug
from app.web.services import services

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def data_folder() -> Path:
    """The folder of the setting DATA_DIR, made where there is none yet."""
    return made(services().settings.data_dir)


def made(folder: Path) -> Path:
    """A folder, made where there is none yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"the folder {folder} cannot be made: {error.strerror}.") from error
    return folder


def campaign_files(wanted: Sequence[str]) -> list[Path]:
    """The campaign files that are meant by names of campaigns, files and folders; by none, all there are.

    A campaign's name means its Welsh file as well, where it has one.
    """
    files = [file for name in wanted for file in _all_meant(name)] if wanted else files_in(services().campaigns.folder)
    return list(dict.fromkeys(files))


def campaign_file(wanted: str) -> Path:
    """The file that is meant by the name of a campaign or file; a campaign's Welsh is called ``rivers.cy``."""
    path = _meant(wanted)
    if path.is_dir():
        raise click.UsageError(f"{wanted} is a folder. Name one campaign of it.")
    return path


def _all_meant(name: str) -> list[Path]:
    path = _meant(name)
    if path.is_dir():
        return files_in(path)
    folder = services().campaigns.folder
    return files_of_campaign(folder, name) if is_slug(name) and path.parent == folder else [path]


def _meant(name: str) -> Path:
    of_campaign = services().campaigns.folder / f"{name}.md"
    if is_file_name(name) and of_campaign.exists():
        return of_campaign
    if not Path(name).exists():
        known = [path.stem for path in files_in(services().campaigns.folder)]
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Campaigns there are: {', '.join(known) or 'none'}."
        raise click.UsageError(f"there is neither a campaign nor a file called {name}. {hint}")
    return Path(name)

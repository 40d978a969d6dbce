"""Files that commands read, and folders that they write to."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from app.campaigns.file.file_names import files_in, files_of_campaign, is_file_name, is_slug
from app.web.services import services

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def data_folder() -> Path:
    return create_folder(services().settings.data_dir)


def create_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"the folder {folder} cannot be created: {error.strerror}.") from error
    return folder


def campaign_files(wanted: Sequence[str]) -> list[Path]:
    """Return the campaign files that names of campaigns, files or folders refer to; without names, all there are.

    A campaign's name includes its Welsh file. Raises UsageError for an unknown name.
    """
    files = [file for name in wanted for file in _find_files(name)] if wanted else files_in(services().campaigns.folder)
    return list(dict.fromkeys(files))


def campaign_file(wanted: str) -> Path:
    """Return the file that a name of a campaign or file refers to. ``rivers.cy`` is the Welsh of a campaign.

    Raises UsageError.
    """
    path = _find_path(wanted)
    if path.is_dir():
        raise click.UsageError(f"{wanted} is a folder. Name one campaign of it.")
    return path


def _find_files(name: str) -> list[Path]:
    path = _find_path(name)
    if path.is_dir():
        return files_in(path)
    folder = services().campaigns.folder
    return files_of_campaign(folder, name) if is_slug(name) and path.parent == folder else [path]


def _find_path(name: str) -> Path:
    campaign_path = services().campaigns.folder / f"{name}.md"
    if is_file_name(name) and campaign_path.exists():
        return campaign_path
    if not Path(name).exists():
        known = [path.stem for path in files_in(services().campaigns.folder)]
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Campaigns there are: {', '.join(known) or 'none'}."
        raise click.UsageError(f"there is neither a campaign nor a file called {name}. {hint}")
    return Path(name)

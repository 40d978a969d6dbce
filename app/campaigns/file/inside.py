"""Files of a folder that are read only if they are in it: a link may lead to another place there, and not out of it."""

import errno
import os
import stat
from pathlib import Path

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # and no waiting for what is no file


class LeadsOut(OSError):
    """A link, or something in a folder that is one, that leads out of the folder it should be in."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.ELOOP, "a link that leads out of its folder")
        self.name = name


def real_place(folder: Path, path: Path) -> Path:
    """Return where a file or folder below a folder really is, links followed. Raises OSError, and LeadsOut."""
    try:
        real = path.resolve(strict=True)
    except RuntimeError as error:  # links that lead in a circle, until Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    if not real.is_relative_to(folder.resolve()):
        raise LeadsOut(path.name)
    return real


def read_inside(folder: Path, path: Path, most: int = -1) -> bytes:
    """The first bytes of a file that is really in the folder, or all of them. Raises OSError, and LeadsOut."""
    with os.fdopen(os.open(real_place(folder, path), _READ), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        return file.read(most)


def leads_out(folder: Path, path: Path) -> bool:
    """Tell if something is there that is not really in the folder."""
    try:
        real_place(folder, path)
    except LeadsOut:
        return True
    except OSError:
        return False
    return False

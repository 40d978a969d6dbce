"""Reads files only if they are really in a folder: links may lead to other places in it, but not out of it."""

import errno
import os
import stat
from pathlib import Path

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # does not wait for pipes and devices


class LeadsOut(OSError):
    """A path leads out of its folder, by a link."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.ELOOP, "a link that leads out of its folder")
        self.name = name


def real_place(folder: Path, path: Path) -> Path:
    """Follow the links of a path, and return the real path, which is in the folder. Raises OSError and LeadsOut."""
    try:
        real = path.resolve(strict=True)
    except RuntimeError as error:  # for links in a circle, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    if not real.is_relative_to(folder.resolve()):
        raise LeadsOut(path.name)
    return real


def read_inside(folder: Path, path: Path, most: int = -1) -> bytes:
    """Read the first bytes, by default all, of a file in the folder. Raises OSError and LeadsOut."""
    with os.fdopen(os.open(real_place(folder, path), _READ), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        return file.read(most)


def leads_out(folder: Path, path: Path) -> bool:
    try:
        real_place(folder, path)
    except LeadsOut:
        return True
    except OSError:
        return False
    return False

"""A disk that can be filled: one of a megabyte if it may be mounted, otherwise a folder that takes no files."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

FILES = 200  # the most that the disk has room for, even empty ones


@dataclass(frozen=True)
class Disk:
    """The disk of a site: its folder and its log."""

    folder: Path
    log: Path
    is_real: bool

    @property
    def says(self) -> str:
        """Description of a full disk, for the report."""
        if self.is_real:
            return "a file system of 1 MB that holds temporary files, data and the log, and is filled"
        return "/dev/full for the log, and for temporary files and data a folder in which only root can write"

    def fill(self) -> None:
        """Fill the disk with bytes, and then with files."""
        if not self.is_real:  # the folder is full from the start, and the disk behind it is the machine's own
            return
        with suppress(OSError), (self.folder / "filling").open("wb", buffering=0) as filling:
            while True:
                filling.write(bytes(4096))
        with suppress(OSError):
            for number in range(FILES):
                (self.folder / f"filling-{number}").touch()

    def clear(self) -> None:
        """Make room again."""
        for filling in self.folder.glob("filling*"):
            filling.unlink()


@contextmanager
def small_disk() -> Iterator[Disk]:
    """Mount a disk for one run."""
    with TemporaryDirectory(prefix="dear-mp-disk-") as name:
        folder = Path(name)
        options = f"size=1m,nr_inodes={FILES}"
        mounting = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "dear-mp", name], check=False, capture_output=True
        )
        if mounting.returncode:
            folder.chmod(0o500)
            yield Disk(folder, Path("/dev/full"), is_real=False)
            return
        try:
            yield Disk(folder, folder / "log", is_real=True)
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)

"""A disk that can be filled: one of a megabyte where that may be mounted; else a folder that takes no files."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

FILES = 200  # that it has room for, however small


@dataclass(frozen=True)
class Disk:
    """Where the site keeps what it keeps."""

    folder: Path
    log: Path
    is_real: bool

    @property
    def says(self) -> str:
        """What is meant by full, for the report."""
        if self.is_real:
            return "a file system of 1 MB that holds temporary files, data and the log, and is filled"
        return "a folder without leave to write for temporary files and data, and /dev/full for the log"

    def fill(self) -> None:
        """Leave no room: for bytes, and then for files. The other kind is full from the start."""
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
    """One of one's own."""
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

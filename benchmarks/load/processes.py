"""Processes started on this machine for a while, and the memory and processor time they take."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

import psutil

from config import ROOT

SECONDS_TO_END = 30.0
MEGABYTE = 1_000_000


def start(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    output: IO[bytes] | int = subprocess.DEVNULL,
    keep: Sequence[int] = (),
) -> psutil.Popen:
    """Start a Python program, to be ended with ``end``. ``keep`` are file descriptors that it inherits."""
    return psutil.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=keep,
    )


def tidy_when_told_to_stop() -> None:
    """Make SIGTERM end this program as Ctrl-C does, after the processes that it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))


def end(process: psutil.Popen) -> None:
    """Ask a process to stop, and after half a minute kill it and all that it started."""
    family = tree(process)
    with suppress(psutil.NoSuchProcess):
        process.terminate()
    _, alive = psutil.wait_procs(family, timeout=SECONDS_TO_END)
    for one in alive:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait()


def tree(process: psutil.Process) -> list[psutil.Process]:
    """List a process and all that it has started; empty if it is gone."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def memory(process: psutil.Process) -> float:
    """Return the megabytes of a process and all that it has started; shared memory counts once (PSS)."""
    total = 0
    for one in tree(process):
        with suppress(psutil.Error):
            total += one.memory_full_info().pss
    return total / MEGABYTE


def cpu_seconds(process: psutil.Process) -> float:
    """Return the seconds of a core used by a process and all that it has started, including those that are gone."""
    total = 0.0
    for one in tree(process):
        with suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


@dataclass
class Memory:
    """Samples the memory of a process once a second, inside ``async with``."""

    process: psutil.Process
    megabytes: list[float] = field(default_factory=list)

    async def __aenter__(self) -> "Memory":
        self._task = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()

    async def _look(self) -> None:
        while True:
            self.megabytes.append(await asyncio.to_thread(memory, self.process))
            await asyncio.sleep(1)

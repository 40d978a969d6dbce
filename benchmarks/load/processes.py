"""Processes of this machine that are started for a while, and what they take of it."""

import asyncio
import os
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
    """A Python program, to be ended with ``end``. ``keep`` are open files that it gets besides."""
    return psutil.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=keep,
    )


def end(process: psutil.Popen) -> None:
    """Ask it to stop, and after half a minute kill it and what it started."""
    family = tree(process)
    with suppress(psutil.NoSuchProcess):
        process.terminate()
    _, alive = psutil.wait_procs(family, timeout=SECONDS_TO_END)
    for one in alive:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait()


def tree(process: psutil.Process) -> list[psutil.Process]:
    """It, and all that it has started."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def memory(process: psutil.Process) -> float:
    """Megabytes that it and all it has started take; what several share is counted once (PSS)."""
    total = 0
    for one in tree(process):
        with suppress(psutil.Error):
            total += one.memory_full_info().pss
    return total / MEGABYTE


def cpu_seconds(process: psutil.Process) -> float:
    """Seconds of a core that it and all it has started have had, those that are gone included."""
    total = 0.0
    for one in tree(process):
        with suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


@dataclass
class Memory:
    """Looks once a second at what a process takes; ``async with`` it."""

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

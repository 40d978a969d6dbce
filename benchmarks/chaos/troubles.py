"""Faults of a site. Each lasts until it is cancelled, and then repairs what it can."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

import psutil

from benchmarks.chaos.place import Place
from benchmarks.chaos.slow_clients import slow_clients

Goes = Callable[[Place], Awaitable[None]]


@dataclass(frozen=True)
class Trouble:
    """A fault, and whether it excuses dropped connections."""

    goes: Goes
    may_drop: bool = False
    """True if connections may break: those of a killed process close with it."""


async def _nothing(_: Place) -> None:
    await asyncio.sleep(0)


async def _kill_workers(place: Place) -> None:
    """Kill the oldest process repeatedly: by then the younger ones have had time to get ready."""
    while True:
        await asyncio.sleep(place.beat)
        with suppress(psutil.NoSuchProcess):
            min(place.web_workers(), key=psutil.Process.create_time).kill()


async def _kill_pdf_processes(place: Place) -> None:
    """Kill all PDF processes of a web process with the one that starts them, then only the youngest, in turn."""
    for stroke in count():
        await asyncio.sleep(place.beat)
        with suppress(psutil.NoSuchProcess):
            pdf_processes = place.pdf_processes_of(random.choice(place.web_workers()))
            for victim in pdf_processes[-1:] if stroke % 2 else pdf_processes:
                victim.kill()


async def _redis_dies(place: Place) -> None:
    while True:
        await asyncio.sleep(place.beat / 2)
        place.redis.kill()
        await asyncio.sleep(place.beat / 2)
        place.redis.start()


async def _redis_hangs(place: Place) -> None:
    try:
        while True:
            place.redis.hang()
            await asyncio.sleep(place.beat)
            place.redis.go_on()
            await asyncio.sleep(place.beat / 2)
    finally:
        place.redis.go_on()


async def _parliament(place: Place, fault: str) -> None:
    place.parliament.go_wrong(fault)
    try:
        await asyncio.Event().wait()
    finally:
        place.parliament.go_wrong("")


async def _disk_is_full(place: Place) -> None:
    """Fill the disk while processes have to be started, which is when files are made."""
    place.disk.fill()
    try:
        await _kill_pdf_processes(place)
    finally:
        place.disk.clear()


async def _reload(place: Place) -> None:
    while True:
        await asyncio.sleep(place.beat)
        place.site.process.send_signal(signal.SIGHUP)


async def _restart(place: Place) -> None:
    await asyncio.sleep(place.beat)
    await asyncio.to_thread(place.site.restart)
    await asyncio.Event().wait()


async def _slow_clients(place: Place) -> None:
    address = urlsplit(place.site.url)
    await slow_clients(str(address.hostname), int(address.port or 80))


TROUBLES: dict[str, Trouble] = {
    "nothing happens": Trouble(_nothing),
    "web processes are killed": Trouble(_kill_workers, may_drop=True),
    "PDF processes are killed": Trouble(_kill_pdf_processes),
    "Redis is killed and comes back": Trouble(_redis_dies),
    "Redis hangs": Trouble(_redis_hangs),
    "Parliament hangs": Trouble(lambda place: _parliament(place, "hang at read")),
    "Parliament answers 429": Trouble(lambda place: _parliament(place, "429 for 52 minutes")),
    "the disk is full, and PDF processes are killed": Trouble(_disk_is_full),
    "it is reloaded (HUP)": Trouble(_reload),
    "it is stopped and started again, its socket kept": Trouble(_restart),
    "200 clients send a byte a second, 50 never read": Trouble(_slow_clients),
}
"""A fault strikes every five seconds, except the restart, which happens once."""

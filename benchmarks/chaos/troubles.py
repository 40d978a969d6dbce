"""What can happen to a site. Each trouble goes on until it is cancelled, and then puts right what it can."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil

from benchmarks.chaos.place import Place
from benchmarks.chaos.slow_clients import slow_clients

Goes = Callable[[Place], Awaitable[None]]


@dataclass(frozen=True)
class Trouble:
    """One of them."""

    goes: Goes
    may_drop: bool = False
    """Whether connections may break: those that a killed process had in its hands die with it."""


async def _nothing(_: Place) -> None:
    await asyncio.sleep(0)


async def _kill_workers(place: Place) -> None:
    """The eldest, every five seconds and without a word: the younger ones have had time to get ready."""
    while True:
        await asyncio.sleep(5)
        with suppress(psutil.NoSuchProcess):
            min(place.web_workers(), key=psutil.Process.create_time).kill()


async def _kill_press(place: Place) -> None:
    """Any of those that make PDFs, or that start them."""
    while True:
        await asyncio.sleep(3)
        with suppress(psutil.NoSuchProcess, IndexError):
            random.choice(place.press()).kill()


async def _redis_dies(place: Place) -> None:
    while True:
        await asyncio.sleep(2)
        place.redis.kill()
        await asyncio.sleep(3)
        place.redis.start()


async def _redis_hangs(place: Place) -> None:
    try:
        while True:
            place.redis.hang()
            await asyncio.sleep(6)
            place.redis.go_on()
            await asyncio.sleep(3)
    finally:
        place.redis.go_on()


async def _parliament(place: Place, fault: str) -> None:
    place.parliament.go_wrong(fault)
    try:
        await asyncio.Event().wait()
    finally:
        place.parliament.go_wrong("")


async def _disk_is_full(place: Place) -> None:
    """And processes have to be started meanwhile: that is when files are made."""
    place.disk.fill()
    try:
        await _kill_press(place)
    finally:
        place.disk.clear()


async def _reload(place: Place) -> None:
    while True:
        await asyncio.sleep(5)
        place.site.process.send_signal(signal.SIGHUP)


async def _start_anew(place: Place) -> None:
    await asyncio.sleep(5)
    await asyncio.to_thread(place.site.start_anew)
    await asyncio.Event().wait()


async def _slow_clients(place: Place) -> None:
    address = urlsplit(place.site.url)
    await slow_clients(str(address.hostname), int(address.port or 80))


TROUBLES: dict[str, Trouble] = {
    "nothing": Trouble(_nothing),
    "a web process killed every 5 s": Trouble(_kill_workers, may_drop=True),
    "a process of the press killed every 3 s": Trouble(_kill_press),
    "Redis killed, and back after 3 s, again and again": Trouble(_redis_dies),
    "Redis hangs for 6 s, again and again": Trouble(_redis_hangs),
    "Parliament hangs": Trouble(lambda place: _parliament(place, "hang at read")),
    "Parliament answers 429": Trouble(lambda place: _parliament(place, "429 for 52 minutes")),
    "the disk is full, and a process of the press killed every 3 s": Trouble(_disk_is_full),
    "reload (HUP) every 5 s": Trouble(_reload),
    "stopped and started anew, its socket kept": Trouble(_start_anew),
    "200 clients send a byte a second, 50 never read": Trouble(_slow_clients),
}

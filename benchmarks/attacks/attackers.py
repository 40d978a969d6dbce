"""Many clients of one kind, in a separate process so that they do not slow down the one that measures."""

import asyncio
import multiprocessing
import resource
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from typing import cast

from benchmarks.attacks.kinds import KINDS, Kind

_SECONDS_TO_BEGIN = 60.0
_SECONDS_AFTER_A_REFUSAL = 1.0
_RECEIVE_BUFFER = 4_096  # bytes


@dataclass(frozen=True)
class Address:
    """The port of a site on this machine."""

    port: int
    is_https: bool = False

    @property
    def context(self) -> ssl.SSLContext | None:
        """TLS context that trusts any certificate; None for plain HTTP."""
        if not self.is_https:
            return None
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context


@contextmanager
def attacking(address: Address, kinds: list[str], number: int) -> Iterator[None]:
    """Attack with ``number`` clients of each kind, once all of them have sent their beginnings. Raises TimeoutError."""
    context = multiprocessing.get_context("spawn")
    have_begun = context.Event()
    process = context.Process(target=_attack, args=(address, kinds, number, have_begun), daemon=True)
    process.start()
    try:
        if not have_begun.wait(_SECONDS_TO_BEGIN):
            raise TimeoutError("The attackers do not get through")
        yield
    finally:
        process.kill()
        process.join()


def _attack(address: Address, kinds: list[str], number: int, have_begun: Event) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(_all_at_once(address, [KINDS[kind] for kind in kinds] * number, have_begun))


async def _all_at_once(address: Address, kinds: list[Kind], have_begun: Event) -> None:
    begun, context = [asyncio.Event() for _ in kinds], address.context
    clients = [
        asyncio.create_task(_come_again_and_again(address, kind, context, event))
        for kind, event in zip(kinds, begun, strict=True)
    ]
    for event in begun:
        await event.wait()
    have_begun.set()
    await asyncio.gather(*clients)


async def _come_again_and_again(
    address: Address, kind: Kind, context: ssl.SSLContext | None, begun: asyncio.Event
) -> None:
    while True:
        with suppress(OSError):
            await _come(address, kind, context, begun)
        await asyncio.sleep(_SECONDS_AFTER_A_REFUSAL)


async def _come(address: Address, kind: Kind, context: ssl.SSLContext | None, begun: asyncio.Event) -> None:
    with socket.socket() as connection:
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", address.port))
        name = "localhost" if context else None
        reader, writer = await asyncio.open_connection(sock=connection, ssl=context, server_hostname=name)
        if not kind.reads:
            cast("asyncio.Transport", writer.transport).pause_reading()
        writer.write(kind.beginning)
        begun.set()
        try:
            await _stay(kind, reader, writer)
        finally:
            writer.transport.abort()


async def _stay(kind: Kind, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        try:
            if await asyncio.wait_for(reader.read(65_536), kind.seconds) == b"":
                return
        except TimeoutError:
            if kind.drip and not writer.transport.get_write_buffer_size():
                writer.write(kind.drip)

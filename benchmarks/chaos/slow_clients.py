"""Clients that hold connections and send or read next to nothing."""

import asyncio
import socket

SLOW, DEAF = 200, 50
SECONDS_A_BYTE = 1.0
ANSWERS = 100  # requested by a client that does not read: more than all buffers in between can hold
_HEAD = b"POST /c/uyghurs/write HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
_BODY = b"Content-Length: 1000\r\n\r\npostcode="
_PAGE = b"GET /c/uyghurs HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def slow_clients(host: str, port: int) -> None:
    """Run until cancelled: 200 clients that send a byte a second, half of them in a body, and 50 that never read."""
    slow = [_drip(host, port, _HEAD + (_BODY if number % 2 else b"X-Slow: ")) for number in range(SLOW)]
    await asyncio.gather(*slow, *(_ask_and_not_listen(host, port) for _ in range(DEAF)))


async def _drip(host: str, port: int, beginning: bytes) -> None:
    """Send a byte a second, and connect again when the connection is closed."""
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
            writer.write(beginning)
            while not writer.is_closing():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(SECONDS_A_BYTE)
        except OSError:
            await asyncio.sleep(SECONDS_A_BYTE)


async def _ask_and_not_listen(host: str, port: int) -> None:
    loop = asyncio.get_running_loop()
    while True:
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.setblocking(False)
            try:
                await loop.sock_connect(connection, (host, port))
                await loop.sock_sendall(connection, _PAGE * ANSWERS)
                await asyncio.sleep(60 * SECONDS_A_BYTE)
            except OSError:
                await asyncio.sleep(SECONDS_A_BYTE)

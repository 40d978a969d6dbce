"""Ways to a site on this machine: directly, or through Caddy or nginx with the files of ``deploy/``."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.attacks.attackers import Address
from config import ROOT
from tests.redis_server import free_port

WORKER_CONNECTIONS = 4_096
"""The number in docs/deploying.md for nginx. Each visitor takes two, and Debian's 768 are few."""
_SECONDS_TO_START = 30.0
_SECONDS_TO_STOP = 20.0
_FIRST_CADDY_WITH_SIZES = (2, 6, 3)
_MAIN = """
worker_processes auto;
worker_rlimit_nofile {files};
daemon off;
pid {folder}/pid;
error_log {folder}/error.log alert;
events {{ worker_connections {connections}; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Missing(Exception):
    """A program is not installed."""


@contextmanager
def directly(port: int) -> Iterator[Address]:
    """Yield the address of the site with nothing in front."""
    yield Address(port)


@contextmanager
def through_caddy(port: int) -> Iterator[Address]:
    """Run Caddy in front, without HTTPS and without its port for administrators."""
    program, own = _program("caddy"), free_port()
    with TemporaryDirectory(prefix="dear-mp-caddy-") as folder:
        config = Path(folder) / "Caddyfile"
        config.write_text(re.sub(r"^\{$", "{\n\tadmin off", _shipped("Caddyfile"), count=1, flags=re.MULTILINE))
        environment = {
            "SITE": f":{own}",
            "UPSTREAMS": f"127.0.0.1:{port}",
            "REQUEST_BUFFERS": request_buffers(program),
            "XDG_CONFIG_HOME": folder,
            "XDG_DATA_HOME": folder,
        }
        command = [program, "run", "--adapter", "caddyfile", "--config", str(config)]
        with _running(command, environment, own):
            yield Address(own)


@contextmanager
def through_nginx(port: int) -> Iterator[Address]:
    """Run nginx in front, with HTTPS and a self-signed certificate."""
    program, own = _program("nginx"), free_port()
    with TemporaryDirectory(prefix="dear-mp-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's processes run as another user
        _make_certificate(folder)
        (folder / "site.conf").write_text(nginx_site(folder, port, own, free_port()))
        main = _MAIN.format(folder=folder, connections=WORKER_CONNECTIONS, files=2 * WORKER_CONNECTIONS)
        (folder / "nginx.conf").write_text(main)
        command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        with _running(command, {}, own):
            yield Address(own, is_https=True)


WAYS: dict[str, Callable[[int], AbstractContextManager[Address]]] = {
    "directly": directly,
    "Caddy": through_caddy,
    "nginx": through_nginx,
}


def request_buffers(caddy: str) -> str:
    """Return the directive that makes this Caddy wait for all of a request; older versions have another name for it."""
    said = subprocess.run([caddy, "version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", said)
    version = tuple(map(int, found.groups())) if found else _FIRST_CADDY_WITH_SIZES
    return "request_buffers 2MB" if version >= _FIRST_CADDY_WITH_SIZES else "buffer_requests"


def nginx_site(folder: Path, port: int, https: int, http: int) -> str:
    """Return the shipped site with other ports, and a certificate and a log in this folder."""
    text = _shipped("nginx.conf")
    changes = {
        "/etc/letsencrypt/live/write.example.org": str(folder),
        "/var/log/nginx": str(folder),
        "server 127.0.0.1:8000 ": f"server 127.0.0.1:{port} ",
        "listen 443 ": f"listen 127.0.0.1:{https} ",
        "listen [::]:443 ": f"listen [::1]:{https} ",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen [::]:80;": f"listen [::1]:{http};",
    }
    for shipped, here in changes.items():
        if shipped not in text:
            raise ValueError(f"deploy/nginx.conf has no {shipped}")
        text = text.replace(shipped, here)
    return text if _has_ipv6() else re.sub(r"^\s*listen \[::1\].*\n", "", text, flags=re.MULTILINE)


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def _shipped(name: str) -> str:
    return (ROOT / "deploy" / name).read_text()


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise Missing(f"{name} is not installed. Install it, as with: apt-get install {name}")
    return found


def _make_certificate(folder: Path) -> None:
    command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([_program("openssl"), *command.split(), *files], check=True, capture_output=True)


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[None]:
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait(process, port)
            yield
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{process.args!r} does not start") from None
            time.sleep(0.05)

"""The files that put the site online keep up with the app, with each other, and with what is promised of them."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from app import create_app
from config import ROOT, Settings
from tests.conftest import settings

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APPS = {name: service for name, service in SERVICES.items() if re.fullmatch(r"app-\d", name)}
CADDYFILE = (ROOT / "deploy/Caddyfile").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNIT = (ROOT / "deploy/dear-mp.service").read_text()
SOCKET = (ROOT / "deploy/dear-mp.socket").read_text()
GUIDE = (ROOT / "docs/deploying.md").read_text()
NGINX = (ROOT / "deploy/nginx.conf").read_text()
EVERY_FILE = [DOCKERFILE, (ROOT / "compose.yaml").read_text(), CADDYFILE, NGINX, UNIT, SOCKET]

SETTINGS = {name.upper() for name in Settings.model_fields}
OF_COMPOSE = {"SITE", "UPSTREAMS", "REQUEST_BUFFERS", "APP_MEMORY"}
OF_PYTHON = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "XDG_CACHE_HOME"}


def instructions() -> list[str]:
    """Those of the Dockerfile, each in one line."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def last_stage() -> list[str]:
    """The instructions for what becomes the image."""
    found = instructions()
    return found[max(at for at, line in enumerate(found) if line.startswith("FROM")) :]


def value(unit: str, name: str) -> str:
    """Of a line ``name=value`` of a systemd unit; the last one counts."""
    *_, last = re.findall(rf"^{name}=(.*)$", unit, re.MULTILINE)
    return str(last)


def test_every_setting_that_is_named_is_one() -> None:
    (image,) = [line for line in last_stage() if line.startswith("ENV ")]
    named = set(re.findall(r"([A-Z_]+)=", image)) | set(re.findall(r"^Environment=([A-Z_]+)=", UNIT, re.MULTILINE))
    for service in APPS.values():
        named |= set(service["environment"])
    assert named <= SETTINGS | OF_PYTHON
    assert set(re.findall(r"\$\{([A-Z_]+)", EVERY_FILE[1])) <= SETTINGS | OF_COMPOSE
    assert set(re.findall(r"\{\$([A-Z_]+)", CADDYFILE)) == {"SITE", "UPSTREAMS", "REQUEST_BUFFERS"}


def test_the_settings_of_the_containers_are_right() -> None:
    assert len(APPS) >= 2
    for service in APPS.values():
        given = {name.lower(): str(value) for name, value in service["environment"].items()}
        del given["campaigns_dir"], given["data_dir"], given["web_concurrency"]  # there in a container, and by compose
        assert settings(**given).port == 8000


def test_system_packages_stand_in_one_place() -> None:
    packages = re.findall(r"(?:lib[a-z]+|fonts)-[a-z0-9.-]+", (ROOT / "scripts/set-up").read_text())
    assert "libpango-1.0-0" in packages
    assert not [package for package in packages if package in DOCKERFILE]
    assert "apt-get install" not in DOCKERFILE
    assert "RUN scripts/set-up system" in DOCKERFILE


def test_the_image_runs_as_nobody_in_particular_and_installs_nothing_late() -> None:
    (user,) = [line for line in last_stage() if line.startswith("USER ")]
    assert re.fullmatch(r"USER [1-9]\d{3,}:[1-9]\d{3,}", user)
    assert not re.search(r"\bpip\b|set-up|apt", " ".join(last_stage()))
    assert 'CMD ["gunicorn", "wsgi:app"]' in last_stage()


def test_the_image_takes_in_what_is_there_and_no_more() -> None:
    nothing, *lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    taken_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert nothing == "*"
    assert all((ROOT / path).exists() for path in taken_in)
    assert taken_in >= {"app", "config.py", "gunicorn.conf.py", "letter_templates", "templates", "wsgi.py"}
    assert not taken_in & {".env", ".git", "tests", "scripts"}
    for line in instructions():
        if line.startswith("COPY") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert source == "." or any(Path(source).is_relative_to(path) for path in taken_in)


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_kept_small(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"] == {"core": 0}
    assert "/tmp" in service["tmpfs"]
    assert service["mem_limit"] == service["memswap_limit"]
    assert service["restart"] == ("no" if name == "refresh" else "unless-stopped")
    assert "privileged" not in service


def test_every_image_is_named_by_its_digest() -> None:
    images = {service["image"] for service in SERVICES.values() if "build" not in service}
    images |= {line.split()[1] for line in instructions() if line.startswith("FROM debian")}
    assert {image.partition(":")[0] for image in images} == {"debian", "redis", "caddy"}
    for image in images:
        assert re.fullmatch(r"[a-z]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}", image)
        assert "latest" not in image
    stages = {line.split()[3] for line in instructions() if line.startswith("FROM") and " AS " in line}
    bases = {line.split()[1] for line in instructions() if line.startswith("FROM")}
    assert bases <= images | stages


def test_all_know_if_they_are_well() -> None:
    assert any(line.startswith("HEALTHCHECK") and "/readyz" in line for line in last_stage())
    assert all("healthcheck" in service or "build" in service for service in SERVICES.values())
    (path,) = re.findall(r"health_uri (\S+)", CADDYFILE)
    assert path in {rule.rule for rule in create_app(settings()).url_map.iter_rules()}


def test_the_proxy_knows_the_copies_and_they_know_it() -> None:
    upstreams = " ".join(f"{name}:{service['environment']['PORT']}" for name, service in APPS.items())
    assert f"{{$UPSTREAMS:{upstreams}}}" in CADDYFILE
    assert SERVICES["proxy"]["environment"]["UPSTREAMS"] == upstreams
    assert any(port.endswith(":8080") for port in SERVICES["proxy"]["ports"])
    assert "{$SITE::8080}" in CADDYFILE
    assert SERVICES["proxy"]["environment"]["SITE"] == "${SITE:-:8080}"
    (network,) = COMPOSE["networks"]["site"]["ipam"]["config"]
    for service in APPS.values():
        assert ip_network(service["environment"]["TRUSTED_PROXIES"]) == ip_network(network["subnet"])
        assert {"site", "memory"} == set(service["networks"])
        assert "ports" not in service


def test_redis_is_for_the_app_alone_and_keeps_nothing() -> None:
    redis = SERVICES["redis"]
    assert COMPOSE["networks"]["memory"]["internal"]
    assert redis["networks"] == ["memory"]
    assert "ports" not in redis
    assert redis["command"][:4] == ["--save", "", "--appendonly", "no"]
    assert all(service["environment"]["REDIS_URL"] == "redis://redis:6379/0" for service in APPS.values())


def test_the_proxy_sends_no_form_twice_and_logs_nobody() -> None:
    assert "keepalive off" in CADDYFILE
    assert "lb_retry_match" not in CADDYFILE
    assert "request delete" in CADDYFILE
    assert not re.search(r"^\tlog\b(?! default)", CADDYFILE, re.MULTILINE)
    assert "respond /metrics* 404" in CADDYFILE
    assert NGINX.count("access_log off;") == NGINX.count("server {") == 2
    assert "X-Forwarded-For $remote_addr;" in NGINX
    assert "non_idempotent" not in NGINX
    assert not re.search(r"^\s*keepalive\b", NGINX, re.MULTILINE)


def test_the_proxy_waits_for_slow_visitors() -> None:
    """So that the app need not."""
    assert "{$REQUEST_BUFFERS}" in CADDYFILE
    assert SERVICES["proxy"]["environment"]["REQUEST_BUFFERS"] == "request_buffers 2MB"
    assert "proxy_request_buffering on;" in NGINX


def test_the_service_is_kept_small() -> None:
    assert value(UNIT, "LimitCORE") == "0"
    assert value(UNIT, "CapabilityBoundingSet") == ""
    assert value(UNIT, "NoNewPrivileges") == "true"
    assert value(UNIT, "ProtectSystem") == "strict"
    assert value(UNIT, "User") == "dear-mp"


def test_the_unit_fits_the_checkout() -> None:
    folder = value(UNIT, "WorkingDirectory")
    program, app = value(UNIT, "ExecStart").split()
    assert program == f"{folder}/.venv/bin/gunicorn"
    assert (ROOT / f"{app.partition(':')[0]}.py").exists()
    assert f"WORKDIR {folder}" in DOCKERFILE
    assert f"cd {folder}" in GUIDE
    assert value(UNIT, "Requires") == "dear-mp.socket"
    assert value(SOCKET, "ListenStream") == f"127.0.0.1:{Settings.model_fields['port'].default}"
    for named in re.findall(r"deploy/[a-z-]+\.[a-z]+|deploy/Caddyfile", GUIDE):
        assert (ROOT / named).exists()


def test_stopping_waits_for_requests_under_way() -> None:
    (seconds,) = re.findall(r"^graceful_timeout = (\d+)", (ROOT / "gunicorn.conf.py").read_text(), re.MULTILINE)
    assert int(value(UNIT, "TimeoutStopSec")) > int(seconds)
    assert all(int(service["stop_grace_period"].removesuffix("s")) > int(seconds) for service in APPS.values())


def test_no_secret_is_in_them() -> None:
    for name, field in Settings.model_fields.items():
        if "Secret" in str(field.annotation):
            assert not any(re.search(rf"\b{name.upper()}[=:]\s*\S", text) for text in EVERY_FILE)
    assert all(service["env_file"] == [{"path": ".env", "required": False}] for service in APPS.values())

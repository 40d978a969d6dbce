"""Container, compose file, web server and units keep up with the app."""

import re
from typing import Any

import pytest
import yaml

from app import create_app
from config import ROOT, Settings
from tests.conftest import settings

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE_TEXT = (ROOT / "compose.yaml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
CADDYFILE = (ROOT / "deploy/Caddyfile").read_text()
SERVICE = (ROOT / "deploy/dear-mp.service").read_text()
SOCKET = (ROOT / "deploy/dear-mp.socket").read_text()
DEPLOYING = (ROOT / "docs/deploying.md").read_text()
SETTINGS = {name.upper() for name in Settings.model_fields}
OF_COMPOSE = {"SITE", "UPSTREAMS", "APP_MEMORY"}
"""Names that the compose file has of its own."""
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APPS = [name for name in SERVICES if name.startswith("app-")]


def test_settings_are_those_of_the_app() -> None:
    in_image = set(re.findall(r"^(?:ENV|   ) ([A-Z_]+)=", DOCKERFILE, re.MULTILINE))
    assert {"HOST", "DATA_DIR"} <= in_image
    assert {name for name in in_image if not name.startswith("PYTHON")} - {"PATH"} <= SETTINGS
    for name in APPS:
        assert set(SERVICES[name]["environment"]) <= SETTINGS
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT)) <= SETTINGS | OF_COMPOSE
    documented = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", DEPLOYING))
    assert documented <= SETTINGS | OF_COMPOSE


def test_what_answers_the_question_whether_it_is_ready_is_there() -> None:
    adapter = create_app(settings()).url_map.bind("localhost")
    assert "/readyz" in DOCKERFILE
    (asked,) = re.findall(r"health_uri (\S+)", CADDYFILE)
    assert adapter.match(asked) == ("pages.readyz", {})


def test_the_web_server_asks_the_apps_there_are() -> None:
    addresses = {f"{name}:{SERVICES[name]['environment']['PORT']}" for name in APPS}
    assert len(addresses) == 2
    assert set(SERVICES["proxy"]["environment"]["UPSTREAMS"].split()) == addresses
    (usual,) = re.findall(r"reverse_proxy \{\$UPSTREAMS:([^}]+)\}", CADDYFILE)
    assert set(usual.split()) == addresses


def test_the_apps_believe_the_network_of_the_web_server() -> None:
    (network,) = COMPOSE["networks"]["site"]["ipam"]["config"]
    assert {SERVICES[name]["environment"]["TRUSTED_PROXIES"] for name in APPS} == {network["subnet"]}
    assert "site" in SERVICES["proxy"]["networks"]
    assert "site" not in SERVICES["redis"]["networks"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"] == {"core": 0}
    assert service["mem_limit"] == service["memswap_limit"], "nothing is swapped to disk"
    assert re.fullmatch(r"\S+:\S+", service["image"]), "which version is said"


def test_the_image_is_of_a_named_version_and_not_root() -> None:
    assert all(":" in base for base in re.findall(r"^FROM (debian\S*)", DOCKERFILE, re.MULTILINE))
    assert re.findall(r"^USER (\d+):", DOCKERFILE, re.MULTILINE) == ["10001"]


def test_packages_are_named_in_one_place() -> None:
    assert "scripts/set-up system" in DOCKERFILE
    assert "apt-get install" not in DOCKERFILE
    assert "pip install" not in DOCKERFILE


def test_no_secret_is_written_down() -> None:
    for text in (DOCKERFILE, COMPOSE_TEXT, CADDYFILE, SERVICE):
        assert not re.search(r"(SECRET|PASSWORD|TOKEN)[\"']?\s*[=:]\s*[\"']?[^\s$\"']", text)


def test_nobody_writes_down_addresses() -> None:
    assert not re.search(r"^\s*log\b(?! default)", CADDYFILE, re.MULTILINE)
    assert "access_log off" in DEPLOYING


def test_the_unit_starts_what_is_there_and_leaves_time_to_finish() -> None:
    start = re.search(r"^ExecStart=/srv/dear-mp/\.venv/bin/gunicorn (\S+)$", SERVICE, re.MULTILINE)
    assert start
    assert (ROOT / f"{start[1].partition(':')[0]}.py").exists()
    graceful = re.search(r"^graceful_timeout = (\d+)$", (ROOT / "gunicorn.conf.py").read_text(), re.MULTILINE)
    stop = re.search(r"^TimeoutStopSec=(\d+)$", SERVICE, re.MULTILINE)
    assert graceful
    assert stop
    assert int(stop[1]) > int(graceful[1])
    assert "LimitCORE=0" in SERVICE
    assert re.search(r"^ListenStream=127\.0\.0\.1:8000$", SOCKET, re.MULTILINE)
    assert all((ROOT / path).exists() for path in re.findall(r"deploy/[\w.-]+", DEPLOYING))

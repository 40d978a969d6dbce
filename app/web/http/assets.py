"""Stylesheets and scripts: compressed, and cached by browsers until they change."""

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath

from flask import Flask, Request, Response, g, request
from flask_compress import Compress

from app.storage.file_stamp import stamp
from app.web.http.locale_routing import root
from app.web.http.view_traits import Trait, has_trait, traits

_FOLDER = Path(__file__).parents[2] / "static"
_CACHE_FOREVER = "public, max-age=31536000, immutable"
_CACHE_HOUR = "public, max-age=3600"
_IMPORTED = re.compile(r'^import .* from "(\./.+)";$', re.MULTILINE)
_VERSION = re.compile(r"[0-9a-f]{12}")


def init_app(app: Flask) -> None:
    """Set how long browsers cache files, and compress files and pages."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_STREAMS=False,
        COMPRESS_MIN_SIZE=1_000,
    )
    pages, files = Compress(app), Compress(app)
    files.cache, files.cache_key = _CompressedFiles(), _cache_key
    traits(Trait.CROSS_ORIGIN, Trait.CHEAP)(app.view_functions["static"])
    app.jinja_env.globals |= {"asset": asset, "imported_by": imported_by}

    @app.url_value_preprocessor
    def take_version(endpoint: str | None, values: dict[str, str] | None) -> None:
        """Take the version out of the address of a file."""
        if endpoint == "static" and values:
            version, _, name = values["filename"].partition("/")
            if _VERSION.fullmatch(version):
                g.file_version, values["filename"] = version, name

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = _cache_control()
            _load_into_memory(response)
            return files.after_request(response)
        return pages.after_request(response) if not has_trait(Trait.SECRET) else response


class _CompressedFiles(dict[str, bytes]):
    """Compressed files in memory, and never a page: there are few files, and every visitor loads them."""

    def set(self, key: str, value: bytes) -> None:
        """Add a file. Called by Flask-Compress."""
        self[key] = value


def _cache_key(request: Request) -> str:
    """Return the name of the file, in whatever way its address is written, and its time."""
    name = normpath((request.view_args or {}).get("filename", ""))
    return f"{name} {stamp(_FOLDER / name)}"


def _cache_control() -> str:
    """Return how long browsers may keep a file.

    During a deployment, a page of one version may be answered with a file of another. That one is not kept: modules of
    two versions do not fit together.
    """
    if "file_version" not in g:
        return _CACHE_HOUR
    return _CACHE_FOREVER if g.file_version == _version() else "no-cache"


def _load_into_memory(response: Response) -> None:
    """Read a file that would be streamed: Flask-Compress leaves streams alone, and our files are small."""
    response.direct_passthrough = False
    response.make_sequence()
    response.close()


def asset(name: str) -> str:
    """Return the address of a file in ``app/static``, which changes when any of them changes.

    The version is a folder in the address, so that a module which imports ``./page.js`` gets the one of its version.
    """
    return f"{root()}/static/{_version()}/{name}"


def imported_by(names: Iterable[str]) -> list[str]:
    """Return the modules that some files import, directly or not, for a page to ask for all of them at once."""
    found = list(names)
    for name in found:  # which grows
        found += [module for module in _imports(name) if module not in found]
    return sorted(set(found) - set(names))


@cache
def _imports(name: str) -> list[str]:
    folder = dirname(name)
    return [normpath(join(folder, other)) for other in _IMPORTED.findall((_FOLDER / name).read_text())]


@cache
def _version() -> str:
    """Return a hash of all files together."""
    found = sha256()
    for path in sorted(path for path in _FOLDER.rglob("*") if path.is_file()):
        found.update(f"{path.relative_to(_FOLDER)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:12]

"""Stylesheets and scripts: compressed, and cached by browsers until they change."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import normpath

from flask import Flask, Request, Response, request
from flask_compress import Compress

from app.storage.file_stamp import stamp
from app.web.http.locale_routing import root
from app.web.http.view_traits import Trait, has_trait, traits

_FOLDER = Path(__file__).parents[2] / "static"
_CACHE_FOREVER = "public, max-age=31536000, immutable"
_CACHE_HOUR = "public, max-age=3600"


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
    app.jinja_env.globals["asset"] = asset
    traits(Trait.CROSS_ORIGIN, Trait.CHEAP)(app.view_functions["static"])

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = _CACHE_FOREVER if _is_current() else _CACHE_HOUR
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


def _is_current() -> bool:
    """Return whether the address has the file's current version. During a deployment, browsers ask for both."""
    name = (request.view_args or {}).get("filename", "")
    return request.args.get("v") == _version(normpath(name))  # x/../style.css is served too, and is style.css


def _load_into_memory(response: Response) -> None:
    """Read a file that would be streamed: Flask-Compress leaves streams alone, and our files are small."""
    response.direct_passthrough = False
    response.make_sequence()
    response.close()


def asset(name: str) -> str:
    """Return the address of a file in ``app/static``, which changes with the file."""
    return f"{root()}/static/{name}?v={_version(name)}"


@cache
def _version(name: str) -> str:
    return sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]

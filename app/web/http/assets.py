"""The site's own files: stylesheets and scripts, kept by browsers until they change, and compressed on their way."""

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
_FOREVER = "public, max-age=31536000, immutable"
_A_WHILE = "public, max-age=3600"


def init_app(app: Flask) -> None:
    """Say how long to keep what, and compress it."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_STREAMS=False,
        COMPRESS_MIN_SIZE=1_000,
    )
    pages, files = Compress(app), Compress(app)
    files.cache, files.cache_key = _Compressed(), _name_and_stamp
    app.jinja_env.globals["asset"] = asset
    traits(Trait.CROSS_ORIGIN, Trait.CHEAP)(app.view_functions["static"])

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = _FOREVER if _is_this_one() else _A_WHILE
            _take_in(response)
            return files.after_request(response)
        return pages.after_request(response) if not has_trait(Trait.SECRET) else response


class _Compressed(dict[str, bytes]):
    """Our own files as they go over the line, and never a page: there are few, and each visitor loads them."""

    def set(self, key: str, value: bytes) -> None:
        """Keep what was compressed."""
        self[key] = value


def _name_and_stamp(request: Request) -> str:
    """Which file is asked for, however its address is written, and of when it is."""
    name = normpath((request.view_args or {}).get("filename", ""))
    return f"{name} {stamp(_FOLDER / name)}"


def _is_this_one() -> bool:
    """Whether the address is that of the file as it is: while a new version is put online, both are asked for."""
    name = (request.view_args or {}).get("filename", "")
    return request.args.get("v") == _mark(normpath(name))  # x/../style.css is served too, and is style.css


def _take_in(response: Response) -> None:
    """Read a file that would be streamed: only what is there at once is compressed, and these are small."""
    response.direct_passthrough = False
    response.make_sequence()
    response.close()


def asset(name: str) -> str:
    """The address of a file in ``app/static``, another one whenever the file is another."""
    return f"{root()}/static/{name}?v={_mark(name)}"


@cache
def _mark(name: str) -> str:
    return sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]

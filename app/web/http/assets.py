"""The site's own files: stylesheets and scripts, kept by browsers until they change, and compressed on their way."""

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
_FOREVER = "public, max-age=31536000, immutable"
_A_WHILE = "public, max-age=3600"
_IMPORTED = re.compile(r'^import .* from "(\./.+)";$', re.MULTILINE)
_MARK = re.compile(r"[0-9a-f]{12}")


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
    traits(Trait.CROSS_ORIGIN, Trait.CHEAP)(app.view_functions["static"])
    app.jinja_env.globals |= {"asset": asset, "imported_by": imported_by}

    @app.url_value_preprocessor
    def take_mark(endpoint: str | None, values: dict[str, str] | None) -> None:
        """Take the mark out of the address of a file."""
        if endpoint == "static" and values:
            mark, _, name = values["filename"].partition("/")
            if _MARK.fullmatch(mark):
                g.mark, values["filename"] = mark, name

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = _how_long()
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


def _how_long() -> str:
    """How long browsers may keep a file.

    While a new version is put online, a page of one version may be answered with a file of the other. That is not kept:
    modules of two versions do not fit together.
    """
    if "mark" not in g:
        return _A_WHILE
    return _FOREVER if g.mark == _mark() else "no-cache"


def _take_in(response: Response) -> None:
    """Read a file that would be streamed: only what is there at once is compressed, and these are small."""
    response.direct_passthrough = False
    response.make_sequence()
    response.close()


def asset(name: str) -> str:
    """The address of a file in ``app/static``, another one whenever any of them changes.

    The mark is a folder in the address, so that a module which imports ``./page.js`` gets the one of its own version.
    """
    return f"{root()}/static/{_mark()}/{name}"


def imported_by(names: Iterable[str]) -> list[str]:
    """The modules that some files import, directly or not, for a page to ask for all of them at once."""
    found = list(names)
    for name in found:  # which grows
        found += [module for module in _imports(name) if module not in found]
    return sorted(set(found) - set(names))


@cache
def _imports(name: str) -> list[str]:
    folder = dirname(name)
    return [normpath(join(folder, other)) for other in _IMPORTED.findall((_FOLDER / name).read_text())]


@cache
def _mark() -> str:
    """A mark of all files together."""
    found = sha256()
    for path in sorted(path for path in _FOLDER.rglob("*") if path.is_file()):
        found.update(f"{path.relative_to(_FOLDER)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:12]

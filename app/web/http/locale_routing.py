"""The language of a page, which its address says: the Welsh page is at the English one's address under ``/cy``.

So no cookie is needed, a link leads everybody to the same page, and every link made by ``url_for`` keeps the language.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import punctuation
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask, request, url_for
from markupsafe import Markup

from app.i18n.catalogue import find_texts
from app.i18n.languages import ENGLISH, LANGUAGES, Language
from app.i18n.translate import current_locale, gettext, ngettext, use_locale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from werkzeug.datastructures import MultiDict

_ROOT = "dear_mp.root"
"""Where in the environment of a request stands what its path begins with in every language."""
SWITCH = "switched"
"""The name of the buttons that show a page in another language."""
_SCRIPT = "app/static/script/"


@dataclass(frozen=True, slots=True)
class LanguageByPath:
    """Speaks the language that a request's path names, and takes that out of the path."""

    app: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        root, path = environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")
        language = next((known for known in LANGUAGES.values() if _is_under(path, _prefix(known))), ENGLISH)
        prefix = _prefix(language)
        environ |= {_ROOT: root, "SCRIPT_NAME": root + prefix, "PATH_INFO": path[len(prefix) :] or "/"}
        # Not every server sees to it that a query is ASCII.
        environ["QUERY_STRING"] = quote(environ.get("QUERY_STRING", ""), safe=punctuation, encoding="latin-1")
        with use_locale(language):
            return self.app(environ, start_response)


def init_app(app: Flask) -> None:
    """Have every page in every language."""
    app.wsgi_app = LanguageByPath(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's documentation has it
    app.jinja_options = {**app.jinja_options, "extensions": ["jinja2.ext.i18n"]}
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]  # the extension brings it
    install(gettext, ngettext, newstyle=True)
    app.jinja_env.globals.update({"_": _in_a_page, "gettext": _in_a_page})
    app.context_processor(_on_every_page)


def _in_a_page(text: str, /, **values: object) -> Markup:
    """A text for a page, as Jinja's extension would have it, in a third of the time: a page has seventy."""
    said = gettext(text)
    return Markup(said) % values if values else Markup(said.replace("%%", "%"))  # noqa: S704  # our texts are HTML


def _on_every_page() -> dict[str, object]:
    return {
        "language": current_locale(),
        "switch_name": SWITCH,
        "posted_form": _posted_form,
        "is_preview": False,
        "other_languages": [other for other in LANGUAGES.values() if other is not current_locale()],
        "in_language": in_language,
        "wordless": wordless,
        "prefix": _prefix(current_locale()),
        "texts_of_script": find_texts(_SCRIPT, current_locale()),
    }


def _posted_form() -> MultiDict[str, str] | None:
    """Return the form that this request sent; called only where a page repeats it, since it may be too long to read."""
    return request.form if request.method == "POST" else None


def in_language(language: Language, path: str | None = None) -> str:
    """The address of a page in another language: of this page, unless the path of one in this language is given."""
    here = quote(request.path) + (f"?{request.query_string.decode()}" if request.query_string else "")
    if path is not None:
        here = path.removeprefix(request.script_root)
    return root() + _prefix(language) + here


def wordless(path: str) -> str:
    """The address of what has no words in it, such as a picture: one in all languages, so that it is loaded once."""
    return in_language(ENGLISH, path)


def address_in(language: Language, endpoint: str, **values: Any) -> str:
    """The whole address of one of the site's pages, in a language that may not be this page's."""
    return request.host_url.rstrip("/") + in_language(language, url_for(endpoint, **values))


def root() -> str:
    """What every path of the site begins with, whatever its language; empty as a rule."""
    found: str = request.environ.get(_ROOT, "")
    return found


def _prefix(language: Language) -> str:
    return "" if language is ENGLISH else f"/{language.code}"


def _is_under(path: str, prefix: str) -> bool:
    return bool(prefix) and (path == prefix or path.startswith(f"{prefix}/"))

"""The language of a page, by its address: a Welsh page has the address of the English one, under ``/cy``.

So no cookie is needed, a link shows everybody the same page, and links made by ``url_for`` keep the language.
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
"""Key in the WSGI environment of the path that the site is mounted at, in every language."""
SWITCH = "switched"
"""The name of the buttons that switch a page to another language."""
_SCRIPT = "app/static/script/"


@dataclass(frozen=True, slots=True)
class LanguageByPath:
    """Middleware that takes the language out of a request's path, and uses it for the response."""

    app: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        root, path = environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")
        language = next((known for known in LANGUAGES.values() if _is_under(path, _prefix(known))), ENGLISH)
        prefix = _prefix(language)
        environ |= {_ROOT: root, "SCRIPT_NAME": root + prefix, "PATH_INFO": path[len(prefix) :] or "/"}
        # Not every server ensures that a query is ASCII.
        environ["QUERY_STRING"] = quote(environ.get("QUERY_STRING", ""), safe=punctuation, encoding="latin-1")
        with use_locale(language):
            return self.app(environ, start_response)


def init_app(app: Flask) -> None:
    """Show every page in every language."""
    app.wsgi_app = LanguageByPath(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's documentation has it
    app.jinja_options = {**app.jinja_options, "extensions": ["jinja2.ext.i18n"]}
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]  # the extension brings it
    install(gettext, ngettext, newstyle=True)
    app.jinja_env.globals.update({"_": _gettext_for_page, "gettext": _gettext_for_page})
    app.context_processor(_page_context)


def _gettext_for_page(text: str, /, **values: object) -> Markup:
    """Translate a text like Jinja's extension, in a third of the time: a page has seventy texts."""
    translated = gettext(text)
    return Markup(translated) % values if values else Markup(translated.replace("%%", "%"))  # noqa: S704  # our texts are HTML


def _page_context() -> dict[str, object]:
    return {
        "language": current_locale(),
        "switch_name": SWITCH,
        "posted_form": _posted_form,
        "is_preview": False,
        "other_languages": [other for other in LANGUAGES.values() if other is not current_locale()],
        "path_in_language": path_in_language,
        "language_free_path": language_free_path,
        "prefix": _prefix(current_locale()),
        "texts_of_script": find_texts(_SCRIPT, current_locale()),
    }


def _posted_form() -> MultiDict[str, str] | None:
    """Return the form of this request. Call it only to repeat the form in a page: it can be too long to read."""
    return request.form if request.method == "POST" else None


def path_in_language(language: Language, path: str | None = None) -> str:
    """Return the path of a page in another language: of this page, or of the one at ``path``."""
    path_here = quote(request.path) + (f"?{request.query_string.decode()}" if request.query_string else "")
    if path is not None:
        path_here = path.removeprefix(request.script_root)
    return root() + _prefix(language) + path_here


def language_free_path(path: str) -> str:
    """Return the path of a file without words, such as a picture. All languages share it, so browsers load it once."""
    return path_in_language(ENGLISH, path)


def url_in_language(language: Language, endpoint: str, **values: Any) -> str:
    """Return the full URL of a page of the site, in any language."""
    return request.host_url.rstrip("/") + path_in_language(language, url_for(endpoint, **values))


def root() -> str:
    """Return the path that the site is mounted at; usually empty."""
    found: str = request.environ.get(_ROOT, "")
    return found


def _prefix(language: Language) -> str:
    return "" if language is ENGLISH else f"/{language.code}"


def _is_under(path: str, prefix: str) -> bool:
    return bool(prefix) and (path == prefix or path.startswith(f"{prefix}/"))

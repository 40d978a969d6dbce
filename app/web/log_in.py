"""Who may publish: whoever knows the password, for two hours at a time."""

import time
from datetime import timedelta
from hashlib import sha256

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from limits import RateLimitItemPerMinute, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from wtforms import PasswordField
from wtforms.csrf.session import SessionCSRF

from app.language.languages import LANGUAGES
from app.language.speaking import lazy
from app.web.desk import desk
from app.web.forms import JourneyForm
from app.web.languages import in_language
from app.web.passwords import is_password

LASTS = timedelta(hours=2)
TRIES = RateLimitItemPerMinute(5, 15)
"""How often one address may try in a quarter of an hour; and all of them together, so that many are no help."""
TRIES_OF_ALL = parse("100/15 minutes")
_SINCE = "publisher_since"


class _StudioSessions(SecureCookieSessionInterface):
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """One cookie for the Studio in each language, since what both paths begin with is everybody's."""
        for language in LANGUAGES.values():
            g.path_of_studio = in_language(language, f"{request.script_root}/studio")
            super().save_session(app, session, response)

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        """Of the cookie that is being written."""
        path: str = g.path_of_studio
        return path

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Over HTTPS only, save on the machine itself. Behind a server that speaks HTTPS for us we see only HTTP."""
        return request.is_secure or request.host.partition(":")[0] not in ("localhost", "127.0.0.1")


class Doorkeeper:
    """Counts who tries the password."""

    def __init__(self) -> None:
        self._tries = MovingWindowRateLimiter(MemoryStorage())

    def admits(self, address: str) -> bool:
        """Whether somebody may try now; counts it as a try."""
        return self._tries.hit(TRIES, address) and self._tries.hit(TRIES_OF_ALL)

    def forget(self, address: str) -> None:
        """Whoever knows the password has not been guessing."""
        self._tries.clear(TRIES, address)

    def seconds_to_wait(self, address: str) -> int:
        """Until the next try."""
        windows = (self._tries.get_window_stats(TRIES, address), self._tries.get_window_stats(TRIES_OF_ALL))
        return max(1, *(round(window.reset_time - time.time()) for window in windows if not window.remaining), 1)


def init_app(app: Flask, password_hash: str) -> None:
    """Have cookies for the Studio, and nowhere else; none at all without a password."""
    app.extensions["doorkeeper"] = Doorkeeper()
    if not password_hash:
        return
    # A secret of the setting's own: with another password, whoever was logged in no longer is.
    app.secret_key = sha256(f"sessions of the Studio\0{password_hash}".encode()).digest()
    app.session_interface = _StudioSessions()
    app.config.update(
        SESSION_COOKIE_NAME="studio",
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=LASTS,
        SESSION_REFRESH_EACH_REQUEST=False,
    )


class PublisherForm(JourneyForm):
    """A form that only a page of ours can have made."""

    class Meta:
        """How WTForms knows."""

        csrf = True
        csrf_class = SessionCSRF
        csrf_time_limit = LASTS

        @property
        def csrf_secret(self) -> bytes:
            """Ours."""
            return sha256(b"forms of the Studio" + _secret()).digest()

        @property
        def csrf_context(self) -> object:
            """Where the form's secret is kept."""
            return session


class LogInForm(PublisherForm):
    """The password."""

    password = PasswordField(lazy("Password"), render_kw={"autocomplete": "current-password", "required": True})


def can_publish() -> bool:
    """Whether there is a password, without which nobody publishes."""
    return bool(_password_hash())


def is_publisher() -> bool:
    """Whether somebody logged in not long ago."""
    since = session.get(_SINCE) if can_publish() else None
    return isinstance(since, int) and 0 <= time.time() - since < LASTS.total_seconds()


def log_in(password: str) -> bool:
    """Let somebody publish who knows the password."""
    if not is_password(password, _password_hash()):
        return False
    session.clear()
    session.permanent = True
    session[_SINCE] = int(time.time())
    return True


def log_out() -> None:
    """Forget that somebody logged in."""
    session.clear()


def _password_hash() -> str:
    return desk().settings.studio_password.get_secret_value()


def _secret() -> bytes:
    return sha256(_password_hash().encode()).digest()

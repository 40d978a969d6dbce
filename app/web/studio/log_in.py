"""Publishers: people who know the password, for two hours at a time; and the password itself."""

from datetime import timedelta

from flask import Flask, current_app, g, session
from werkzeug.security import check_password_hash, generate_password_hash
from wtforms import PasswordField
from wtforms.csrf.session import SessionCSRF

from app.i18n.translate import lazy_gettext
from app.storage.shared_lock import SharedLock
from app.web.http.studio_cookie import StudioSessions
from app.web.journey.forms import JourneyForm
from app.web.services import Services, services
from app.web.studio.password_tries import PasswordTries
from app.web.studio.session_store import SessionStore

SHORTEST_PASSWORD = 12  # characters
SESSION_LENGTH = timedelta(hours=2)
_SESSION = "session"


def init_app(app: Flask, services: Services, lock: SharedLock) -> None:
    """Set up log-ins and their cookies, if the settings have a password. No other page has cookies."""
    password_hash = services.settings.studio_password.get_secret_value()
    if not password_hash:
        return
    seconds = int(SESSION_LENGTH.total_seconds())
    # The password is a part of the hash: a new password ends all sessions.
    sessions = SessionStore(
        services.redis, lock, seconds, lambda text: services.keyed_hash(f"session {password_hash} {text}")
    )
    app.extensions |= {"sessions": sessions, "password_tries": PasswordTries(services.redis, lock)}
    app.session_interface = StudioSessions()
    app.config.update(
        SESSION_COOKIE_NAME="studio",
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=SESSION_LENGTH,
        SESSION_REFRESH_EACH_REQUEST=False,
    )


class PublisherForm(JourneyForm):
    """A form with a token that only a page of ours can send."""

    class Meta:
        """Settings of WTForms."""

        csrf = True
        csrf_class = SessionCSRF
        csrf_time_limit = SESSION_LENGTH

        @property
        def csrf_secret(self) -> bytes:
            """Return the key of the tokens."""
            return services().keyed_hash("forms of the Studio").encode()

        @property
        def csrf_context(self) -> object:
            """Return the session, which WTForms binds the tokens to."""
            return session


class LogInForm(PublisherForm):
    """The question for the password."""

    password = PasswordField(lazy_gettext("Password"), render_kw={"autocomplete": "current-password", "required": True})


def can_publish() -> bool:
    """Return whether the settings have a password, without which nobody can publish."""
    return bool(_password_hash())


def is_publisher() -> bool:
    """Return whether this browser has logged in, in the last two hours, and has not logged out."""
    if not can_publish() or not isinstance(session_id := session.get(_SESSION), str):
        return False
    if "is_publisher" not in g:
        g.is_publisher = _sessions().is_live(session_id)
    return bool(g.is_publisher)


def log_in(password: str) -> bool:
    """Begin a session, if the password is right, and return whether it is."""
    if not is_right_password(password, _password_hash()):
        return False
    log_out()
    session.permanent = True
    session[_SESSION] = _sessions().begin()
    return True


def log_out() -> None:
    """End the session on the server too, so that a copy of the cookie is worthless."""
    if isinstance(session_id := session.get(_SESSION), str):
        _sessions().end(session_id)
    session.clear()
    g.pop("is_publisher", None)


def password_tries() -> PasswordTries:
    found: PasswordTries = current_app.extensions["password_tries"]
    return found


def _sessions() -> SessionStore:
    found: SessionStore = current_app.extensions["sessions"]
    return found


def _password_hash() -> str:
    return services().settings.studio_password.get_secret_value()


def hash_password(password: str) -> str:
    """Return the hash for the setting. It has slashes for dollars, which shells and Compose would replace."""
    return generate_password_hash(password, method="scrypt").replace("$", "/")


def is_right_password(typed: str, password_hash: str) -> bool:
    """Return whether a password is right. It takes the same time if it is not."""
    return check_password_hash(password_hash.replace("/", "$"), typed)

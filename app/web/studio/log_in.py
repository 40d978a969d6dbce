"""Who may publish: whoever knows the password, for two hours at a time."""

from datetime import timedelta

from flask import Flask, current_app, g, session
from wtforms import PasswordField
from wtforms.csrf.session import SessionCSRF

from app.i18n.translate import lazy_gettext
from app.storage.shared_lock import SharedLock
from app.web.http.studio_cookie import StudioSessions
from app.web.journey.forms import JourneyForm
from app.web.services import Services, services
from app.web.studio.live_sessions import LiveSessions
from app.web.studio.passwords import is_password
from app.web.studio.tries import Doorkeeper

LASTS = timedelta(hours=2)
_SESSION = "session"


def init_app(app: Flask, services: Services, lock: SharedLock) -> None:
    """Have cookies for the Studio, and nowhere else; none at all without a password."""
    password_hash = services.settings.studio_password.get_secret_value()
    if not password_hash:
        return
    seconds = int(LASTS.total_seconds())
    # A hash with the password's own in it: with another password, nobody is logged in any longer.
    sessions = LiveSessions(
        services.redis, lock, seconds, lambda text: services.private(f"session {password_hash} {text}")
    )
    app.extensions |= {"sessions": sessions, "doorkeeper": Doorkeeper(services.redis, lock)}
    app.session_interface = StudioSessions()
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
            return services().private("forms of the Studio").encode()

        @property
        def csrf_context(self) -> object:
            """Where the form's secret is kept."""
            return session


class LogInForm(PublisherForm):
    """The password."""

    password = PasswordField(lazy_gettext("Password"), render_kw={"autocomplete": "current-password", "required": True})


def can_publish() -> bool:
    """Whether there is a password, without which nobody publishes."""
    return bool(_password_hash())


def is_publisher() -> bool:
    """Tell if somebody logged in not long ago, and has not logged out."""
    if not can_publish() or not isinstance(known := session.get(_SESSION), str):
        return False
    if "is_publisher" not in g:
        g.is_publisher = _sessions().is_live(known)
    return bool(g.is_publisher)


def log_in(password: str) -> bool:
    """Let somebody publish who knows the password."""
    if not is_password(password, _password_hash()):
        return False
    log_out()
    session.permanent = True
    session[_SESSION] = _sessions().begin()
    return True


def log_out() -> None:
    """End the session, on our side too: a copy of the cookie is worth nothing from now on."""
    if isinstance(known := session.get(_SESSION), str):
        _sessions().end(known)
    session.clear()
    g.pop("is_publisher", None)


def doorkeeper() -> Doorkeeper:
    """The one that counts tries."""
    found: Doorkeeper = current_app.extensions["doorkeeper"]
    return found


def _sessions() -> LiveSessions:
    found: LiveSessions = current_app.extensions["sessions"]
    return found


def _password_hash() -> str:
    return services().settings.studio_password.get_secret_value()

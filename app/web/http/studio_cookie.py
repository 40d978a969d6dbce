"""The cookie of publishers who are logged in: the only cookie of the site, and it never leaves the Studio."""

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

from app.i18n.languages import LANGUAGES
from app.web.http.locale_routing import in_language


class StudioSessions(SecureCookieSessionInterface):
    """Signs the cookie with the site's secret, and sends it to the Studio only."""

    salt = "sessions of the Studio"

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Ask for the secret only where there is something to check: most pages are asked for without a cookie."""
        return (
            super().open_session(app, request) if self.get_cookie_name(app) in request.cookies else self.session_class()
        )

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Sign by the site's own secret, which all its processes and machines know, and not by the password's hash."""
        return URLSafeTimedSerializer(
            app.extensions["services"].private(self.salt),
            salt=self.salt,
            serializer=self.serializer,
            signer_kwargs={"key_derivation": self.key_derivation, "digest_method": self.digest_method},
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set one cookie for the Studio in each language: the path that both begin with is every page's."""
        for language in LANGUAGES.values():
            g.path_of_studio = in_language(language, f"{request.script_root}/studio")
            super().save_session(app, session, response)

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        """Return the path of the cookie that is being written."""
        path: str = g.path_of_studio
        return path

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Require HTTPS, except on the machine itself. Behind a server that speaks HTTPS for us we see only HTTP."""
        return request.is_secure or request.host.partition(":")[0] not in ("localhost", "127.0.0.1")

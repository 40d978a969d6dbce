"""The cookie of publishers who are logged in: the only cookie of the site, for the Studio's paths only."""

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

from app.i18n.languages import LANGUAGES
from app.web.http.locale_routing import path_in_language


class StudioSessions(SecureCookieSessionInterface):
    """Signs the cookie with the site's secret, and sends it to the Studio only."""

    salt = "sessions of the Studio"

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie. Most requests have none, and do not need the secret."""
        return (
            super().open_session(app, request) if self.get_cookie_name(app) in request.cookies else self.session_class()
        )

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Sign with the site's secret, which all its processes and machines share, and not with the password's hash."""
        return URLSafeTimedSerializer(
            app.extensions["services"].keyed_hash(self.salt),
            salt=self.salt,
            serializer=self.serializer,
            signer_kwargs={"key_derivation": self.key_derivation, "digest_method": self.digest_method},
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set a cookie for the Studio in each language: the only path above both is that of every page."""
        for language in LANGUAGES.values():
            g.studio_path = path_in_language(language, f"{request.script_root}/studio")
            super().save_session(app, session, response)

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        """Return the path that ``save_session`` has set."""
        path: str = g.studio_path
        return path

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Require HTTPS, except on localhost. Behind a proxy that ends HTTPS we see only HTTP."""
        return request.is_secure or request.host.partition(":")[0] not in ("localhost", "127.0.0.1")

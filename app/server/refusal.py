"""Answers to requests that never reach the app, in plain text."""

from waitress.utilities import Error


class Refusal(Error):
    """An answer that quotes nothing of the request."""

    def __init__(self, code: int, reason: str, explanation: str) -> None:
        super().__init__(explanation)
        self.code = code
        self.reason = reason

    def to_response(  # type: ignore[override]  # the stub is wrong: the body is bytes
        self,
        ident: object = None,  # noqa: ARG002
    ) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return the status line, the headers and the body."""
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return f"{self.code} {self.reason}", headers, f"{self.reason}. {self.body}\n".encode()


class Refused(Exception):
    """Raised when a request cannot be read in exactly one way, or is too large."""

    def __init__(self, code: int, reason: str, explanation: str) -> None:
        super().__init__(explanation)
        self.refusal = Refusal(code, reason, explanation)


def bad_request(explanation: str) -> Refused:
    """Return an error that is answered with 400."""
    return Refused(400, "Bad Request", explanation)


def head_too_large(explanation: str) -> Refused:
    """Return an error that is answered with 431."""
    return Refused(431, "Request Header Fields Too Large", explanation)

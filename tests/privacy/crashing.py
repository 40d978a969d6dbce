"""The app with pages that go wrong in the worst way: ``gunicorn tests.privacy.crashing:app``."""

import os
import threading

from flask import request

from wsgi import app


def _quoted() -> str:
    return " ".join(request.form.values())


@app.post("/crash")
def crash() -> str:
    """An exception that quotes what was typed, raised from another that does."""
    known: dict[str, str] = {}
    try:
        return known[_quoted()]
    except KeyError as error:
        raise ValueError(f"cannot read {_quoted()}") from error


@app.post("/crash-in-thread")
def crash_in_thread() -> str:
    """The same in a thread, where nobody catches it."""

    def fail(quoted: str) -> None:
        raise ValueError(quoted)

    thread = threading.Thread(target=fail, args=(_quoted(),))
    thread.start()
    thread.join()
    return "The thread is gone."


@app.post("/abort")
def abort() -> str:
    """The end of the process, with the letter in its memory."""
    _quoted()
    os.abort()

"""Answers to requests, made in a thread."""

from typing import TYPE_CHECKING

from waitress.task import ErrorTask, Task, WSGITask

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class _OpenErrors(Task):
    """A task whose errors are all for the caller: waitress's own hides those of the operating system."""

    if TYPE_CHECKING:

        def execute(self) -> None: ...

    def service(self) -> None:
        """Make the answer."""
        self.start()
        self.execute()
        self.finish()


class AppTask(_OpenErrors, WSGITask):
    """Has the app make the answer."""

    def get_environment(self) -> "WSGIEnvironment":
        """Return the WSGI environment."""
        if self.environ is None:
            environ = super().get_environment()
            environ["SERVER_SOFTWARE"] = ""
            environ["wsgi.multiprocess"] = True
            # A file that goes out from the main loop would be read there, and held open for as long as a client likes.
            del environ["wsgi.file_wrapper"], environ["waitress.client_disconnected"]
        return self.environ or environ


class RefusalTask(_OpenErrors, ErrorTask):
    """Says why a request is refused."""

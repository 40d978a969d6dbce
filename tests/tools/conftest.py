"""The visitor's browser without scripts, as the tests of pages have it."""

from tests.web.conftest import visit

__all__ = ["visit"]

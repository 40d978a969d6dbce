"""Who may publish on the sites of the tests."""

from werkzeug.security import generate_password_hash

PASSWORD = "four words in a row"


def quickly_hashed(password: str) -> str:
    """The password as the setting takes it, checked in no time: a real hash takes a fifth of a second each time."""
    return generate_password_hash(password, method="scrypt:256:8:1").replace("$", "/")


HASH = quickly_hashed(PASSWORD)

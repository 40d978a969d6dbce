"""The password of those who may publish: kept as a hash only, in a setting."""

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST = 12  # characters


def hashed(password: str) -> str:
    """The password as the setting takes it. Slashes stand for dollars, which shells and Compose would fill in."""
    return generate_password_hash(password, method="scrypt").replace("$", "/")


def is_password(typed: str, hash_of_it: str) -> bool:
    """Whether a password was typed right; takes as long whether it was or not."""
    return check_password_hash(hash_of_it.replace("/", "$"), typed)

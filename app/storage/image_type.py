"""Types of images by their first bytes, because names and headers may be wrong."""

# SVG is not among them: it can hold scripts.
_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def image_type(content: bytes) -> str:
    """Return ``image/png``, ``image/jpeg`` or ``image/webp``; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((mimetype for beginning, mimetype in _BEGINNINGS if content.startswith(beginning)), "")

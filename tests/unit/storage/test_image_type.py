"""Images that browsers can show, told by their first bytes."""

import pytest

from app.storage.image_type import image_type
from tests.sharing import SAMPLE_CAMPAIGNS

PNG = (SAMPLE_CAMPAIGNS / "bees.png").read_bytes()


@pytest.mark.parametrize(
    ("content", "mimetype"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\n\n\n\nWEBP", "image/webp"),
        (b"", ""),
        (b"\x89PN", ""),
        (b"GIF89a", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", ""),
        (b"<html>", ""),
        (b"RIFF\x24\x00\x00\x00WAVE", ""),
        (b" " + PNG, ""),
    ],
)
def test_the_first_bytes_decide(content: bytes, mimetype: str) -> None:
    assert image_type(content) == mimetype

"""The picture beside a campaign's file: shown only if it is one, and is beside it."""

import os
from pathlib import Path

import pytest

from app.campaigns.file.logo import LARGEST_LOGO, read_logo
from tests.sharing import SAMPLE_CAMPAIGNS

PNG = (SAMPLE_CAMPAIGNS / "bees.png").read_bytes()
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "


@pytest.mark.parametrize(("content", "mimetype"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")])
def test_its_first_bytes_say_what_it_is(tmp_path: Path, content: bytes, mimetype: str) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    found = read_logo(tmp_path, "logo.png")
    assert found
    assert (found.content, found.mimetype) == (content, mimetype)


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b" " + PNG],
)
def test_anything_else_is_no_logo(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    assert read_logo(tmp_path, "logo.png") is None


def test_two_hundred_kilobytes_at_most(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(PNG.ljust(LARGEST_LOGO, b"\0"))
    assert read_logo(tmp_path, "logo.png")
    path.write_bytes(PNG.ljust(LARGEST_LOGO + 1, b"\0"))
    assert read_logo(tmp_path, "logo.png") is None


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "logo.png").symlink_to(SAMPLE_CAMPAIGNS / "bees.png")
    assert read_logo(tmp_path, "logo.png") is None


def test_what_is_no_file_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    for name in ("pipe.png", "folder.png", "gone.png"):
        assert read_logo(tmp_path, name) is None

"""Puts two fonts of printed letters into the environment, in a form that can be embedded; run by scripts/set-up.

Emoji: Noto Emoji, whose outlines print and keep to the standards, as coloured pictures do not. No system packages it; a
Python package has it among its own files. Chinese, Japanese and Korean: WenQuanYi Micro Hei, a tenth of the size of
others, without the tables by which its embedding fails.
"""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
FONTS = ROOT / ".venv" / "share" / "fonts"
PIP = [
    sys.executable,
    "-m",
    "pip",
    "download",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--only-binary=:all:",
]
EMOJI = "imgui_bundle/demos_assets/fonts/NotoEmoji-Regular.ttf"
CJK = "wqy-microhei.ttc"
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/opt/homebrew/share/fonts", "/Library/Fonts")


def emoji() -> TTFont:
    """Noto Emoji, with a space as wide as in a text. Raises OSError, CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [*PIP, "--require-hashes", "-r", str(ROOT / "requirements-fonts.txt"), "-d", folder],
            check=True,
            capture_output=True,
        )
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as files:
            font = TTFont(zipfile.Path(files, EMOJI).open("rb"), lazy=False)
    font["hmtx"][font.getBestCmap()[ord(" ")]] = (font["head"].unitsPerEm // 4, 0)
    return font


def cjk() -> TTFont:
    """WenQuanYi Micro Hei. Raises StopIteration where the system has none."""
    font = TTFont(next(found()), fontNumber=0)
    for table in {"GDEF", "GPOS", "FFTM"} & set(font.keys()):
        del font[table]
    return font


def found() -> Iterator[Path]:
    """Where the system may have it."""
    return (path for folder in FOLDERS for path in Path(folder).rglob(CJK))


def save(font: TTFont, name: str) -> None:
    """Whole or not at all."""
    FONTS.mkdir(parents=True, exist_ok=True)
    unfinished = FONTS / f"{name}.part"
    font.save(unfinished)
    unfinished.replace(FONTS / name)


def main() -> None:
    """Make what is not there yet; without a font letters print all the same, and name the characters they lack."""
    if not (FONTS / "NotoEmoji-Regular.ttf").exists():
        try:
            save(emoji(), "NotoEmoji-Regular.ttf")
        except (OSError, subprocess.CalledProcessError):
            print("Noto Emoji cannot be had for this machine: emoji will not print.", file=sys.stderr)
    if not (FONTS / "wqy-microhei.ttf").exists():
        try:
            save(cjk(), "wqy-microhei.ttf")
        except StopIteration:
            print("WenQuanYi Micro Hei is not installed: Chinese, Japanese and Korean will not print.", file=sys.stderr)


main()

"""Makes WenQuanYi Micro Hei embeddable, for Chinese, Japanese and Korean in printed letters; run by scripts/set-up.

It has a tenth of the size of other such fonts. Without the tables that are dropped here it can be embedded in part.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from app.storage.atomic_file import write_whole

TARGET = Path(sys.prefix) / "share" / "fonts" / "wqy-microhei.ttf"
SOURCE = "wqy-microhei.ttc"
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/opt/homebrew/share/fonts", "/Library/Fonts")


def embeddable(path: Path) -> bytes:
    """Return the first font of a collection, without the tables by which its embedding fails."""
    font = TTFont(path, fontNumber=0)
    for table in {"GDEF", "GPOS", "FFTM"} & set(font.keys()):
        del font[table]
    content = BytesIO()
    font.save(content)
    return content.getvalue()


def main() -> None:
    """Put the font into the environment; without it letters print all the same, and name the characters they lack."""
    installed = (path for folder in FOLDERS for path in Path(folder).rglob(SOURCE))
    if found := next(installed, None):
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        write_whole(TARGET, embeddable(found))
    else:
        print("WenQuanYi Micro Hei is not installed: Chinese, Japanese and Korean will not print.", file=sys.stderr)


main()

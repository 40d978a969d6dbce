"""Positions on a sheet of A4, in millimetres from its top left corner.

The member's address must show in the window of a DL or C5 envelope however the sheet slides in it. With folds at 105
and 210 mm the band that always shows is 22 to 89 across and 60 to 81 down; what may show is 8 to 113 and 44 to 92, so
nothing else is there.
"""

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM, MARGIN_LEFT = 20.0, 20.0, 20.0, 24.0

SENDER_LEFT, SENDER_TOP, SENDER_WIDTH = 120.0, 12.0, 70.0
ADDRESS_LEFT, ADDRESS_TOP, ADDRESS_LINE = 24.0, 60.0, 4.2
TEXT_TOP = 98.0
FOLDS = (105.0, 210.0)

ALWAYS_SEEN = (22.0, 60.0, 89.0, 81.0)  # left, top, right, bottom
MAY_BE_SEEN = (8.0, 44.0, 113.0, 92.0)

WRITTEN_LINE = 8.5  # from line to line, for an ordinary pen

ADDRESS_POINTS = 10.5
_SMALLEST = 5.5
_ADDRESS_WIDTH = 89.0 - ADDRESS_LEFT - 2
_MM_A_POINT = 25.4 / 72


def address_points(lines: tuple[str, ...]) -> float:
    """Return the size, in points, at which the longest line of the member's address stays in the window."""
    widest = max(map(ems, lines))
    return max(min(ADDRESS_POINTS, _ADDRESS_WIDTH / (widest * _MM_A_POINT)), _SMALLEST)


def ems(text: str) -> float:
    """Return the rough width of a text in Noto Serif, in ems."""
    return sum(map(_ems, text))


def _ems(character: str) -> float:
    if character in "MWmw@%" or character > "\u2e80":
        return 1.0
    if character in " .,'’-ijlftr":
        return 0.35
    return 0.7 if character.isupper() else 0.57

"""Where things stand on a sheet of A4, in millimetres from its top left corner.

The member's address must show in the window of a DL or C5 envelope however the sheet slides in it. With folds at 105
and 210 mm the band that always shows is 22 to 89 across and 60 to 81 down; what may show is 8 to 113 and 44 to 92, so
nothing else stands there.
"""

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM, MARGIN_LEFT = 20.0, 20.0, 20.0, 24.0

SENDER_LEFT, SENDER_TOP, SENDER_WIDTH = 120.0, 12.0, 70.0
ADDRESS_LEFT, ADDRESS_TOP, ADDRESS_LINE = 24.0, 60.0, 4.2
TEXT_TOP = 98.0
FOLDS = (105.0, 210.0)

ALWAYS_SEEN = (22.0, 60.0, 89.0, 81.0)  # left, top, right, bottom
MAY_BE_SEEN = (8.0, 44.0, 113.0, 92.0)

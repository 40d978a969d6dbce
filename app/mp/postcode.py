"""UK postcodes as people type them, and the kinds of places that they mean.

The shapes are those of Royal Mail's Postcode Address File (BS 7666): an outward code of two to four
characters, then an inward code of a digit and two letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # the inward code never has C I K M O V
LONGEST_INPUT = 100  # characters; the rest is ignored, because no postcode is longer

_OUTWARD_SHAPES = ("A9", "A99", "AA9", "AA99", "A9A", "AA9A")  # 9 a digit, A a letter
# The characters allowed at each position of a shape, and the slips that are corrected there.
_ALLOWED = {
    "9": ("0123456789", {"O": "0", "I": "1"}),
    "A": ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", {"0": "O", "1": "I"}),
}
# After a district's digit only some letters are used. O and I are not among them, so E1O means E10.
_USUAL_DISTRICT = re.compile(r"[A-Z](0|[1-9]\d?|\d[ABCDEFGHJKPSTUW])|[A-Z]{2}(0|[1-9]\d?|\d[ABEHMNPRVWXY])")

# All postcode areas. They decide whether an O or a 0 is meant (SI4 is S14, 0X1 is OX1).
_AREAS = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX "
    "PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF "
    "WN WR WS WV YO ZE GY JE IM BX XX BF".split()
)

_TERRITORIES = frozenset("ASCN BBND BIQQ FIQQ GX11 PCRN SIQQ STHL TDCU TKCA".split())
# Territories with systems of their own: Anguilla, Cayman, Virgin Islands, Montserrat, and Bermuda. Bermuda's parishes
# are listed only if they are not also postcode areas of Great Britain.
_OWN_SYSTEM = re.compile(r"AI2640|KY[1-3]\d{4}|VG11\d0|MSR1\d{3}|(DV|FL|GE|HM|MA|PG|SB|WK)[A-Z0-9]{2}")


class PostcodeKind(Enum):
    """Kinds of places, told apart by a postcode's letters."""

    GREAT_BRITAIN = "Great Britain"
    NORTHERN_IRELAND = "Northern Ireland"
    CROWN_DEPENDENCY = "Crown dependency"
    OVERSEAS_TERRITORY = "overseas territory"
    BFPO = "British Forces Post Office"
    NON_GEOGRAPHIC = "non-geographic"

    @property
    def has_mp(self) -> bool:
        return self in (PostcodeKind.GREAT_BRITAIN, PostcodeKind.NORTHERN_IRELAND)


class PostcodeError(ValueError):
    """Base of errors in typed postcodes. They never quote the text, so that no log can."""


class EmptyPostcode(PostcodeError):
    """No letters or digits."""


class PartialPostcode(PostcodeError):
    """The beginning of a postcode, such as ``SW1A`` or ``SW1A 1``."""


class MalformedPostcode(PostcodeError):
    """Text that is neither a postcode nor the beginning of one."""


_KINDS = {
    "BT": PostcodeKind.NORTHERN_IRELAND,
    "JE": PostcodeKind.CROWN_DEPENDENCY,
    "GY": PostcodeKind.CROWN_DEPENDENCY,
    "IM": PostcodeKind.CROWN_DEPENDENCY,
    "BF": PostcodeKind.BFPO,
    "BFPO": PostcodeKind.BFPO,
    "BX": PostcodeKind.NON_GEOGRAPHIC,
    "XX": PostcodeKind.NON_GEOGRAPHIC,
    "GIR": PostcodeKind.NON_GEOGRAPHIC,
}


@dataclass(frozen=True, slots=True)
class Postcode:
    """A well-formed postcode. ``str()`` gives its standard form, ``SW1A 1AA``."""

    outward: str
    inward: str
    corrected: bool = False
    """True if a letter O or I was read as a digit 0 or 1, or the other way round."""

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}".strip()

    @property
    def sector(self) -> str:
        """The sector, such as ``SW1A 1`` for ``SW1A 1AA``."""
        return f"{self.outward} {self.inward[0]}"

    @property
    def kind(self) -> PostcodeKind:
        if not self.inward or self.outward in _TERRITORIES:
            return PostcodeKind.OVERSEAS_TERRITORY
        return _KINDS.get(_get_area(self.outward), PostcodeKind.GREAT_BRITAIN)

    @classmethod
    def parse(cls, text: str) -> "Postcode":
        """Parse typed text in any case, with spaces, punctuation, invisible characters, and O/0 and I/1 slips.

        Raises EmptyPostcode, PartialPostcode or MalformedPostcode.
        """
        typed = _keep_letters_and_digits(text)
        if not typed:
            raise EmptyPostcode
        special = _parse_special(typed)
        if special:
            return special
        readings = list(_list_readings(typed))
        if readings:
            return min(readings, key=_rank_doubt)
        if _is_beginning(typed):
            raise PartialPostcode
        raise MalformedPostcode


def _keep_letters_and_digits(text: str) -> str:
    # NFKC turns full-width letters into plain ones. Spaces, dashes and zero-width characters are dropped.
    plain = unicodedata.normalize("NFKC", text[:LONGEST_INPUT]).upper()
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def _parse_special(typed: str) -> Postcode | None:
    if re.fullmatch(r"BFPO\d{1,4}", typed):
        return Postcode("BFPO", typed[4:])
    if _OWN_SYSTEM.fullmatch(typed):
        return Postcode(typed, "")
    if typed == "GIR0AA" or (typed[:-3] in _TERRITORIES and typed.endswith("1ZZ")):
        return Postcode(typed[:-3], typed[-3:])
    return None


def _list_readings(typed: str) -> Iterator[Postcode]:
    inward = _fit(typed[-3:], "9AA")
    if inward is None or any(letter not in UNIT_LETTERS for letter in inward[1:]):
        return
    for shape in _OUTWARD_SHAPES:
        outward = _fit(typed[:-3], shape)
        if outward is not None:
            yield Postcode(outward, inward, corrected=outward + inward != typed)


def _fit(typed: str, shape: str) -> str | None:
    """Return ``typed`` in ``shape``, with slips corrected; None if it does not fit."""
    if len(typed) != len(shape):
        return None
    fitted = ""
    for character, position in zip(typed, shape, strict=True):
        allowed, slips = _ALLOWED[position]
        meant = character if character in allowed else slips.get(character)
        if meant is None:
            return None
        fitted += meant
    return fitted


def _rank_doubt(reading: Postcode) -> tuple[bool, bool, bool]:
    """Return a rank that is lowest for the most likely reading."""
    unknown_area = _get_area(reading.outward) not in _AREAS
    return unknown_area, not _USUAL_DISTRICT.fullmatch(reading.outward), reading.corrected


def _get_area(outward: str) -> str:
    return re.split(r"\d", outward)[0]


def _is_beginning(typed: str) -> bool:
    """Match an outward code, with or without the sector's digit and the first letter of the unit."""
    endings = ("", "9", "9A")
    whole_area = typed in _AREAS
    return whole_area or any(_fit(typed, shape + end) is not None for shape in _OUTWARD_SHAPES for end in endings)

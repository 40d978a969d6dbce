import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mp.postcode import (
    UNIT_LETTERS,
    EmptyPostcode,
    MalformedPostcode,
    PartialPostcode,
    Postcode,
    PostcodeError,
    PostcodeKind,
)
from app.mp.snapshot.postcode_index import PostcodeIndex


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("SW1A 1AA", "SW1A 1AA"),
        ("sw1a1aa", "SW1A 1AA"),
        ("  m1   1ae ", "M1 1AE"),
        ("EH1-1YZ.", "EH1 1YZ"),
        ("C F 1 0 1 E P", "CF10 1EP"),
        ("w1a\u00a01aa\u200b", "W1A 1AA"),
        ("ＳＷ１Ａ １ＡＡ", "SW1A 1AA"),
        ("(E1W 3SS)", "E1W 3SS"),
        ("B33 8TH", "B33 8TH"),
        ("N1 9AB", "N1 9AB"),
        ("SL0 9AA", "SL0 9AA"),
        ("gir 0aa", "GIR 0AA"),
        ("bfpo 57", "BFPO 57"),
        ("FIQQ 1ZZ", "FIQQ 1ZZ"),
    ],
)
def test_reads_what_people_type(typed: str, standard: str) -> None:
    postcode = Postcode.parse(typed)
    assert str(postcode) == standard
    assert not postcode.corrected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SW1A IAA", "SW1A 1AA"),
        ("0X1 1BX", "OX1 1BX"),
        ("OX1 IBX", "OX1 1BX"),
        ("S014 7LY", "SO14 7LY"),
        ("EC1A OAA", "EC1A 0AA"),
        ("E1O 0AA", "E10 0AA"),
        ("EI4 5AA", "E14 5AA"),
        ("1P1 2DE", "IP1 2DE"),
        ("BI 1BB", "B1 1BB"),
        ("C01 1AA", "CO1 1AA"),
    ],
)
def test_mends_slips_of_o_and_0_and_i_and_1(typed: str, meant: str) -> None:
    postcode = Postcode.parse(typed)
    assert str(postcode) == meant
    assert postcode.corrected


@pytest.mark.parametrize("typed", ["", "   ", "--", "\u200b", "\n\t"])
def test_tells_nothing(typed: str) -> None:
    with pytest.raises(EmptyPostcode):
        Postcode.parse(typed)


@pytest.mark.parametrize("typed", ["SW1A", "M1", "sw", "CF10", "SW1A 1", "SW1A 1A", "SN15", "HS12", "E1W"])
def test_tells_the_beginning_of_one(typed: str) -> None:
    with pytest.raises(PartialPostcode):
        Postcode.parse(typed)


@pytest.mark.parametrize(
    "typed", ["York", "12345", "SW1A 1AC", "SW1A 1AAA", "AAA1 1AA", "QQQQQQ", "90210", "ÄÖ1 2ßß", "x" * 9999]
)
def test_tells_no_postcode_at_all(typed: str) -> None:
    with pytest.raises(MalformedPostcode):
        Postcode.parse(typed)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("SW1A 1AA", PostcodeKind.GREAT_BRITAIN),
        ("BT1 5GS", PostcodeKind.NORTHERN_IRELAND),
        ("JE2 3AB", PostcodeKind.CROWN_DEPENDENCY),
        ("GY1 1AA", PostcodeKind.CROWN_DEPENDENCY),
        ("IM1 1AA", PostcodeKind.CROWN_DEPENDENCY),
        ("GX11 1AA", PostcodeKind.OVERSEAS_TERRITORY),
        ("STHL 1ZZ", PostcodeKind.OVERSEAS_TERRITORY),
        ("AI-2640", PostcodeKind.OVERSEAS_TERRITORY),
        ("KY1-1234", PostcodeKind.OVERSEAS_TERRITORY),
        ("VG1110", PostcodeKind.OVERSEAS_TERRITORY),
        ("HM 12", PostcodeKind.OVERSEAS_TERRITORY),
        ("BFPO 1", PostcodeKind.BFPO),
        ("BF1 2AA", PostcodeKind.BFPO),
        ("BX1 1LT", PostcodeKind.NON_GEOGRAPHIC),
        ("XX10 1AA", PostcodeKind.NON_GEOGRAPHIC),
        ("GIR 0AA", PostcodeKind.NON_GEOGRAPHIC),
    ],
)
def test_tells_what_kind_of_place(typed: str, kind: PostcodeKind) -> None:
    postcode = Postcode.parse(typed)
    assert postcode.kind is kind
    assert postcode.kind.has_mp == (kind in (PostcodeKind.GREAT_BRITAIN, PostcodeKind.NORTHERN_IRELAND))


@given(st.text(max_size=40))
@example("\ud800SW1A 1AA")
def test_reads_or_refuses_anything(typed: str) -> None:
    try:
        postcode = Postcode.parse(typed)
    except PostcodeError as error:
        assert not error.args, "an error must not carry what was typed"
    else:
        assert Postcode.parse(str(postcode)) == Postcode(postcode.outward, postcode.inward)


@given(
    outward=st.from_regex(r"(SW1A|M1|EH1|CF10|B33|W1A|OX1|IP12|SL0)", fullmatch=True),
    digit=st.sampled_from("0123456789"),
    letters=st.text(UNIT_LETTERS, min_size=2, max_size=2),
    noise=st.lists(st.sampled_from([" ", "-", ".", "\u200b", "\u00a0", "(", ")"]), min_size=8, max_size=8),
)
def test_noise_and_case_do_not_matter(outward: str, digit: str, letters: str, noise: list[str]) -> None:
    whole = outward + digit + letters
    noisy = "".join(character + mark for character, mark in zip(whole.lower(), noise, strict=False))
    assert str(Postcode.parse(noisy)) == f"{outward} {digit}{letters}"


def test_every_postcode_there_is_reads_as_itself(index: PostcodeIndex) -> None:
    """No correction may touch a postcode that exists: one of each sector of the country is tried."""
    for sector in index.sectors:
        postcode = Postcode.parse(f"{sector}AA")
        assert str(postcode) == f"{sector}AA"
        assert not postcode.corrected

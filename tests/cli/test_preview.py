"""``flask campaigns preview``."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image

from app.letters.paper.pdf_pool import PdfPool, PdfPoolBusy
from app.letters.sample_members import sample_members
from app.mp.snapshot.snapshot import Snapshot
from tests.cli.conftest import RIVERS, Run

KEYS = [sample.key for sample in sample_members([])]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.previews.today", lambda: date(2026, 11, 22))


def test_shows_the_letter_to_the_whole_cast(run: Run, snapshot: Snapshot) -> None:
    result = run("preview", "rivers")
    assert result.exit_code == 0
    for sample in sample_members(snapshot.seats):
        assert f"\n{sample.label}\n" in result.output
        assert f"\n{sample.member.salutation},\n" in result.output
    assert result.output.count("\nYours sincerely,\n\nAlex Sample\n") == len(KEYS) == 11


def test_says_to_whom_about_what_and_what_the_supporter_is_told(run: Run) -> None:
    head, letter = run("preview", "rivers", "--member", "speaker").output.split("\n\n", 1)
    for line in (
        "The Speaker",
        "To:       Rt Hon Sir Lindsay Hoyle MP",
        "Seat:     Chorley, England",
        "Subject:  Sewage in Chorley",
        "The supporter is told: The Speaker and ministers sign no motions.",
    ):
        assert line in head.splitlines()
    assert letter.startswith("Dear Sir Lindsay,\n\nI live in Chorley,")
    assert "Will you write to the minister, and send me the answer?" in letter
    assert letter.endswith("Alex Sample\n14 Example Street\nSAMPLETON\nSW1A 1AA\n\n")


@pytest.mark.parametrize(
    "who", ["Diane Abbott", "172", "hackney north and stoke newington", "Ms Diane Abbott", "Rt Hon Diane Abbott MP"]
)
def test_takes_an_mp_by_name_number_or_constituency(run: Run, who: str) -> None:
    output = run("preview", "rivers", "--member", who).output
    assert "Dear Ms Abbott," in output
    assert output.count("Yours sincerely,") == 1


def test_shows_each_who_is_named_once_in_their_order(run: Run) -> None:
    output = run("preview", "rivers", "--member", "vacant", "--member", "SPEAKER", "--member", "vacant").output
    assert output.index("A vacant seat") < output.index("The Speaker")
    assert output.count("Yours sincerely,") == 2


def test_shows_the_second_letter(run: Run) -> None:
    output = run("preview", "rivers", "--member", "speaker", "--letter", "follow-up").output
    assert "Subject:  Sewage in Chorley: my letter of 1 November 2026" in output
    assert "On 1 November 2026 I wrote to you about “Sewage in Chorley”." in output


def test_takes_a_file_of_any_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "seas.md").write_text(RIVERS.replace("Sewage in", "Seas near"))
    assert "Seas near Chorley" in run("preview", tmp_path / "seas.md", "--member", "speaker").output


def test_writes_pdfs_and_lists_them(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    result = run("preview", "rivers", "--format", "pdf", "--out", out)
    assert result.exit_code == 0, result.output
    names = [f"rivers-{key}.pdf" for key in KEYS]
    assert result.output.splitlines() == [str(out / name) for name in names]
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    for name in names:
        with pdfplumber.open(out / name) as pdf:
            assert "about our rivers" in pdf.pages[0].extract_text()
    with pdfplumber.open(out / "rivers-speaker.pdf") as pdf:
        assert "Dear Sir Lindsay" in pdf.pages[0].extract_text()


def test_writes_a_picture_of_each_page(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "rivers.md").write_text(RIVERS.replace("I look", "And some more words follow.\n\n" * 30 + "I look"))
    result = run("preview", "rivers", "--format", "png", "--out", tmp_path / "out", "--member", "172")
    seat = "hackney-north-and-stoke-newington"
    paths = [tmp_path / "out" / f"rivers-{seat}-{page}.png" for page in (1, 2)]
    assert result.output.splitlines() == [str(path) for path in paths]
    for path in paths:
        image = Image.open(BytesIO(path.read_bytes()))
        assert image.format == "PNG"
        assert image.height > image.width > 1000


def test_without_a_folder_writes_here_and_the_second_letter_beside_the_first(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for which in ("first", "follow-up"):
        run("preview", "rivers", "--format", "pdf", "--member", "speaker", "--letter", which)
    assert sorted(path.name for path in here.iterdir()) == ["rivers-speaker-follow-up.pdf", "rivers-speaker.pdf"]


def test_somebody_unknown_is_named_with_those_alike(run: Run, tmp_path: Path) -> None:
    for wanted, hint in {
        "Hoyle": "Did you mean Lindsay Hoyle?",
        "Dianne Abbot": "Did you mean Diane Abbott",
        "chorly": "Did you mean Chorley",
        "🌊": "Or name a sample member",
        "": "Or name a sample member",
        "0": "Or name a sample member",
    }.items():
        result = run("preview", "rivers", "--format", "pdf", "--out", tmp_path / "out", "--member", wanted)
        assert result.exit_code == 2
        assert hint in result.output
        assert "speaker, minister, abstaining, knight" in result.output
    assert not (tmp_path / "out").exists()


def test_a_file_with_mistakes_is_not_shown_but_they_are(run: Run, folder: Path) -> None:
    (folder / "rivers.md").write_text(RIVERS.replace("{{ ask }}", "{{ aks }}"))
    result = run("preview", "rivers")
    assert result.exit_code == 1
    assert "rivers.md:19:4: error: unknown placeholder `aks`" in result.output
    assert "Dear" not in result.output


def test_one_letter_that_cannot_be_made_does_not_keep_back_the_others(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset = PdfPool.typeset

    def busy_once(pdf_pool: PdfPool, letter: object) -> bytes:
        monkeypatch.setattr(PdfPool, "typeset", typeset)
        raise PdfPoolBusy

    monkeypatch.setattr(PdfPool, "typeset", busy_once)
    result = run("preview", "rivers", "--format", "pdf", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "To Sir Lindsay Hoyle, Chorley: too many letters are being printed." in result.output
    assert "Error: 1 of 11 letters could not be made." in result.output
    assert len(list((tmp_path / "out").iterdir())) == 10


def test_a_letter_of_too_many_pages_is_refused(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "rivers.md").write_text(RIVERS.replace("I look", "Words.\n\n" * 90 + "I look"))
    result = run("preview", "rivers", "--format", "png", "--out", tmp_path, "--member", "speaker")
    assert result.exit_code == 1
    assert "the letter takes more than three pages." in result.output


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_a_folder_that_takes_no_files_is_named(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "file").write_text("")
    result = run("preview", "rivers", "--member", "speaker", "--format", form, "--out", tmp_path / "file" / "out")
    assert result.exit_code == 1
    assert "cannot be created: Not a directory." in result.output
    name = f"rivers-speaker{'-1' if form == 'png' else ''}.{form}"
    (tmp_path / name).mkdir()
    result = run("preview", "rivers", "--member", "speaker", "--format", form, "--out", tmp_path)
    assert result.exit_code == 1
    assert f"{name} cannot be written: Is a directory." in result.output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["rivrs"], "Did you mean rivers?"),
        (["."], ". is a folder. Name one campaign of it."),
        (["rivers", "--out", "out"], "--out is for --format pdf or png"),
        (["rivers", "--format", "docx"], "'docx' is not one of"),
    ],
)
def test_says_what_it_does_not_understand(run: Run, args: list[str], says: str) -> None:
    result = run("preview", *args)
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())


def test_shows_the_welsh_letter(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "rivers.cy.md").write_text(RIVERS.replace("I live in", "Rwy’n byw yn etholaeth"))
    output = run("preview", "rivers.cy", "--member", "172").output
    assert "Annwyl Ms Abbott,\n\nRwy’n byw yn etholaeth" in output
    assert "Dear Ms Abbott" in run("preview", "rivers", "--member", "172").output
    result = run("preview", "rivers.cy", "--member", "172", "--format", "pdf", "--out", tmp_path / "out")
    assert result.output.endswith("rivers.cy-hackney-north-and-stoke-newington.pdf\n")

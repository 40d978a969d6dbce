"""The corpus on paper: each letter is typeset once in a run, by whichever process of the tests asks first."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.letters.paper.pdf_pool import PdfPool
from tests.unit.letters.paper.corpus import CORPUS

PdfOf = Callable[[str], Path]


@pytest.fixture(scope="session")
def pdf_of(pdf_pool: PdfPool, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> PdfOf:
    """Gives the file of a letter, by its name in the corpus."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "corpus"
    folder.mkdir(exist_ok=True)

    def pdf_of(name: str) -> Path:
        file = folder / f"{name}.pdf"
        if not file.exists():
            part = file.with_suffix(f".{worker_id}")
            part.write_bytes(pdf_pool.typeset(CORPUS[name].letter))
            part.rename(file)
        return file

    return pdf_of

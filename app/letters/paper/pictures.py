"""The pages of a PDF as pictures, for a screen. PDFium runs in the press's processes alone."""

from io import BytesIO

from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

WIDTH = 1240  # pixels: sharp at 700 to 800 on a screen of fine dots, and readable enlarged
GREYS = 16  # ink on paper needs no more, and a page takes 50 kB


def pictures(pdf: bytes) -> list[bytes]:
    """A PNG for each page."""
    with PdfDocument(pdf) as document:
        return [_picture(page) for page in document]


def _picture(page: PdfPage) -> bytes:
    png = BytesIO()
    page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil().quantize(GREYS).save(png, "PNG")
    return png.getvalue()

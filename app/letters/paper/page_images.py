"""Images of a PDF's pages, for a screen. PDFium runs in the PDF workers only."""

from io import BytesIO

from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

WIDTH = 1240  # pixels: sharp at 700 to 800 on a screen of fine dots, and readable enlarged
GREYS = 16  # ink on paper needs no more, and a page takes 50 kB


def page_images(pdf: bytes) -> list[bytes]:
    """Return a PNG for each page."""
    with PdfDocument(pdf) as document:
        return [_page_image(page) for page in document]


def _page_image(page: PdfPage) -> bytes:
    png = BytesIO()
    page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil().quantize(GREYS).save(png, "PNG")
    return png.getvalue()

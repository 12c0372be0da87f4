"""Tiny PDFs written by hand: the content of each page as it stands in the file, in the fonts that every reader has."""

from __future__ import annotations

from collections.abc import Sequence

FONTS = {"R": "Helvetica", "B": "Helvetica-Bold", "I": "Helvetica-Oblique", "T": "Times-Roman"}


def pdf(pages: Sequence[str], *, page: str = "", size: tuple[float, float] = (400, 600), labels: str = "") -> bytes:
    """Return a PDF of these contents; ``page`` adds to every page's dictionary, ``/Im`` is an image of one pixel."""
    fonts = " ".join(f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} >>" for key, name in FONTS.items())
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {f'/PageLabels << /Nums [{labels}] >>' if labels else ''} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"{image} >>\nstream\n0\nendstream",
    ]
    for n, content in enumerate(pages):
        resources = f"/Resources << /Font << {fonts} >> /XObject << /Im 3 0 R >> >>"
        box = f"/MediaBox [0 0 {size[0]} {size[1]}]" if "/MediaBox" not in page else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R {box} {page} /Contents {5 + 2 * n} 0 R {resources} >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return file([body.encode("latin-1") for body in objects])


def file(objects: Sequence[bytes]) -> bytes:
    """Return the PDF of these objects, numbered from 1; the first one is the catalogue."""
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def words(text: str, x: float, y: float, *, font: str = "R", size: float = 10, before: str = "") -> str:
    """Return the operators that show ``text`` with its baseline ``y`` points over the bottom of the page."""
    return f"BT /{font} {size} Tf {before} {x} {y} Td ({text}) Tj ET\n"

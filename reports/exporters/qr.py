"""An address as a QR code: SVG to stand in a page, with nothing inline but its shape."""

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET = 4  # modules of white around it, which ISO/IEC 18004 wants


def qr_code(address: str, name: str = "本页网址的二维码") -> SafeString:
    """The code as ``<svg>``, black on white in light and dark, with its name for who does not see it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=QUIET, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1))

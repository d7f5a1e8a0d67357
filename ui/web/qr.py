"""A QR code as a picture inside the page: drawn here, nothing is fetched and nothing is sent."""


def drawn(words: str, name: str) -> str:
    """The code of some words as SVG, dark on white in every colour scheme; `name` is what a screen reader says."""
    import segno

    made = segno.make(words, error="m", micro=False)
    return str(made.svg_inline(border=3, scale=5, dark="#000", light="#fff", svgclass="fl-qr", title=name))

"""What a printed page shows: where its lines stand, how large, in which face."""

from types import SimpleNamespace

MM = 72 / 25.4


def line_of(page, text: str) -> SimpleNamespace:
    """The first line that contains ``text``: its characters, size, face and place."""
    [found, *_] = page.search(text, regex=False, return_chars=True)
    chars = [char for char in found["chars"] if not char["text"].isspace()]
    return SimpleNamespace(
        size=round(chars[0]["size"], 1), font=_face(chars[0]["fontname"]),
        x0=chars[0]["x0"], x1=chars[-1]["x1"], top=chars[0]["top"], bottom=chars[0]["bottom"],
        middle=(chars[0]["x0"] + chars[-1]["x1"]) / 2,
    )  # fmt: skip


def _face(name: str) -> str:
    """Tinos, Tinos-Bold, Tinos-Bold-Italic, whoever embedded it."""
    return name[7:].replace("-Regular", "").replace("BoldItalic", "Bold-Italic")


def rules_below(page, place: SimpleNamespace) -> list[float]:
    """Lengths of the horizontal lines within 10 pt below a line of text and centred on it."""
    drawn = [*page.lines, *page.rects, *page.curves]
    found = {
        (round(shape["x0"]), round(shape["x1"]))
        for shape in drawn
        if -2 < shape["top"] - place.bottom < 10
        and abs((shape["x0"] + shape["x1"]) / 2 - place.middle) < 3
        and shape["height"] < 2
    }
    return [right - left for left, right in sorted(found)]


def rules_under(page, place: SimpleNamespace) -> list[float]:
    """Lengths of the horizontal lines within 8 pt below a text and inside its width."""
    drawn = [*page.lines, *page.rects]
    return [
        shape["x1"] - shape["x0"]
        for shape in drawn
        if -2 < shape["top"] - place.bottom < 8
        and shape["x0"] > place.x0 - 3
        and shape["x1"] < place.x1 + 3
        and shape["height"] < 2
    ]


def numbers(pages) -> list[str]:
    """What stands in the top margin of each page."""
    return [page.crop((0, 0, page.width, 20 * MM - 2)).extract_text() for page in pages]

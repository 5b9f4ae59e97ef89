"""The measured figures as a plot (SVG) and as tables (Markdown); nothing in them is typed by hand."""

from math import log10
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 930, 520, 70, 320, 30, 50
COLORS = ("#1a5fb4", "#a51d2d", "#26a269", "#613583", "#986a44", "#c64600", "#2e3436", "#5e5c64")
DRAWN = (  # a line each
    "desk: shelf",
    "act: part three saved",
    "act: published, nothing drawn",
    "queue: county",
    "public: home",
    "public: an agency",
    "public: search, two words of the texts",
    "sums from the tally: province",
)
OWN, DATABASE = 2, 3  # processor's milliseconds of a work


def spent(numbers: list[float]) -> float:
    return numbers[OWN] + numbers[DATABASE]


def sizes_in(figures: dict[str, Any]) -> list[int]:
    return sorted(int(size) for size in figures if size.isdecimal())


def draw(figures: dict[str, Any], path: Path) -> None:
    """The processor's time of some works by the number of reports, both by tens."""
    sizes = sizes_in(figures)
    lines = {
        name: [(size, spent(told[name])) for size in sizes
               if name in (told := figures[str(size)]["works"])]
        for name in DRAWN
    }  # fmt: skip
    shapes = [*grid(sizes)]
    for number, (name, points) in enumerate((name, each) for name, each in lines.items() if each):
        color = COLORS[number % len(COLORS)]
        at = [(across(size, sizes), down(taken)) for size, taken in points]
        shapes.append(
            f'<polyline fill="none" stroke="{color}" stroke-width="2" points="'
            + " ".join(f"{x:.1f},{y:.1f}" for x, y in at) + '"/>'
        )  # fmt: skip
        shapes += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>' for x, y in at]
        y = TOP + 20 + number * 26
        x = WIDTH - RIGHT + 30
        shapes.append(f'<rect x="{x}" y="{y - 9}" width="14" height="4" fill="{color}"/>')
        shapes.append(said(x + 22, y, name, "start"))
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13" role="img">'
        "<title>Processor milliseconds by the number of reports</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>' + "\n".join(shapes) + "</svg>\n"
    )


def across(size: float, sizes: list[int]) -> float:
    first, last = log10(sizes[0]), log10(max(sizes[-1], sizes[0] * 10))
    return LEFT + (log10(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT)


def down(milliseconds: float) -> float:
    """From 1 ms at the foot to 100 s at the top."""
    return HEIGHT - FOOT - log10(max(milliseconds, 1)) / 5 * (HEIGHT - TOP - FOOT)


def grid(sizes: list[int]) -> list[str]:
    shapes = []
    for power, name in enumerate(("1 ms", "10 ms", "100 ms", "1 s", "10 s", "100 s")):
        y = down(10**power)
        shapes.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ccc"/>'
        )
        shapes.append(said(LEFT - 8, y + 4, name, "end"))
    for size in sizes:
        shapes.append(said(across(size, sizes), HEIGHT - FOOT + 22, f"{size:,}", "middle"))
    shapes.append(said((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "reports", "middle"))
    return shapes


def said(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def tell(figures: dict[str, Any], page: Path) -> None:
    """The tables of the page anew, each between its two marks."""
    said = page.read_text()
    for name, made in (("works", table(figures)), ("slow", slow(figures))):
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = said.partition(start)
        said = before + start + made + end + rest.partition(end)[2]
    page.write_text(said)


def table(figures: dict[str, Any]) -> str:
    """Every work at every size: processor's ms of the application + of PostgreSQL (median by clock)."""
    sizes = sizes_in(figures)
    names = list(dict.fromkeys(name for size in sizes for name in figures[str(size)]["works"]))
    rows = [
        "| ms: application + PostgreSQL (clock) | "
        + " | ".join(f"{size:,}" for size in sizes)
        + " |",
        "|---" * (len(sizes) + 1) + "|",
        "| load of the two cores | "
        + " | ".join(f"{figures[str(size)]['load']:.1f}" for size in sizes)
        + " |",
    ]
    for name in names:
        told = [figures[str(size)]["works"].get(name) for size in sizes]
        cells = (
            f"{each[OWN]:,.0f} + {each[DATABASE]:,.1f} ({each[0]:,.0f})" if each else "—"
            for each in told
        )
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def slow(figures: dict[str, Any]) -> str:
    """The statements above the goal at the largest size, the slowest of each work."""
    largest = str(sizes_in(figures)[-1])
    rows = ["| work | statements above 50 ms | slowest, ms |", "|---|---|---|"]
    for name, statements in figures[largest]["slow"].items():
        worst = max(taken for taken, _, _ in statements)
        rows.append(f"| {name} | {len(statements)} | {worst:,} |")
    return "\n".join(rows) + "\n"

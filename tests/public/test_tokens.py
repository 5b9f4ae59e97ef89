"""The colours hold their contrast, light and dark (WCAG 2.1 AA)."""

import re
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"
GROUNDS = ("paper", "surface", "tint")
INKS = ("ink", "ink-muted", "ink-zero", "link", "link-hover", "visited", "error-ink")
TOLD = ("info", "ok", "explain", "error")
PAIRS = (
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((f"{told}-ink", f"{told}-ground") for told in TOLD),
    *((ink, f"{told}-ground") for told in TOLD for ink in ("ink", "link")),
    ("on-red", "red"),
    ("on-red", "red-hover"),
    ("ink", "computed"),
    ("ink-zero", "computed"),
)
EDGES = (("rule-strong", "surface"), ("focus", "paper"), ("focus", "surface"))


def palettes() -> dict[str, dict[str, str]]:
    text = TOKENS.read_text(encoding="utf-8")
    both = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))
    twice = re.findall(
        r"--([a-z-]+): var\(--light, (#[0-9a-f]{6})\) var\(--dark, (#[0-9a-f]{6})\);", text
    )
    return {
        "light": both | {name: light for name, light, _ in twice},
        "dark": both | {name: dark for name, _, dark in twice},
    }


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_faint(pairs: tuple[tuple[str, str], ...], least: float) -> list[str]:
    return [
        f"{scheme}: {ink} on {ground} {contrast(colors[ink], colors[ground]):.2f}"
        for scheme, colors in palettes().items()
        for ink, ground in pairs
        if contrast(colors[ink], colors[ground]) < least
    ]


def test_every_ink_is_readable_on_every_ground() -> None:
    assert too_faint(PAIRS, 4.5) == []


def test_edges_and_focus_are_seen() -> None:
    assert too_faint(EDGES, 3.0) == []

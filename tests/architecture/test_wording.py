"""The form's words are typed only in the editions."""

from pathlib import Path

import pytest

import reports
from reports.editions import EDITIONS

HOUSE = Path(reports.__file__).parent
ROOT = HOUSE.parent
SOURCES = [
    *(p for p in HOUSE.rglob("*.py") if not {"editions", "migrations"} & set(p.parts)),
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static").rglob("*.js"),
]
SHORTEST = 5  # 其他 and 行政许可 are anybody's words


def said() -> set[str]:
    labels = set()
    for edition in EDITIONS.values():
        labels |= {line.label for line in edition.applications.leaves()}
        labels |= {place.line_label for place in edition.places()}
        labels |= {place.column_label for place in edition.places()}
        labels |= {block.caption for block in edition.disclosure.blocks}
        labels |= {equation.label for equation in edition.applications.down}
        labels |= {edition.applications.corner}
        labels |= {part.title for part in edition.parts if part.number}
    return {label for label in labels if len(label) >= SHORTEST}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_source_types_a_label_of_the_form_again(path):
    text = path.read_text(encoding="utf-8")
    in_demonstration = "demonstration" in path.parts  # invented reports speak of 行政处罚 too
    assert [label for label in sorted(said()) if label in text and not in_demonstration] == []

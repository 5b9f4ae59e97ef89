"""What the commands are given: the samples where they are at hand, and a quick press."""

from dataclasses import replace
from pathlib import Path

import pytest

from reports import exporters
from reports.exporters.document import Document, Options
from reports.sheet import Sheet

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


@pytest.fixture
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not part of the repository")
    return SAMPLES


@pytest.fixture
def no_press(monkeypatch):
    """Everything but the PDF is drawn: half a second each, and tested where it is made."""

    def draw(sheet: Sheet, options: Options) -> Document:
        return replace(exporters.FORMATS["csv"](sheet, options), format="pdf")

    monkeypatch.setitem(exporters.FORMATS, "pdf", draw)

"""What the audit trail calls an act, an auditor reads in Chinese."""

import re
from pathlib import Path

import pytest

import reports
from reports.queries.audit import VERBS

SOURCES = sorted(Path(reports.__file__).parent.rglob("*.py"))
NOTED = re.compile(r'\b(?:note|attempt|attempting)\(\s*"([a-z_]+)"')
FOUND = sorted({verb for path in SOURCES for verb in NOTED.findall(path.read_text())})


def test_acts_are_noted():
    assert len(FOUND) > 20


@pytest.mark.parametrize("verb", FOUND)
def test_every_act_noted_has_words(verb):
    assert verb in VERBS

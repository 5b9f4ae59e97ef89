"""What the checker says of five real published reports: each known defect, and nothing else."""

from pathlib import Path

import pytest

import reports
from reports.checker import check
from reports.importers import read

SAMPLES = Path(reports.__file__).resolve().parents[2] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no samples here: {SAMPLES}")

SAID = {  # (code, severity, part) of everything but C02, whose cells the importer's tests know
    "qikai-union-2020": {
        ("C05", "error", 4),  # 「4、」
        ("C11", "error", None),  # 「工会」
        ("C11", "error", 5),  # 「全县」
        ("C13", "explain", 0),
        ("C14", "error", None),
        ("C16", "error", 1),  # two of five topics
    },
    "yuyao-union-2019": {
        ("C01", "error", 3),  # A2, of two columns
        ("C05", "error", None),  # a seventh part
        ("C05", "error", 0),  # the preface lists part four twice
        *(("C05", "error", part) for part in (2, 3, 4, 5, 6)),
        ("C07", "error", 2),  # 53 is not 51
        ("C14", "error", None),
        ("C16", "explain", 1),  # nothing on applications
        ("C26", "hint", 0),
        ("C28", "hint", 2),
    },
    "xinfeng-union-2024": {
        ("C03", "error", 2),  # 「对外公开数量」, a label lost
        ("C03", "error", 3),  # 「国家机密」, two rows without cells
        ("C04", "error", None),
        ("C05", "error", 1),  # 「基本情况」
        ("C13", "error", 1),
        ("C14", "error", None),
        ("C19", "explain", 6),
        ("C24", "hint", 5),  # 「3.」, 「4．」
    },
    "tiexi-hr-bureau-2020": {
        ("C06", "explain", 1),  # 23 and the local 0
        ("C11", "error", 1),  # 「区政务服务局」
        ("C14", "error", None),
        ("C16", "explain", 1),  # nothing on platforms
        ("C20", "error", 2),  # 「100万」
        ("C21", "explain", 2),  # 14482
        ("C25", "hint", 0),
        ("C27", "error", None),
    },
    "liujiang-union-2021": {
        ("C03", "error", 3),  # the rows' labels
        ("C13", "explain", 0),
        ("C21", "explain", 2),
        ("C24", "hint", 1),  # （一）, （2）
        ("C24", "hint", 5),  # 「1．」, 「2.」
        ("C27", "error", 1),
    },
}
BLANKS = {
    "qikai-union-2020": {2, 3},  # the local row, row （二）
    "yuyao-union-2019": {2},  # the local table
    "xinfeng-union-2024": {2, 3, 4},
}


@pytest.mark.parametrize("name", SAID)
def test_every_known_defect_and_no_false_alarm(name):
    found = check(read(SAMPLES / f"{name}.txt").sheet)
    said = {(each.code, str(each.severity), each.part) for each in found}
    assert {each for each in said if each[0] != "C02"} == SAID[name]
    assert {each[2] for each in said if each[0] == "C02"} == BLANKS.get(name, set())

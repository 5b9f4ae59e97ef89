"""C28: prose among tables, tables among prose."""

from reports.checker.additions import check_additions
from reports.checker.finding import Severity
from reports.sheet import Addition

from .sheets import clean, found, only, printed

ROWS = (("指标", "数"), ("公开", "3"))


def with_addition(*values):
    return printed(clean(), additions=(Addition(*values),))


def test_prose_in_a_table_part():
    finding = only(check_additions, with_addition("disclosure", "", (), "主动公开" * 10 + "。"))
    assert (finding.code, finding.severity, finding.part) == ("C28", Severity.HINT, 2)
    assert "还有 41 个字的文字" in finding.message


def test_a_table_in_a_prose_part():
    finding = only(check_additions, with_addition("overview", "", ROWS))
    assert (finding.part, finding.left) == (1, "2")


def test_local_rows_notes_and_parts_of_their_own_are_let_alone():
    for values in (
        ("disclosure", "", ROWS),
        ("disclosure", "", (), "注：本表数据由各科室按规定口径统计后汇总，单位为件。"),
        ("disclosure", "", (), "单位：件"),
        ("disclosure", "三、公开平台建设", ROWS, "文字" * 20),
    ):
        assert found(check_additions, with_addition(*values)) == []

"""国办公开办函〔2021〕30号: in force from the report for 2021."""

from .common import BROUGHT_FORWARD, CLOSED_KEYS, CONTENTS, PARTS, REMEDIES, applications_table
from .grammar import Block, Column, DisclosureTable, Edition, Equation, Kind, Line, Term

DOCUMENTS = (
    Column("issued", "本年制发件数"),
    Column("repealed", "本年废止件数"),
    Column("in_force", "现行有效件数"),
)
CASES = (Column("decided", "本年处理决定数量"),)

BLOCKS = (
    Block("第二十条第（一）项", DOCUMENTS, (
        Line("rules", "规章"),
        Line("normative_documents", "行政规范性文件"),
    )),
    Block("第二十条第（五）项", CASES, (
        Line("licenses", "行政许可"),
    )),
    Block("第二十条第（六）项", CASES, (
        Line("penalties", "行政处罚"),
        Line("coercive_measures", "行政强制"),
    )),
    Block("第二十条第（八）项", (
        Column("amount", "本年收费金额（单位：万元）", kind=Kind.AMOUNT),
    ), (
        Line("administrative_fees", "行政事业性收费"),
    )),
)  # fmt: skip


def in_force_at_least(row: Line) -> Equation:
    return Equation(
        "P1",
        f"{row.key}_in_force",
        f"{row.label}：现行有效件数，不小于本年制发件数减本年废止件数",
        left=(Term(f"{row.label}的现行有效件数", (f"{row.key}_in_force",)),),
        right=(
            Term("本年制发件数", (f"{row.key}_issued",)),
            Term("本年废止件数", (f"{row.key}_repealed",), sign=-1),
        ),
        advice="请核对现行有效件数。",
        at_least=True,
    )


def in_force_continued(row: Line) -> Equation:
    return Equation(
        "Y2",
        f"{row.key}_in_force_continued",
        f"{row.label}：现行有效件数，等于上一年度报告的现行有效件数加本年制发件数减本年废止件数",
        left=(Term(f"{row.label}的现行有效件数", (f"{row.key}_in_force",)),),
        right=(
            Term("上一年度报告的现行有效件数", (f"{row.key}_in_force",), year=-1),
            Term("本年制发件数", (f"{row.key}_issued",)),
            Term("本年废止件数", (f"{row.key}_repealed",), sign=-1),
        ),
        advice="请核对件数，或者说明不一致的原因（如文件清理）。",
    )


CLOSED = Line("closed", "（六）其他处理", (
    Line(CLOSED_KEYS[0], "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    Line(CLOSED_KEYS[1], "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    Line(CLOSED_KEYS[2], "3.其他"),
))  # fmt: skip

EDITION = Edition(
    key=2021,
    order="国办公开办函〔2021〕30号",
    years=range(2021, 10_000),
    parts=PARTS,
    disclosure=DisclosureTable(
        corner=CONTENTS,
        blocks=BLOCKS,
        equations=tuple(in_force_at_least(row) for row in BLOCKS[0].rows),
    ),
    applications=applications_table(CLOSED),
    remedies=REMEDIES,
    continuity=(BROUGHT_FORWARD, *(in_force_continued(row) for row in BLOCKS[0].rows)),
    fee_reported=True,
)

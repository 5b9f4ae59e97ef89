"""国办公开办函〔2019〕60号（试行）: the reports for 2019 and 2020."""

from .common import BROUGHT_FORWARD, CONTENTS, PARTS, REMEDIES, applications_table
from .grammar import Block, Column, DisclosureTable, Edition, Equation, Kind, Line, Term

DOCUMENTS = (
    Column("made", "本年新制作数量"),
    Column("newly_disclosed", "本年新公开数量"),
    Column("disclosed", "对外公开总数量"),
)
ITEMS = (
    Column("items_last_year", "上一年项目数量"),
    Column("items_change", "本年增/减", kind=Kind.CHANGE),
)
ITEMS_AND_CASES = (*ITEMS, Column("decided", "处理决定数量"))

BLOCKS = (
    Block("第二十条第（一）项", DOCUMENTS, (
        Line("rules", "规章"),
        Line("normative_documents", "规范性文件"),
    )),
    Block("第二十条第（五）项", ITEMS_AND_CASES, (
        Line("licenses", "行政许可"),
        Line("other_services", "其他对外管理服务事项"),
    )),
    Block("第二十条第（六）项", ITEMS_AND_CASES, (
        Line("penalties", "行政处罚"),
        Line("coercive_measures", "行政强制"),
    )),
    Block("第二十条第（八）项", ITEMS, (
        Line("administrative_fees", "行政事业性收费"),
    )),
    Block("第二十条第（九）项", (
        Column("items", "采购项目数量"),
        Column("amount", "采购总金额", kind=Kind.AMOUNT),
    ), (
        Line("central_procurement", "政府集中采购"),
    )),
)  # fmt: skip
COUNTED_BY_ITEM = tuple(
    row for block in BLOCKS if block.columns[0] is ITEMS[0] for row in block.rows
)


def items_remain(row: Line) -> Equation:
    return Equation(
        "P2",
        f"{row.key}_items",
        f"{row.label}：上一年项目数量与本年增/减之和，不小于零",
        left=(
            Term(f"{row.label}的上一年项目数量", (f"{row.key}_items_last_year",)),
            Term("本年增/减", (f"{row.key}_items_change",)),
        ),
        right=(),
        advice="请核对本年增/减。",
        at_least=True,
    )


def disclosed_in_all(row: Line) -> Equation:
    return Equation(
        "P2",
        f"{row.key}_disclosed",
        f"{row.label}：对外公开总数量，不小于本年新公开数量",
        left=(Term(f"{row.label}的对外公开总数量", (f"{row.key}_disclosed",)),),
        right=(Term("本年新公开数量", (f"{row.key}_newly_disclosed",)),),
        advice="请核对对外公开总数量。",
        at_least=True,
    )


def items_continued(row: Line) -> Equation:
    last, change = f"{row.key}_items_last_year", f"{row.key}_items_change"
    return Equation(
        "Y3",
        f"{row.key}_items_continued",
        f"{row.label}：上一年项目数量，等于上一年度报告的上一年项目数量与本年增/减之和",
        left=(Term(f"{row.label}的上一年项目数量", (last,)),),
        right=(
            Term("上一年度报告的上一年项目数量", (last,), year=-1),
            Term("上一年度报告的本年增/减", (change,), year=-1),
        ),
        advice="请核对项目数量，或者说明不一致的原因。",
    )


EDITION = Edition(
    key=2019,
    order="国办公开办函〔2019〕60号",
    years=range(2019, 2021),
    parts=PARTS,
    disclosure=DisclosureTable(
        corner=CONTENTS,
        blocks=BLOCKS,
        equations=(
            *(disclosed_in_all(row) for row in BLOCKS[0].rows),
            *(items_remain(row) for row in COUNTED_BY_ITEM),
        ),
    ),
    applications=applications_table(Line("closed_undivided", "（六）其他处理")),
    remedies=REMEDIES,
    continuity=(BROUGHT_FORWARD, *(items_continued(row) for row in COUNTED_BY_ITEM)),
    fee_reported=False,
)

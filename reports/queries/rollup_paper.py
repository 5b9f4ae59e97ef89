"""A roll-up as its file and its page say it: sums, who is in them, who is missing, what is blank."""

from reports.editions.crosswalk import WHY_NOT
from reports.exporters.presentation import present
from reports.exporters.rollup import Listing, Paper, Sums

from .aggregation import published_below
from .filing import Filing
from .rollup import Form, RollUp, blanks_in, missing_from


def paper_of(rollup: RollUp) -> Paper:
    """Everything the file holds; the tables of every form that occurs."""
    agency, year = rollup.agency, rollup.year
    missing, blanks = missing_from(agency, year), blanks_in(agency, year, rollup)
    return Paper(
        title=rollup.title,
        agency=agency.name,
        notes=notes_of(rollup, missing, len(blanks)),
        forms=tuple(drawn(form) for form in rollup.forms),
        listings=(
            counted(rollup),
            Listing(
                "没有公布的机关",
                ("机关", "进度", "应当公布的日期"),
                tuple(
                    (each.agency.name, each.stage.label, f"{each.due.legal:%Y-%m-%d}")
                    for each in missing
                ),
                "应当编报的机关都已公布。",
            ),
            Listing(
                "有空白格的报告",
                ("机关", "空白格数"),
                tuple((body.name, str(number)) for body, number in blanks),
                "计入的报告没有空白格。",
            ),
        ),
    )


def counted(rollup: RollUp) -> Listing:
    rows = published_below(rollup.agency, rollup.year).order_by("report__agency__path")
    return Listing(
        "计入的报告",
        ("机关", "格式"),
        tuple(
            (name, f"{edition}年版")
            for name, edition in rows.values_list("report__agency__name", "edition")
        ),
        "没有已公布的报告。",
    )


def drawn(form: Form) -> Sums:
    return Sums(form.name, present(form.sheet), not_together() if form.is_together else ())


def not_together() -> tuple[str, ...]:
    """What the common form leaves blank, and why."""
    return tuple(f"{what}不能合并：{why}" for what, why in WHY_NOT)


def notes_of(rollup: RollUp, missing: list[Filing], blanks: int) -> tuple[str, ...]:
    by_edition = "，".join(
        f"{edition}年版 {sums.reports} 份" for edition, sums in rollup.sums.items()
    )
    notes = [
        f"计入已公布的报告 {rollup.reports} 份（{by_edition}）。"
        "合计由各机关的分项数重新相加，不采用原报告印出的合计数。"
    ]
    if missing:
        notes.append(f"还有 {len(missing)} 个应当编报的机关没有公布报告，不在汇总之内。")
    if blanks:
        notes.append(f"有 {blanks} 份报告留有空白格；空白格不按 0 计，也不计入合计。")
    return tuple(notes)

"""The words around the tables: titles, parts, signatures, and what a site puts beside them."""

from collections.abc import Callable
from dataclasses import replace

from reports.editions.wording import date_text

from .report import Block, Layout, Part, Report

NUMERALS = "一二三四五六七八九十"


def headed(change: Callable[[int, str, str], str]) -> Callable[[Report], Report]:
    """A variation: every part's heading changed; ``change`` gets number, numeral, wording."""

    def of(report: Report) -> Report:
        parts = []
        for number, part in enumerate(report.parts, 1):
            words = part.heading.split("、", 1)[1]
            parts.append(replace(part, heading=change(number, NUMERALS[number - 1], words)))
        return replace(report, parts=tuple(parts))

    return of


def titled(*lines: str) -> Callable[[Report], Report]:
    """A variation: the title over these lines; {agency} and {year} stand in them."""

    def of(report: Report) -> Report:
        sheet = report.sheet
        said = [line.format(agency=sheet.agency, year=sheet.year) for line in lines]
        front = (*said, *report.front[1:])
        title = "".join(line for line in said if not line.startswith("附件"))
        return replace(report, front=front, sheet=replace(sheet, title=title))

    return of


def untitled(report: Report) -> Report:
    """No title: the body is the signature's, the year the period's."""
    return replace(report, front=report.front[1:], sheet=replace(report.sheet, title="")).saying(
        "标题中没有"
    )


def year_within(report: Report) -> Report:
    """A body whose name has a year in it."""
    sheet = report.sheet
    agency = "临江市2035规划展示馆"
    title = f"{agency}{sheet.year}年政府信息公开工作年度报告"
    return replace(
        report,
        sheet=replace(sheet, agency=agency, title=title, signed_by=agency),
        front=(title, *report.front[1:]),
        tail=(agency, report.tail[-1]),
    )


def moved(key: str, to: int) -> Callable[[Report], Report]:
    """A part in another place, its number unchanged."""

    def of(report: Report) -> Report:
        parts = [part for part in report.parts if part.key != key]
        parts.insert(to, report.part(key))
        return replace(report, parts=tuple(parts))

    return of


def misnumbered(report: Report) -> Report:
    """「4、」 for 「四、」."""
    heading = report.part("remedies").heading
    return report.with_part("remedies", heading=heading.replace("四、", "4、"))


def same_number(report: Report) -> Report:
    """Parts four and five both 「四、」."""
    heading = report.part("problems").heading
    return report.with_part("problems", heading=heading.replace("五、", "四、"))


def extra_part(report: Report) -> Report:
    """A part of the place's own, unnumbered, with its table, between two and three."""
    from .report import Cell

    heading = "三、公开平台建设和信息发布情况"
    table = (
        (Cell("统计指标"), Cell("单位"), Cell("统计数")),
        (Cell("政务微博公开政府信息数"), Cell("条"), Cell("5407")),
    )
    own = Part("", heading, ("平台建设如下。", table))
    parts = []
    for number, part in enumerate(report.parts):
        words = part.heading.split("、", 1)[1]
        after = number >= 2
        parts.append(replace(part, heading=f"{NUMERALS[number + after]}、{words}"))
    parts.insert(2, own)
    return replace(report, parts=tuple(parts), kept=("政务微博公开政府信息数", "5407"))


def glued(report: Report) -> Report:
    """Headings on one line with the text that follows."""
    parts = []
    for part in report.parts:
        if isinstance(part.blocks[0], str):
            first, *rest = part.blocks
            parts.append(replace(part, heading=f"{part.heading}。{first}", blocks=tuple(rest)))
        else:
            parts.append(part)
    return replace(report, parts=tuple(parts))


def heading_over_two_lines(report: Report) -> Report:
    """A long heading broken in two."""
    heading = report.part("remedies").heading
    cut = heading.index("、", 3) + 1
    part = report.part("remedies")
    return report.with_part(
        "remedies", heading=heading[:cut] + "\n" + heading[cut:], blocks=part.blocks
    )


def contents(report: Report) -> Report:
    """A table of contents above the preface."""
    listed = [f"{part.heading}……{at}" for at, part in enumerate(report.parts, 1)]
    title, *rest = report.front
    return replace(report, front=(title, "目  录", *listed, *rest), unread=frozenset(["preface"]))


def in_layout(report: Report) -> Report:
    """A site's table around everything."""
    return replace(report, around=lambda blocks: (Layout(blocks),))


def in_two_layouts(report: Report) -> Report:
    return replace(report, around=lambda blocks: (Layout((Layout(blocks),)),))


def beside_other_years(report: Report) -> Report:
    """Titles of other years' reports around it, as a site lists them."""
    sheet = report.sheet
    others = [f"{sheet.agency}{sheet.year - n}年政府信息公开工作年度报告" for n in range(1, 4)]

    def around(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return (*blocks, "相关阅读", *others)

    return replace(report, around=around)


def signed(*lines: str) -> Callable[[Report], Report]:
    """A variation: other lines at the end; {agency} and {date} stand in them."""

    def of(report: Report) -> Report:
        day = report.sheet.signed_on
        said = tuple(
            line.format(agency=report.sheet.agency, date=date_text(day), day=day) for line in lines
        )
        return replace(report, tail=said)

    return of


def chinese_date(report: Report) -> Report:
    year, day = report.sheet.year + 1, report.sheet.signed_on
    digits = "〇一二三四五六七八九"
    said = "".join(digits[int(d)] for d in str(year))
    text = f"{said}年{NUMERALS[day.month - 1]}月{NUMERALS[day.day - 1]}日"
    return replace(report, tail=(report.sheet.agency, text))


def unsigned(report: Report) -> Report:
    sheet = replace(report.sheet, signed_by="", signed_on=None)
    return replace(report, tail=(), sheet=sheet)


def dated_above(report: Report) -> Report:
    """The date right below the title."""
    title, *rest = report.front
    return replace(
        report, front=(title, f"（{date_text(report.sheet.signed_on)}）", *rest), tail=(),
        sheet=replace(report.sheet, signed_by=""),
    ).saying("成文日期印在标题下面")  # fmt: skip


def editors_leftovers(report: Report) -> Report:
    """Marks that an editor left in headings and cells."""
    from .report import Cell

    def cell(each: Cell) -> Cell:
        return (
            replace(each, text=f"[bookmark: _GoBack]{each.text}")
            if "natural" in each.place
            else each
        )

    return report.with_tables(cell, "applications").saying("编辑标记")


def with_numbers_in_text(report: Report) -> Report:
    """Prose in a table's part, above the table."""
    part = report.part("disclosure")
    said = "本年度主动公开情况见下表，共12条。"
    return replace(report.with_part("disclosure", blocks=(said, *part.blocks)), kept=(said,))


HEADINGS = {
    "headings 1.": headed(lambda n, c, t: f"{n}.{t}"),
    "headings 1、": headed(lambda n, c, t: f"{n}、{t}"),
    "headings 1．": headed(lambda n, c, t: f"{n}．{t}"),
    "headings 一.": headed(lambda n, c, t: f"{c}.{t}"),
    "headings 一．": headed(lambda n, c, t: f"{c}．{t}"),
    "headings 一，": headed(lambda n, c, t: f"{c}，{t}"),
    "headings 一 space": headed(lambda n, c, t: f"{c} {t}"),
    "headings （一）": headed(lambda n, c, t: f"（{c}）{t}"),
    "headings 第一部分": headed(lambda n, c, t: f"第{c}部分 {t}"),
    "headings 一、 spaced": headed(lambda n, c, t: f"{c} 、 {t}"),
    "headings unnumbered": headed(lambda n, c, t: t),
    "headings with a colon": headed(lambda n, c, t: f"{c}、{t}："),
    "headings in brackets": headed(lambda n, c, t: f"【{c}、{t}】"),
    "headings with a stop": headed(lambda n, c, t: f"{c}、{t}。"),
    "headings stretched": headed(lambda n, c, t: f"{c}、{' '.join(t)}"),
    "headings with the year": headed(lambda n, c, t: f"{c}、2019年度{t}" if n == 2 else f"{c}、{t}"),
    "headings misspelt": headed(lambda n, c, t: f"{c}、{t[:3]}{t[4:]}"),
    "headings doubled": headed(lambda n, c, t: f"{c}、{t[:3]}{t[2:]}"),
    "headings shortened": headed(
        lambda n, c, t: f"{c}、" + (
            "基本情况", "主动公开情况", "依申请公开情况", "行政复议、行政诉讼情况", "存在问题及改进措施",
            "其他事项",
        )[n - 1]
    ),
    "headings of years ago": headed(
        lambda n, c, t: f"{c}、" + (
            "概述", "主动公开政府信息的情况", "收到和处理政府信息公开申请的情况",
            "因政府信息公开申请行政复议、提起行政诉讼情况", "政府信息公开工作存在的主要问题及改进情况",
            "需要报告的其他事项",
        )[n - 1]
    ),
}  # fmt: skip
TITLES = {
    "title over two lines": titled("{agency}{year}年", "政府信息公开工作年度报告"),
    "title over three lines": titled("{agency}", "{year}年政府信息公开工作", "年度报告"),
    "title broken before the year": titled("{agency}", "{year}年政府信息公开工作年度报告"),
    "title 年度": titled("{agency}{year}年度政府信息公开工作报告"),
    "title 关于": titled("{agency}关于{year}年政府信息公开工作的年度报告"),
    "title in quotes": titled("《{agency}{year}年政府信息公开工作年度报告》"),
    "title in brackets": titled("{agency}政府信息公开工作年度报告（{year}年）"),
    "title brackets 年度": titled("{agency}政府信息公开年度报告（{year}年度）"),
    "title year first": titled("{year}年{agency}政府信息公开工作年度报告"),
    "title spaced": titled("{agency} {year} 年政府信息公开工作年度报告"),
    "title below 附件": titled("附件1", "{agency}{year}年政府信息公开工作年度报告"),
    "no title": untitled,
    "a year in the name": year_within,
}
ORDER = {
    "part five before four": moved("problems", 3),
    "part six first": moved("other_matters", 0),
    "4、 for 四、": misnumbered,
    "two parts 四、": same_number,
    "an extra part": extra_part,
    "headings glued to the text": glued,
    "heading over two lines": heading_over_two_lines,
    "contents": contents,
    "in a layout table": in_layout,
    "in two layout tables": in_two_layouts,
    "beside other years": beside_other_years,
    "editor's leftovers": editors_leftovers,
    "prose in a table's part": with_numbers_in_text,
}
SIGNATURES = {
    "signed in one line": signed("{agency}　　{date}"),
    "date 2020-01-09": signed("{agency}", "{day:%Y-%m-%d}"),
    "date 2020.1.9": signed("{agency}", "{day.year}.{day.month}.{day.day}"),
    "date 2020/01/09": signed("{agency}", "{day:%Y/%m/%d}"),
    "date 2020年01月09日": signed("{agency}", "{day:%Y}年{day:%m}月{day:%d}日"),
    "date stretched": signed("{agency}", "{day.year} 年 {day.month} 月 {day.day} 日"),
    "date in Chinese": chinese_date,
    "signature stretched": signed("　　　　{agency}　　", "　　　　{date}　"),
    "unsigned": unsigned,
    "dated above": dated_above,
}
VARIATIONS = {**HEADINGS, **TITLES, **ORDER, **SIGNATURES}

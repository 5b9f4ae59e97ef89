"""Set phrases of a report: its title, its period, its date."""

from datetime import date


def title_of(agency: str, year: int) -> str:
    """「〈机关全称〉〈YYYY〉年政府信息公开工作年度报告」."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def rollup_title_of(agency: str, year: int) -> str:
    """「〈机关全称〉〈YYYY〉年政府信息公开工作年度报告汇总表」: a table of sums, which is no report."""
    return f"{title_of(agency, year)}汇总表"


TITLE_TAIL = "政府信息公开工作年度报告"
EXPLANATIONS = "检查结果的说明"  # heads what was explained, behind a published report


def period_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def period_text(year: int) -> str:
    return f"{year}年1月1日至12月31日"


def date_text(day: date) -> str:
    """成文日期 「2022年1月18日」: no leading zeros (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def nested_quotes(text: str) -> str:
    """Quotation marks within quotation marks as ‘ ’ (GB/T 15834-2011, 4.8.3.4).

    Where they do not pair, as in a sentence cut short, the text stays as it is.
    """
    written, depth = [], 0
    for sign in text:
        if sign == "“":
            depth += 1
            written.append("“" if depth % 2 else "‘")
        elif sign == "”":
            if depth == 0:
                return text
            written.append("”" if depth % 2 else "’")
            depth -= 1
        else:
            written.append(sign)
    return "".join(written) if depth == 0 else text

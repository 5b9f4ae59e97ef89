"""C05 too: the preface which lists the parts says which, how many, and each once."""

import re
from collections.abc import Iterator

from reports.sheet import Sheet

from .finding import Finding, Severity
from .sentences import excerpt, without_quotes

COUNTED = re.compile(r"(?P<number>[二三四五六七八九十]|[2-9])个?(?:大)?部分")
NUMBERED = re.compile(r"(?:^|[：:；;，,、\s])(?P<number>[一二三四五六七八九])、")
NUMERALS = "一二三四五六七八九"
WORDS = {  # what the list names a part by, whatever else it says of it
    "overview": re.compile(r"总体|概述|概况|基本情况"),
    "disclosure": re.compile(r"主动公开"),
    "applications": re.compile(r"申请"),
    "remedies": re.compile(r"复议|诉讼"),
    "problems": re.compile(r"问题"),
    "other_matters": re.compile(r"其[他它]"),
}
LISTED = 4  # parts that must be named for a sentence to be the list


def check_preface(sheet: Sheet) -> Iterator[Finding]:
    """Where several things are wrong with the list, one finding says them all."""
    for stretch in re.split(r"[。\n]", sheet.preface):
        said = without_quotes(stretch)
        named = [key for key, words in WORDS.items() if words.search(said)]
        if len(named) < LISTED:
            continue
        faults = list(faults_of(sheet, said, named))
        if faults:
            yield Finding(
                "C05",
                Severity.ERROR,
                f"前言列举报告的各部分时{'，'.join(faults)}：“{excerpt(stretch.strip())}”。"
                "请按格式的六个部分改写。",
                part=0,
                left="，".join(faults),
                right="六个部分",
                quote=stretch.strip(),
            )


def faults_of(sheet: Sheet, said: str, named: list[str]) -> Iterator[str]:
    headings = [sheet.edition.part(key).heading for key in WORDS]
    if again := [heading for heading in headings if said.count(heading) > 1]:
        yield f"“{'、'.join(again)}”列了不止一次"
    numbers = [found["number"] for found in NUMBERED.finditer(said)]
    twice = [each for each in dict.fromkeys(numbers) if numbers.count(each) > 1]
    if len(numbers) >= LISTED and twice:
        yield f"“{'、'.join(twice)}”用了不止一次"
    elif len(numbers) >= LISTED and numbers != list(NUMERALS[: len(numbers)]):
        yield "编号不连续"
    if len(numbers) > len(WORDS):
        yield f"列了 {len(numbers)} 个部分"
    lacking = [sheet.edition.part(key).heading for key in WORDS if key not in named]
    if lacking:
        yield f"没有{'、'.join(lacking)}"
    counted = COUNTED.search(said)
    if counted and counted["number"] not in ("六", "6"):
        yield f"说有{counted['number']}个部分"

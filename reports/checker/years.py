"""C12: another year than the report's where a sentence speaks of this year.

Last year's text left in. Reports rightly name other years all the time: plans
for the next, comparisons with the last, documents and their numbers, laws,
five-year plans, the date of signature. So a sentence is accused only where it

- is the title;
- opens with a year and reports what was done (「2022年，我局共公开…」);
- counts until the end of a year (「截至2022年12月31日，…」);
- says 本年 or 今年 and a year in brackets;
- says in the preface of which year this report is (「现将我局2022年…报告如下」);

and where neither it nor a sentence beside it speaks of the report year, which
would make it a comparison. Precision first: C15 finds copied text at large.
The period is C13's, the date of signature C14's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.editions.grammar import Part
from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .period import states_period
from .sentences import (
    Sentence,
    excerpt,
    sentences,
    with_plain_digits,
    without_brackets,
    without_quotes,
    years_of,
)

YEAR = r"(?<![0-9])(?P<year>20[0-9]{2})\s*年"
NUMBERING = r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]\s*)?"
LEAD = r"(?:(?:据|经)?统计[，,]|总体来看[，,])?"
BODY = (
    r"(?:[我本][\u4e00-\u9fff]{1,4}?|(?!根据|按照|依据|对|针对|结合|围绕|在|与|较|比|和)"
    r"[\u4e00-\u9fff]{1,12}(?:局|办|委|会|厅|院|府|镇|乡|街道|办事处|中心))"
)
COUNTED = r"(?:主动公开|公开|发布|收到|受理|接到|办理|答复|收取|制发)(?![^，。；]{0,6}的)"
DEED = rf"(?![^，。；]{{0,10}}(?:制定|印发|出台|公开|发布)的)(?:共|累计|未|没有|无|{COUNTED}|[我本][局办委会厅院镇乡街县市区机单部]|全[市县区镇乡局办委会街])"
OPENING = re.compile(
    rf"(?:^|[：:]){NUMBERING}{LEAD}(?P<body>{BODY})?{YEAR}"
    rf"(?:度|(?P<since>以?来)|全年|年内|期间)?\s*(?:[，,]|(?={DEED}))"
)
UNTIL = re.compile(rf"截[至止]\s*到?\s*{YEAR}\s*(?:12\s*月(?:\s*3[01]\s*日)?(?![0-9])|年?底|末)")
THIS_YEAR = re.compile(rf"(?:本年度?|今年)\s*[（(]\s*{YEAR}")
ITSELF = re.compile(
    r"(?:(?<![实体发出展呈])现(?:将|把|就|公布|发布|编制|制定|向社会)|特向社会公布)"
    rf"[^。；]{{0,40}}?{YEAR}度?[^。；，,]{{0,20}}?(?:年度报告|年报|工作报告|公开[^。；，,]{{0,8}}情况|工作情况)"
)
SAYS_THIS_YEAR = re.compile(r"今年|本年")
PLANNED = re.compile(
    r"(?<!现)将(?![0-9])|下一?步|计划|打算|拟|力争|继续|接下来|今后|(?:做|抓)好以下|重点做好"
    r"|要(?![求点闻素])|目标|思路|展望|预计"
)
HISTORY = re.compile(
    r"荣获|获评|被评为|称号|表彰|成立|挂牌|组建|更名|机构改革|正式|建成|上线|以来"
    r"|评估|测评|考评|通报|反馈|指出|查摆|整改|存在的|印发|出台|颁布|下发|(?<!上年)(?<!上年度)结转(?!下)|未办结|遗留"
)
OPENS = 40  # characters after the year that say what a sentence is about
DISCLOSURE = re.compile(r"公开|申请|条例|信息|处理费")
ROUTINE = re.compile(r"认真|严格|高度重视|深入|全面|积极|坚持|紧紧围绕|贯彻")
DONE = re.compile(
    r"(?:公开|发布|收到|受理|办理|答复|接到|推送|上报|收取|制发|召开|举办)"
    r"[^。；]{0,20}?[0-9]+\s*[余多]?\s*[条件篇次期份项个场宗起元]"
    r"|(?:未|没有|无)(?:收到|接到|收取|发生|产生)|取得[^。；]{0,8}成效"
)


@dataclass(frozen=True)
class Passage:
    """A sentence, what stands beside it in its paragraph, and its part."""

    sentence: Sentence
    beside: tuple[Sentence, ...]
    part: Part
    earlier: str = ""  # what its paragraph said before

    @property
    def said(self) -> str:
        """Its own words: no quotations, names of documents or brackets."""
        return without_brackets(without_quotes(with_plain_digits(self.sentence.text)))

    def compares_with(self, year: int) -> bool:
        """Whether it, or a sentence beside it, speaks of the report year too."""
        near = (self.sentence, *self.beside)
        own = years_of(self.sentence.text) | {
            y for each in self.beside for y in years_of(each.text)
        }
        told = re.search(rf"全年[^。；]*?{DONE.pattern}", self.earlier)
        return bool(year in own or told) or any(SAYS_THIS_YEAR.search(e.text) for e in near)

    def plans(self) -> bool:
        before = [each for each in self.beside if each.start < self.sentence.start]
        return any(PLANNED.search(each.text) for each in (self.sentence, *before))


def check_years(sheet: Sheet, context: Context) -> Iterator[Finding]:
    yield from check_title(sheet)
    for key in NARRATIVES:
        for passage in passages(sheet, key):
            if states_period(passage.sentence, key):
                continue
            for reading in READINGS:
                if year := reading(passage, sheet.year):
                    yield wrong_year(sheet, passage, year)
                    break


def check_title(sheet: Sheet) -> Iterator[Finding]:
    years = re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", with_plain_digits(sheet.title))
    if years and str(sheet.year) not in years:
        yield Finding(
            "C12",
            Severity.ERROR,
            f"标题写的是{years[0]}年，报告年度是{sheet.year}年。请改正标题中的年份。",
            left=f"{years[0]}年",
            right=f"{sheet.year}年",
            quote=sheet.title,
        )


def passages(sheet: Sheet, key: str) -> Iterator[Passage]:
    listed = list(sentences(sheet.text(key)))
    for index, sentence in enumerate(listed):
        near = (*listed[max(0, index - 1) : index], *listed[index + 1 : index + 2])
        beside = tuple(each for each in near if each.paragraph == sentence.paragraph)
        before = (each.text for each in listed[:index] if each.paragraph == sentence.paragraph)
        yield Passage(sentence, beside, sheet.edition.part(key), "".join(before))


def reported_in_opening(passage: Passage, year: int) -> int | None:
    """「2022年，我局认真贯彻…」 in the report of another year."""
    said = passage.said
    found = OPENING.search(said)
    if not found or passage.compares_with(year):
        return None
    stated = int(found["year"])
    if stated == year or HISTORY.search(said[found.end() : found.end() + OPENS]):
        return None
    done = bool(DONE.search(said))
    if stated > year:
        future = passage.part.key == "problems" or passage.plans()
        return stated if done and not future else None
    if not DISCLOSURE.search(passage.sentence.text):
        return None
    if stated < year - 1 and (found["since"] or not (done or ROUTINE.search(said))):
        return None
    return stated


def counted_until(passage: Passage, year: int) -> int | None:
    """「截至2022年12月31日，共公开…」 in the report of another year."""
    found = UNTIL.search(passage.said)
    if not found or passage.compares_with(year):
        return None
    stated = int(found["year"])
    return stated if stated in (year - 1, year + 1) else None


def called_this_year(passage: Passage, year: int) -> int | None:
    """「今年（2022年）」 in the report of another year."""
    found = THIS_YEAR.search(without_quotes(with_plain_digits(passage.sentence.text)))
    return int(found["year"]) if found and int(found["year"]) != year else None


def named_itself(passage: Passage, year: int) -> int | None:
    """「现将我局2022年政府信息公开工作情况报告如下」 in the report of another year."""
    if passage.part.key not in ("preface", "overview"):
        return None
    found = ITSELF.search(with_plain_digits(passage.sentence.text))
    return int(found["year"]) if found and int(found["year"]) != year else None


READINGS: tuple[Callable[[Passage, int], int | None], ...] = (
    reported_in_opening,
    counted_until,
    called_this_year,
    named_itself,
)


def wrong_year(sheet: Sheet, passage: Passage, stated: int) -> Finding:
    text = passage.sentence.text
    return Finding(
        "C12",
        Severity.ERROR,
        f"“{passage.part.title}”中这一句说的是{stated}年，报告年度是{sheet.year}年：“{excerpt(text.rstrip('。；;：:'))}”。"
        "请核对年份；如果是以前年度留下的文字，请改写。",
        part=passage.part.number,
        left=f"{stated}年",
        right=f"{sheet.year}年",
        quote=text,
    )

"""Title, body, year, contact, signature and date: what the words around the tables say."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.sheet import Contact

from .normal import EDITOR_MARK, HALF_WIDTH, SPACES, said_in, squeezed
from .numbers import chinese_number
from .traditional import folded

YEAR_TEXT = r"(20[0-9]{2}|二[〇○零Oo0][一二三四五六七八九〇○零Oo0]{2})"
TITLE_YEARS = (  # a body may have a year in its name: the report's is followed by 年
    re.compile(rf"^(?P<agency>.*)(?<![0-9]){YEAR_TEXT}年度?(?P<rest>.*(?:报告|公开).*)$"),
    re.compile(rf"^(?P<agency>.*)(?<![0-9]){YEAR_TEXT}年度?(?P<rest>.*)$"),
    re.compile(rf"^(?P<agency>.*?){YEAR_TEXT}(?P<rest>.*)$"),
)
ABOUT = "关于"
REPORTED = re.compile(r"(?:的?(?:政府|政务)?信息公开|政务公开|的?工作|的?年度|的?年报|报告).*$")
PERIOD = re.compile(rf"{YEAR_TEXT}年1月1日")
ANY_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")
DATE = re.compile(
    r"(?P<year>20[0-9]{2}|二[〇○零Oo0][一二三四五六七八九〇○零Oo0]{2})"
    r"(?:年|[-./])(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?:月|[-./])(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日?"
)
LISTING = re.compile(
    r"^[【\[(]?(?:相关(?:链接|附件|文档|信息|阅读|稿件|新闻)|上一[篇条]|下一[篇条]|打印|关闭)"
)
ATTACHMENT = re.compile(r"^附[件表录]?[0-9一二三四五六七八九十]*[:：]?$")
BODY_TAIL = re.compile(
    r"(?:局|会|厅|委|府|院|办|处|中心|站|所|部|行|社|校|队|署|室|馆|团|公司|街道|镇|乡|区|组|集团)$"
)
NOT_A_BODY = re.compile(r"^(?:无|暂无|没有|附件|以上|特此|此件|联系|电话|地址)|[。；;，,！？]")
LONGEST_TITLE = 60
LONGEST_BODY = 40
TITLE_WITHIN = 12  # paragraphs from the document's beginning
SIGNED_WITHIN = 8  # paragraphs from its end
SHORTEST_FULL_NAME = 4


@dataclass(frozen=True)
class Front:
    """What stands before part one."""

    title: str = ""
    preface: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()  # before the title


@dataclass(frozen=True)
class Signature:
    signed_by: str = ""
    signed_on: date | None = None
    rest: tuple[str, ...] = ()
    note: str = ""


def front_of(paragraphs: Sequence[str]) -> Front:
    """The title, which may span lines, and the preface after it."""
    texts = [text for text in paragraphs if text.strip()]
    end = next((at for at, text in enumerate(texts[:TITLE_WITHIN]) if ends_title(text)), None)
    if end is None:
        skip = 1 if texts and ATTACHMENT.match(said_in(texts[0])) else 0
        return Front("", tuple(texts[skip:]))
    start = end
    while start > 0 and end - start < 3 and lacks_body(texts[start : end + 1], texts[start - 1]):
        start -= 1
    title = "".join(line.strip() for text in texts[start : end + 1] for line in text.split("\n"))
    skipped = [text for text in texts[:start] if not ATTACHMENT.match(said_in(text))]
    return Front(title, tuple(texts[end + 1 :]), tuple(skipped))


def ends_title(text: str) -> bool:
    said = said_in(text)
    return "报告" in said and len(said) <= LONGEST_TITLE and not re.search("[。;,]", said)


def lacks_body(lines: Sequence[str], above: str) -> bool:
    """Whether a title's lines go on upwards: no body's name in them yet, and room above."""
    agency, year = agency_and_year("".join(lines))
    said = said_in(above)
    fits = 0 < len(said) <= LONGEST_BODY and not re.search("[。;,:>]", said)
    return fits and not (agency and year) and not ATTACHMENT.match(said)


def agency_and_year(title: str) -> tuple[str, int]:
    """The body's name and the report year as a title tells them; "" and 0 where it does not."""
    said = squeezed(title).strip("《》")
    found = next((found for each in TITLE_YEARS if (found := each.match(folded(said)))), None)
    if not found:
        return "", 0
    agency, rest = (said[slice(*found.span(name))] for name in ("agency", "rest"))
    agency = agency[: -len(ABOUT)] if folded(agency).endswith(ABOUT) else agency
    agency = agency or without_report(rest)
    if "报告" in folded(agency):
        agency = without_report(agency)
    return as_printed(unwrapped(agency), title), year_of(found[2])


def as_printed(name: str, title: str) -> str:
    """The name with the title's own brackets, which were made half-width to be compared."""
    said, whole = squeezed(title), SPACES.sub("", EDITOR_MARK.sub("", title))
    at = said.find(name)
    return whole[at : at + len(name)] if at >= 0 and len(said) == len(whole) else name


def unwrapped(name: str) -> str:
    """A body's name without what stands around it; 「某局（某办公室）」 keeps its own bracket."""
    bare = name.strip("（）()“”—-、:")
    behind = name[name.index(bare) + len(bare) :]
    for opening, closing in ("（）", "()"):
        if bare.count(opening) > bare.count(closing) and behind.startswith(closing):
            bare += closing
    return bare


def without_report(name: str) -> str:
    """A body's name without the report's own words behind it."""
    cut = REPORTED.search(folded(name))
    return name[: cut.start()] if cut else name


def year_of(text: str) -> int:
    digits = re.sub("[Oo○]", "〇", text)
    number = int(digits) if digits.isascii() else chinese_number(digits)
    return number or 0


def guessed_year(texts: Sequence[str], signed_on: date | None) -> tuple[int, str]:
    """The report year where the title has none, and from where it was taken."""
    joined = said_in("".join(texts))
    if found := PERIOD.search(joined):
        return year_of(found[1]), "统计期限"
    if signed_on:
        return signed_on.year - 1, "成文日期"
    years = Counter(ANY_YEAR.findall(joined))
    return (int(years.most_common(1)[0][0]), "正文") if years else (0, "")


def date_in(text: str) -> tuple[str, date | None, str] | None:
    """(text before, the date, its text) of a line that ends in a date; None if it does not."""
    said = squeezed(text).strip("()")
    found = list(DATE.finditer(said))
    if not found or found[-1].end() != len(said):
        return None
    year, month, day = (found[-1][name] for name in ("year", "month", "day"))
    numbers = (year_of(year), number_of(month), number_of(day))
    try:
        return said[: found[-1].start()], date(*numbers), found[-1][0]
    except ValueError:
        return said[: found[-1].start()], None, found[-1][0]


def number_of(text: str) -> int:
    return int(text) if text.isascii() else chinese_number(text) or 0


def is_body(text: str, agency: str) -> bool:
    """Whether a line is nothing but a body's name."""
    said = SPACES.sub("", EDITOR_MARK.sub("", text))
    if not said or len(said) > LONGEST_BODY or NOT_A_BODY.search(folded(said)):
        return False
    known = bool(agency) and (said.endswith(agency) or agency.endswith(said))
    return (known and len(said) > 1) or (
        len(said) >= SHORTEST_FULL_NAME and bool(BODY_TAIL.search(folded(said)))
    )


def signature_of(paragraphs: Sequence[str], agency: str) -> Signature:
    """Signature and date at the end of a document's last paragraphs, taken out of them."""
    every = [line for text in paragraphs for line in text.split("\n") if line.strip()]
    lines = without_listing(every)
    left = shorter(every[len(lines) :])
    first = max(0, len(lines) - SIGNED_WITHIN)
    for at in range(len(lines) - 1, first - 1, -1):
        told = date_in(lines[at])
        if (
            told is None
            or len(told[0]) > LONGEST_BODY
            or (told[0] and not is_body(told[0], agency))
        ):
            continue
        signed_by, start = told[0], at
        if not signed_by and at and is_body(lines[at - 1], agency):
            signed_by, start = name_in(lines[at - 1]), at - 1
        note = left if told[1] else f"成文日期“{told[2]}”不是日历上的日期，没有读取。"
        return Signature(signed_by, told[1], (*lines[:start], *lines[at + 1 :]), note)
    if agency and lines and is_body(lines[-1], agency) and name_in(lines[-1]).endswith(agency):
        return Signature(name_in(lines[-1]), None, tuple(lines[:-1]))
    return Signature(rest=tuple(every))


def without_listing(lines: Sequence[str]) -> list[str]:
    """Without what a site lists below a report: the titles of others, and what heads them."""
    end = len(lines)
    while end and is_listed(lines[end - 1]):
        end -= 1
    return list(lines[:end])


def is_listed(line: str) -> bool:
    said = squeezed(line)
    return bool(LISTING.match(said)) or (ends_title(line) and bool(agency_and_year(said)[1]))


def shorter(lines: Sequence[str]) -> str:
    """Says what below the signature was left out."""
    return f"落款之后的文字没有读取：“{'”“'.join(lines)[:80]}”。" if lines else ""


def signature_at_top(preface: Sequence[str], agency: str) -> Signature:
    """A date right below the title, perhaps with the body's name."""
    for at, text in enumerate(preface[:2]):
        told = date_in(text)
        if told and told[1] and (not told[0] or is_body(told[0], agency)):
            above = preface[:at]
            if all(is_body(line, agency) for line in above):
                signed_by = told[0] or "".join(name_in(line) for line in above)
                return Signature(signed_by, told[1], tuple(preface[at + 1 :]))
    return Signature(rest=tuple(preface))


def name_in(text: str) -> str:
    return SPACES.sub("", EDITOR_MARK.sub("", text))


ADDRESS = re.compile(
    r"(?:地址|地点|通讯地址)\s*(?:为|是)?\s*[:：]?\s*([^,，;；。、\n()（）]{4,60})"
)
POSTCODE = re.compile(r"(?:邮政编码|邮编)\s*(?:为|是)?\s*[:：]?\s*([0-9０-９]{3,8})(?![0-9])")
TELEPHONE = re.compile(
    r"(?:电话|联系方式|电话号码)\s*(?:为|是)?\s*[:：]?\s*"
    r"([(（]?[0-9０-９][0-9０-９()（）\-－—–‐ ]{5,20}[0-9０-９])"
)
EMAIL = re.compile(r"[A-Za-z0-9_.+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


def contact_of(texts: Sequence[str]) -> Contact:
    """Address, postcode, telephone and e-mail: the first of each that the text gives."""

    def first(pattern: re.Pattern[str], group: int = 1) -> str:
        hits = ((text, pattern.search(folded(text))) for text in texts)
        return next((text[slice(*hit.span(group))].strip() for text, hit in hits if hit), "")

    return Contact(
        address=first(ADDRESS),
        postcode=first(POSTCODE).translate(HALF_WIDTH),
        telephone=first(TELEPHONE),
        email=first(EMAIL, 0),
    )

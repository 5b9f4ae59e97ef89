"""C11: the body's name in title, text and signature.

A name agrees with another where it is the other or a short form of it: all its
characters stand in the other in this order (区人社局). The text names another
body only where that body is the one who reports: it is said to have received
applications, published information or collected fees, in a department's or a
union's report. 「全县」 is wrong for a district, whose name has no 县 in it.
"""

import re
from collections.abc import Iterator

from reports.editions.bodies import BodyKind
from reports.editions.wording import TITLE_TAIL
from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .sentences import excerpt, sentences, with_plain_digits, without_quotes
from .standing import body_of

SHORTEST_NAME = 4  # 「工会」 alone is nobody's full name
AREA = re.compile(r"^(?:[我本全该]?[省市县区旗州镇乡]|.{2,12}?(?:省|自治区|市|县|区|旗|州|盟))")
ENDING = r"(?:局|委员会|委|办公室|厅|总工会|工会|联合会|妇联|科协|残联|文联|侨联|工商联)"
NAMED = rf"(?P<name>(?:[\u4e00-\u9fff]{{2,24}}?|[省市县区]){ENDING})"
DEED = (
    r"(?:(?:共|累计|均|暂|已|全年|年内)*(?:未|没有|无|共|累计)?(?:收到|接到|受理|收取)[^，。；]{0,24}(?:公开|处理费)"
    r"|(?:共|累计|已)?主动公开(?:政府|政务|各类)?信息[^，。；]{0,6}[0-9])"
)
WHEN = r"(?:20[0-9]{2}年度?|今年|本年度?|全年|年内|一年来|截[至止][^，。]{2,12})(?:以来|全年|期间)?"
ACTING = re.compile(
    rf"^(?:[（(]?[一二三四五六七八九十0-9]+[）)、.．]?\s*)?(?:{WHEN}[，,]?)?(?:{WHEN}[，,]?)?{NAMED}{DEED}"
)
NOT_A_NAME = re.compile(
    r"原|各|[我本该]|和|及|与|对|向|由|按|根据|通过|经|所属|下属|有关|相关|转|[等并未没为将]|机关|单位|公开"
)
COUNTY = re.compile(
    r"全县(?!级)|我县(?!级)|(?:^|[，。、；：\s]|按照|根据|在|经|由|向)县(?:委|政府|总工会|人民政府)"
)
DISTRICT = re.compile(r"(?<!自治)(?<!地)(?<!社)区")
SELF_DISTRICT = re.compile(r"我区|全区|(?:^|[，。、；：为年])区(?:总工会|工会|委|政府)")
REPORT_NAME = re.compile(
    rf"《(?P<name>[^《》]{{4,40}}?)(?:20[0-9]{{2}})年度?[^《》]{{0,6}}{TITLE_TAIL[2:4]}[^《》]*》"
)


MADE_BY = re.compile(rf"(?:^|[，,；])(?:本(?:年度)?报告)?由{NAMED}(?:负责|统一|组织)?编制")
ITS_YEAR = re.compile(rf"现(?:将|公布|发布|公开|就){NAMED}20[0-9]{{2}}年")
OFFICE = re.compile(r"办公室$|^[我本]")


def check_names(sheet: Sheet, context: Context) -> Iterator[Finding]:
    known = known_names(sheet, context)
    yield from check_title(sheet, known)
    yield from check_signature_name(sheet, known)
    if len(sheet.agency) >= SHORTEST_NAME:
        yield from check_text(sheet, context, known)
    yield from check_area(sheet)


def known_names(sheet: Sheet, context: Context) -> tuple[str, ...]:
    names = (sheet.agency, *(context.body.names if context.body else ()))
    return tuple(squeeze(name) for name in names if name)


def squeeze(name: str) -> str:
    return re.sub(r"\[[^\]]*\]|[\s（）()“”\"《》]", "", name)


def agrees(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name is one of the known ones or a short form of it, or the other way."""
    said = squeeze(name)
    return any(is_short_for(said, full) or is_short_for(full, said) for full in known)


def is_short_for(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


def check_title(sheet: Sheet, known: tuple[str, ...]) -> Iterator[Finding]:
    """Whose report it is must stand in the title."""
    title = squeeze(sheet.title)
    named = re.match(r"(?:关于)?(?P<name>.{4,}?)(?:关于)?20[0-9]{2}年", title)
    other_name = named and len(sheet.agency) >= SHORTEST_NAME and not agrees(named["name"], known)
    if named and other_name and sheet.printed.headings:
        yield Finding(
            "C11",
            Severity.ERROR,
            f"标题写的机关是“{named['name']}”，本报告的机关是“{sheet.agency}”。请核对标题。",
            left=named["name"],
            right=sheet.agency,
            quote=sheet.title,
        )
    if not title or not sheet.printed.headings or len(squeeze(sheet.agency)) >= SHORTEST_NAME:
        return
    said = f"只写了“{sheet.agency}”" if sheet.agency else "没有写机关名称"
    yield Finding(
        "C11",
        Severity.ERROR,
        f"标题{said}，不是机关全称。请在标题中写明机关全称。",
        left=sheet.agency,
        quote=sheet.title,
    )


def check_signature_name(sheet: Sheet, known: tuple[str, ...]) -> Iterator[Finding]:
    signed = squeeze(sheet.signed_by)
    if signed and known and not agrees(signed, known):
        yield Finding(
            "C11",
            Severity.ERROR,
            f"标题写的机关是“{sheet.agency}”，署名是“{sheet.signed_by.strip()}”，两处不一致。"
            "请统一为机关全称。",
            left=sheet.agency,
            right=sheet.signed_by.strip(),
        )


def check_text(sheet: Sheet, context: Context, known: tuple[str, ...]) -> Iterator[Finding]:
    """Another body's report named in the preface, another body acting in the text."""
    said: set[str] = set()
    for found in REPORT_NAME.finditer(with_plain_digits(sheet.preface)):
        if not agrees(found["name"].removesuffix("关于"), known) and found["name"] not in said:
            said.add(found["name"])
            yield other(sheet, 0, found["name"], found[0])
    yield from check_preface_names(sheet, context, known)
    kind = body_of(sheet, context).kind
    if kind not in (BodyKind.DEPARTMENT, BodyKind.UNION):
        return
    for key in NARRATIVES:
        for sentence in sentences(sheet.text(key)):
            acting = ACTING.match(with_plain_digits(sentence.text))
            if acting is None or NOT_A_NAME.search(acting["name"]):
                continue
            name = acting["name"]
            if not agrees(AREA.sub("", name) or name, known) and name not in said:
                said.add(name)
                yield other(sheet, sheet.edition.part(key).number, name, sentence.text)


def check_preface_names(
    sheet: Sheet, context: Context, known: tuple[str, ...]
) -> Iterator[Finding]:
    """「由…编制」, 「现公布…2021年度…」: whose report the preface says it is."""
    if body_of(sheet, context).kind not in (BodyKind.DEPARTMENT, BodyKind.UNION):
        return
    for sentence in sentences(sheet.preface):
        text = without_quotes(with_plain_digits(sentence.text))
        for pattern in (MADE_BY, ITS_YEAR):
            found = pattern.search(text)
            if found and not OFFICE.search(found["name"]) and not agrees(found["name"], known):
                yield other(sheet, 0, found["name"], sentence.text)


def other(sheet: Sheet, part: int, name: str, quote: str) -> Finding:
    return Finding(
        "C11",
        Severity.ERROR,
        f"这一句写的机关是“{name}”，本报告的机关是“{sheet.agency}”："
        f"“{excerpt(quote.rstrip('。；'))}”。请核对是否抄自其他机关的报告。",
        part=part,
        left=name,
        right=sheet.agency,
        quote=quote,
    )


def check_area(sheet: Sheet) -> Iterator[Finding]:
    """「全县」 in a district's report."""
    if not is_district(sheet):
        return
    for key in NARRATIVES:
        for sentence in sentences(sheet.text(key)):
            if found := COUNTY.search(without_quotes(sentence.text)):
                word = found[0][found[0].index("县") - (found[0][0] in "全我") :]
                yield Finding(
                    "C11",
                    Severity.ERROR,
                    f"报告的机关在区里，文中却写“{word}”：“{excerpt(sentence.text.rstrip('。；'))}”。"
                    "请核对是否抄自其他机关的报告。",
                    part=sheet.edition.part(key).number,
                    left=word,
                    quote=sentence.text,
                )
                return


def is_district(sheet: Sheet) -> bool:
    """Whether the body surely belongs to a district, by its name or by what it calls itself."""
    name = squeeze(sheet.signed_by or sheet.agency)
    if "县" in name or "旗" in name:
        return False
    if DISTRICT.search(name):
        return True
    if re.search(r"[省市州盟镇乡]", name):
        return False
    text = "\n".join(without_quotes(sheet.text(key)) for key in NARRATIVES)
    return len(SELF_DISTRICT.findall(text)) > len(COUNTY.findall(text))

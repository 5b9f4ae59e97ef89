"""C22: personal data in the text or in a cell.

An identity card number (18 characters, a date of birth, a valid check digit)
and a bank card (Luhn) are errors; a mobile number, a private e-mail address and
an applicant's name are to be explained. Messages and quotes hide the middle:
what must not be published is not repeated here either.
"""

import re
from collections.abc import Iterator
from datetime import date

from reports.sheet import TABLES, Sheet

from .finding import Context, Finding, Severity
from .leftovers import texts
from .leftovers import where as place
from .sentences import DIGITS

IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
CARD = re.compile(
    r"(?<![0-9A-Za-z.])[3-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{3,4}(?:[ -]?[0-9]{1,3})?(?![0-9A-Za-z])"
)
MOBILE = re.compile(r"(?<![0-9A-Za-z-])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z])")
PRIVATE_MAIL = re.compile(
    r"[A-Za-z0-9_.+-]{1,64}[@＠](?:vip\.)?(?:qq|foxmail|163|126|yeah|sina|sohu|139|189|wo|21cn|aliyun|gmail|hotmail|outlook|live|icloud|yahoo|tom)"
    r"\.(?:com\.cn|com|cn|net)",
    re.IGNORECASE,
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
APPLICANT = re.compile(
    rf"(?:申请人|原告|信访人)(?:为|是|[:：])?(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=先生|女士|同志|(?:等[0-9二两三四五六七八九十]*人)?(?:向|于20|诉|不服|申请公开|提出|要求公开))"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


def check_privacy(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for part, text in (*texts(sheet), *cells(sheet)):
        plain = text.translate(DIGITS)
        where = place(sheet, part)
        for name, severity, found in personal(plain):
            step = "请删去" if severity is Severity.ERROR else "请删去，确需公开的请说明原因"
            yield Finding(
                "C22",
                severity,
                f"{where}里有{name}“{hidden(found)}”。{step}。",
                part=part,
                left=name,
                quote=hidden(found),
            )


def cells(sheet: Sheet) -> Iterator[tuple[int | None, str]]:
    """What the tables' cells and the local rows beside them say."""
    numbers = {table: part for part, table in TABLES.items()}
    for name, text in sheet.printed.cells.items():
        yield numbers.get(name.split(".")[0]), text
    parts = {part.key: part.number for part in sheet.edition.parts}
    for addition in sheet.printed.additions:
        for row in addition.rows:
            yield parts.get(addition.part, 0), " ".join(row)


def personal(text: str) -> Iterator[tuple[str, Severity, str]]:
    """What it is, how grave, and the text itself; nothing is said twice."""
    seen: set[str] = set()
    for name, severity, pattern, is_so in KINDS:
        for found in pattern.finditer(text):
            said = found["name"] if "name" in pattern.groupindex else found[0]
            if said not in seen and is_so(said):
                seen.add(said)
                yield name, severity, said


def is_identity(text: str) -> bool:
    """Eighteen characters with a date of birth and the check digit of GB 11643."""
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    weighed = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, text, strict=False))
    return 1900 <= born.year <= 2100 and CHECK_DIGITS[weighed % 11] == text[17].upper()


def is_card(text: str) -> bool:
    """Sixteen to nineteen digits that satisfy Luhn's formula."""
    digits = [int(character) for character in text if character.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return 16 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def anything(text: str) -> bool:
    return True


KINDS = (
    ("身份证号码", Severity.ERROR, IDENTITY, is_identity),
    ("银行卡号", Severity.ERROR, CARD, is_card),
    ("手机号码", Severity.EXPLAIN, MOBILE, anything),
    ("私人电子邮箱", Severity.EXPLAIN, PRIVATE_MAIL, anything),
    ("申请人姓名", Severity.EXPLAIN, APPLICANT, anything),
)


def hidden(text: str) -> str:
    """Enough to find it by, and no more."""
    if len(text) < 7:
        return text[0] + "*" * (len(text) - 1)
    return f"{text[:3]}{'*' * (len(text) - 5)}{text[-2:]}"

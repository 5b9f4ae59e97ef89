"""C27: what a template or an editor left behind.

「XX」, 「××」, 「某某」, 「[bookmark: _GoBack]」, 「（文字描述）」, 「该部分以表格形式报告」.
One finding for each kind in a part. Names of files and addresses are left out.
"""

import re
from collections.abc import Iterator

from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .sentences import ADDRESS

TRACES = (
    ("编辑软件的标记", re.compile(r"\[bookmark:[^\]\n]*\]|_GoBack|错误！[^\n。]{0,8}(?:书签|引用源)", re.IGNORECASE)),
    (
        "没有填写的空位",
        re.compile(
            r"(?<![A-Za-z0-9])[XＸ]{2,}(?![A-Za-z0-9])|(?<![A-Za-z0-9./_-])x{2,}(?![A-Za-z0-9./_-])"
            r"|[×╳✕]{2,}|(?<=[\u4e00-\u9fff])[X×Ｘ](?=[年月日件条项次局县区市镇])|[*＊]{2,}(?![^\n]{0,3}[*＊]{2})"
            r"|[○〇◯]{2,}(?=[年月日局县区市镇])(?<!二[○〇◯]{2})|某某|_{3,}|＿{2,}"
        ),
    ),
    (
        "模板的提示",
        re.compile(
            r"[（(【\[]\s*(?:文字(?:描述|叙述|说明|表述)|此处[^）)】\]]{0,20}|请?填写[^）)】\]]{0,20}|样例|示例|模板)\s*[）)】\]]"
            r"|(?:该|此|本)部分(?:内容)?(?:应?以|用|采用)(?:表格|文字)(?:的)?(?:形式|方式)(?:报告|填报|表述)?"
        ),
    ),
)  # fmt: skip


def check_leftovers(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for part, text in texts(sheet):
        hidden = ADDRESS.sub(lambda found: "\u25a1" * len(found[0]), text)
        for what, pattern in TRACES:
            traces = list(dict.fromkeys(found[0] for found in pattern.finditer(hidden)))
            if traces:
                shown = "、".join(f"“{trace}”" for trace in traces[:3])
                yield Finding(
                    "C27",
                    Severity.ERROR,
                    f"{where(sheet, part)}留有{what}{shown}。请删去或者填写完整。",
                    part=part,
                    left="、".join(traces),
                    quote=traces[0],
                )


def texts(sheet: Sheet) -> Iterator[tuple[int | None, str]]:
    """Everything written: title and signature, the parts with their headings and additions."""
    contact = sheet.contact
    yield None, "\n".join((sheet.title, sheet.signed_by))
    parts = {part.key: part.number for part in sheet.edition.parts}
    said: dict[int, list[str]] = {part.number: [] for part in sheet.edition.parts}
    said[0] += [contact.address, contact.telephone, contact.email]
    for key in NARRATIVES:
        said[parts[key]].append(sheet.text(key))
    for heading in sheet.printed.headings:
        said[parts.get(heading.part, 0)].append(heading.text)
    for addition in sheet.printed.additions:
        said[parts.get(addition.part, 0)].append(addition.text)
    for number, pieces in said.items():
        yield number, "\n".join(piece for piece in pieces if piece)


def where(sheet: Sheet, part: int | None) -> str:
    if part is None:
        return "标题或署名中"
    return f"“{next(each.title for each in sheet.edition.parts if each.number == part)}”"

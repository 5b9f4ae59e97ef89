"""C25: a link to another body's column, or one that nobody outside can open. Hints.

Government sites name a body's column by the initials of its name (fgw for
发改委). Only initials that are in common use for one body are read, and only
where the reporting body's name has nothing of it.
"""

import re
from collections.abc import Iterator

from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity

LINK = re.compile(r"(?:https?[:：]//|www\.)[A-Za-z0-9.\-:/_%?=&#~+]*", re.IGNORECASE)
HOST = re.compile(r"^(?:https?[:：]//)?(?P<host>[^/:?#]*)(?P<path>[^?#]*)", re.IGNORECASE)
VALID = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
INSIDE = re.compile(
    r"(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.|^(?:localhost|0\.)"
)
COLUMNS = {  # the initials of a body's column: what its name must have one of
    "fgw": ("发展和改革", "发改", "发展改革"), "fgj": ("发展和改革", "发改", "发展改革"),
    "rsj": ("人力资源", "人社", "人事"), "rlzyhshbzj": ("人力资源",),
    "jyj": ("教育", "教体", "教科"), "czj": ("财政",), "mzj": ("民政",), "gaj": ("公安",),
    "zjj": ("住房", "住建", "建设"), "wjw": ("卫生",), "wsj": ("卫生",),
    "sthjj": ("生态环境", "环境"), "hbj": ("环境", "环保"), "yjj": ("应急", "药监", "药品", "园区"),
    "scjgj": ("市场监",), "tjj": ("统计",), "zrzyj": ("自然资源", "规划"),
    "nyncj": ("农业",), "jtysj": ("交通",), "sfj": ("司法",), "ylbzj": ("医疗保障",),
    "zwfwj": ("政务服务", "行政审批"), "zfj": ("住房",), "xfj": ("信访",),
}  # fmt: skip


def check_links(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for key in NARRATIVES:
        part = sheet.edition.part(key).number
        for link in dict.fromkeys(LINK.findall(sheet.text(key))):
            if said := fault_of(link, sheet):
                yield Finding("C25", Severity.HINT, said, part=part, quote=link)


def fault_of(link: str, sheet: Sheet) -> str:
    found = HOST.match(link)
    host, path = (found["host"], found["path"]) if found else ("", "")
    numeric = bool(ADDRESS.fullmatch(host))
    if INSIDE.search(host) or not (numeric or VALID.fullmatch(host)):
        return f"网址“{link}”的主机名“{host}”不是公众能够访问的。请核对。"
    if len(sheet.agency) < 4:
        return ""
    for segment in re.split(r"[/_.\-]", path.lower()):
        names = COLUMNS.get(segment)
        if names and not any(name in sheet.agency for name in names):
            return f"网址“{link}”里的“{segment}”像是{names[0]}部门的栏目，不是本机关的。请核对。"
    return ""

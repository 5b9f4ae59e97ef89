"""C23: marks of secrecy. Words of the site's own lists are ``site_words``'.

A mark is one only where it stands as a mark does: a grade with its star or
term, or the words alone on a line or in brackets. 「国家秘密」 in a sentence is
none.
"""

import re
from collections.abc import Iterator

from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .leftovers import texts, where

MARKS = re.compile(
    r"(?:绝密|机密|秘密)\s*[★☆]|(?m:^\s*[【\[（(]?\s*(?:绝密|机密|秘密)\s*[】\]）)]?\s*$)"
    r"|(?m:^\s*[【\[（(]?\s*内部(?:资料|文件|材料)(?:[，,·]?\s*(?:请勿外传|注意保[存密]|严禁外传|不得外传|妥善保管))?[。！]?\s*[】\]）)]?\s*$)"
    r"|[【\[（(]\s*内部(?:资料|文件|材料)[^】\]）)]{0,8}[】\]）)]|内部(?:资料|文件|材料)[，,]\s*(?:请勿|不得|严禁|注意)"
)


def check_secrecy(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for part, text in texts(sheet):
        for found in dict.fromkeys(each[0].strip() for each in MARKS.finditer(text)):
            yield Finding(
                "C23",
                Severity.ERROR,
                f"{where(sheet, part)}有保密标志“{found}”。请先核实是否涉密，涉密的不得公开。",
                part=part,
                quote=found,
            )

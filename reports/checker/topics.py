"""C16: part one speaks of its five topics, by whatever name.

A topic is missed only where none of its words stands anywhere in part one (or
in prose beside the table of part two, where some put it). That is generous, and
means to be: whoever misses a topic here will not find it by reading either.
"""

import re
from collections.abc import Iterator

from reports.editions.common import TOPICS
from reports.sheet import Sheet

from .finding import Context, Finding, Severity

WORDS = dict(
    zip(
        TOPICS,
        (
            re.compile(
                r"主动公开|主动(?:向社会)?(?:发布|公布|公示)|(?:公开|发布|公布)[^，。；]{0,20}信息[^，。；]{0,12}[0-9]"
                r"|公开(?:情况)?概述|公开(?:政务|各类|政府)信息|信息发布"
            ),
            re.compile(
                r"依申请|(?:申请|要求)[^，。；]{0,6}公开|公开申请|申请人|收到[^，。；]{0,12}申请"
            ),
            re.compile(
                r"信息[^，。；]{0,8}管理|(?:审核|审查|审批|校对|把关|保密|归档|发布|更新|维护|公开|管理)[^，。；]{0,8}(?:制度|机制|流程|程序|责任)"
                r"|保密|审[查核签校]|清理|动态调整|公开属性|台账|归档|目录|谁(?:提供|公开|发布)|信息资源|更新"
            ),
            re.compile(
                r"平台|网站|网页|门户|微信|微博|公众号|专栏|栏目|新媒体|载体|渠道|客户端|公开栏|公示栏|宣传栏|阵地|查阅[点场]|公报"
            ),
            re.compile(
                r"监督(?!权)|(?<!社会)(?<!互助)(?<!劳动)(?<!生活)(?<!医疗)(?<!住房)保障(?!公民|房|性|局|金|和|类|知情|卡|法|对象|待遇|标准|部|中心)|考核|培训|领导|评议|督[查促导]|责任|专人|问责|自查|组织机构|检查"
            ),
        ),
        strict=True,
    )
)
FEW = 2  # topics missing that make it an error


def check_topics(sheet: Sheet, context: Context) -> Iterator[Finding]:
    part = sheet.edition.part("overview")
    if not sheet.overview.strip():
        return
    beside = [each.text for each in sheet.printed.additions if each.part == "disclosure"]
    text = re.sub(r"[^\S\n]+", "", "\n".join((sheet.overview, *beside)))
    lacking = [topic for topic in TOPICS if not WORDS[topic].search(text)]
    if lacking:
        yield Finding(
            "C16",
            Severity.ERROR if len(lacking) >= FEW else Severity.EXPLAIN,
            f"“{part.title}”应当写 {len(TOPICS)} 个方面，没有写到的有 {len(lacking)} 个：{'、'.join(lacking)}。"
            + ("请补写。" if len(lacking) >= FEW else "请补写，或者说明原因。"),
            part=part.number,
            left="、".join(lacking),
        )

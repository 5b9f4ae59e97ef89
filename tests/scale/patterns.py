"""What the generated reports say: a few hundred sheets that foot, dealt out over all reports."""

from collections.abc import Iterator
from random import Random

from reports.editions import EDITIONS
from reports.editions.common import BALANCE
from reports.editions.grammar import Edition, Kind, Number
from reports.sheet import foot_applications, foot_results

PATTERNS = 251  # a prime, so that neither years nor regions repeat in step with it
WORDS = [
    "政府信息",
    "主动公开",
    "依申请公开",
    "政策解读",
    "行政规范性文件",
    "财政预算",
    "门户网站",
    "政务新媒体",
    "公开专栏",
    "审核制度",
    "保密审查",
    "业务培训",
    "监督检查",
    "办理答复",
    "群众关切",
    "公共服务",
    "基层政务公开",
    "信息发布",
    "目录管理",
    "平台建设",
    "社会评议",
    "责任落实",
    "问题整改",
    "回应关切",
    "便民服务",
    "数据共享",
    "重点领域",
    "行政许可",
    "行政处罚",
    "工作机制",
]
VERBS = [
    "完善了",
    "加强了",
    "推进了",
    "规范了",
    "组织了",
    "开展了",
    "优化了",
    "落实了",
    "健全了",
    "细化了",
]


def sentence(random: Random) -> str:
    return (
        f"{random.choice(VERBS)}{'和'.join(random.sample(WORDS, 3))}，共{random.randint(2, 99)}次。"
    )


def text(number: int, key: str) -> str:
    random = Random(f"{number} {key}")
    return "".join(sentence(random) for _ in range(4))


def applications(edition: Edition, number: int) -> dict[str, dict[str, Number | None]]:
    """Part three: what came in was dealt with or is carried forward, in every column."""
    random = Random(number)
    received, forward = (term.keys[0] for term in BALANCE.left)
    carried = BALANCE.right[1].keys[0]
    typed = {}
    for column in edition.applications.typed_columns():
        figures: dict[str, Number] = {
            line.key: random.choice((0, 0, 0, 1, 2, 7)) for line in edition.applications.leaves()
        }
        footed = foot_applications(
            edition, {each.key: figures for each in edition.applications.typed_columns()}
        )
        figures[forward] = figures[carried] = random.randint(0, 3)
        figures[received] = footed[column.key][BALANCE.right[0].keys[0]] or 0
        typed[column.key] = figures
    return foot_applications(edition, typed)


def disclosure(edition: Edition, number: int) -> dict[str, Number]:
    """Part two: no total is below what it holds, as every change is upwards."""
    random = Random(number)
    small = {"made", "newly_disclosed", "issued", "repealed"}
    return {
        place.key: random.randint(0, 3)
        if place.kind is Kind.CHANGE or any(place.key.endswith(each) for each in small)
        else random.randint(9, 90)
        for place in edition.disclosure.places()
    }


def remedies(edition: Edition, number: int) -> dict[str, dict[str, Number | None]]:
    random = Random(number)
    return {
        group.key: foot_results(
            edition, {each.key: random.randint(0, 2) for each in edition.remedies.results}
        )
        for group in edition.remedies.groups
    }


def numbered() -> Iterator[tuple[Edition, int]]:
    return ((edition, n) for edition in EDITIONS.values() for n in range(PATTERNS))

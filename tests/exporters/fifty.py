"""Fifty invented reports of both editions, by seed: ordinary ones, odd ones, and ones with errors."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from reports.editions import EDITIONS
from reports.editions.grammar import Edition, Kind, Number
from reports.editions.wording import period_text, title_of
from reports.importers.numbers import parse_number
from reports.sheet import (
    Addition,
    Contact,
    Printed,
    Sheet,
    filled,
    foot_applications,
    foot_results,
    name_of,
)

COUNT = 50
BODIES = (
    "云泽市教育局", "云泽市人民政府", "青岚县总工会", "青岚县石桥镇人民政府",
    "云泽市青岚县住房和城乡建设局（青岚县人民防空办公室）", "云泽高新技术产业开发区管理委员会综合行政执法局",
    "云泽市青岚彝族藏族自治县退役军人事务管理工作委员会办公室（双拥工作领导小组）",
)  # fmt: skip
SUBJECTS = (
    "招生入学",
    "财政预决算",
    "重大建设项目",
    "乡村振兴",
    "食品药品",
    "公共资源配置",
    "“双随机、一公开”",
)
SENTENCES = (
    "围绕{subject}公开信息{number}条，比上年增加{less}条，占全部信息的{share}%。",
    "全年办理答复{number}件，均在法定期限内办结，没有收取费用。",
    "健全“三审三校”制度，审查拟公开信息{number}条，退回修改{less}条。",
    "召开新闻发布会{less}场，在线访谈3期，参加《政务公开》专题培训{number}人次。",
    "修订了《{subject}公开指南（试行）》，2024年7月1日起施行；网址为www.yunze.example/gk/{number}。",
    "存在的差距：一是形式单一；二是更新不及时；三是解读“重发布、轻解释”。",
)
PRINTED = {
    Kind.COUNT: ("/", "无", "—", "不涉及", "１２", "1,204", "12件", "0件", "叁"),
    Kind.CHANGE: ("/", "－3", "增加2", "减少1", "不涉及"),
    Kind.AMOUNT: ("/", "251000元", "无", "1,284.35", "约三万"),
}
ADDED = (
    Addition("disclosure", "信息发布情况统计表", (("指标", "单位", "数量"), ("门户网站公开", "条", "326"), ("政务新媒体", "条", "512"))),
    Addition("remedies", "其他行政争议", (("类别", "件数"), ("仲裁", "2"))),
)  # fmt: skip


def fifty() -> Iterator[Sheet]:
    """Half of each edition; every third one historical, with what it printed."""
    for seed in range(COUNT):
        edition = list(EDITIONS.values())[seed % 2]
        sheet = made(Random(seed), edition, seed)
        yield historical(Random(seed), sheet) if seed % 3 == 0 else sheet


def made(chance: Random, edition: Edition, seed: int) -> Sheet:
    """A report that foots, its figures small, large or all zero."""
    year = chance.choice([2019, 2020] if edition.key == 2019 else [2021, 2022, 2023, 2024, 2025])
    agency = BODIES[seed % len(BODIES)]
    most = chance.choice([0, 3, 30, 30, 5_000, 1_234_567])
    empty = filled(edition, agency, year)

    def numbers(figures: Mapping[str, Number | None]) -> dict[str, Number | None]:
        return {key: chance.choice([0, chance.randint(0, most)]) for key in figures}

    kinds = {place.key: place.kind for place in edition.disclosure.places()}
    contact = Contact("云泽市湖滨路18号", "000018", "0000-1234567", "gk@yunze.example")
    preface = f"本报告由{agency}编制，统计期限为{period_text(year)}。\n" + prose(chance, 0)
    if seed % 4:
        preface += f"\n联系地址：{contact.address}，邮政编码：{contact.postcode}，电话：{contact.telephone}，电子邮箱：{contact.email}。"  # fmt: skip
    return replace(
        empty,
        title=title_of(agency, year),
        preface=preface,
        overview=prose(chance, chance.choice([1, 5, 14])),
        problems=prose(chance, 3),
        other_matters="本机关没有其他需要报告的事项。" if seed % 2 else prose(chance, 1),
        disclosure={key: figure(chance, kinds[key], most) for key in empty.disclosure},
        applications=foot_applications(
            edition, {key: numbers(each) for key, each in empty.applications.items()}
        ),
        remedies={
            key: foot_results(edition, numbers(each)) for key, each in empty.remedies.items()
        },
        signed_by=agency,
        signed_on=date(year + 1, 1, 1) + timedelta(chance.randint(0, 88)),
        contact=contact,
    )


def figure(chance: Random, kind: Kind, most: int) -> Number:
    if kind is Kind.AMOUNT:
        return Decimal(chance.randint(0, most * 100)) / 100
    return chance.randint(-most if kind is Kind.CHANGE else 0, most)


def prose(chance: Random, sections: int) -> str:
    """Paragraphs with the numbering of official documents, or one without."""
    lines = [sentence(chance)]
    for number in range(sections):
        lines.append(
            f"（{'一二三四五六七八九十'[number % 10]}）{chance.choice(['加强公开', '规范办理', '完善平台'])}"
        )
        lines.append("".join(sentence(chance) for _ in range(chance.randint(1, 6))))
        if chance.random() < 0.4:
            lines += [f"{item}.{sentence(chance)}" for item in (1, 2)]
    return "\n".join(lines)


def sentence(chance: Random) -> str:
    return chance.choice(SENTENCES).format(
        subject=chance.choice(SUBJECTS), number=chance.randint(2, 9_999),
        less=chance.randint(1, 99), share=round(chance.uniform(0.1, 99), 1),
    )  # fmt: skip


def historical(chance: Random, sheet: Sheet) -> Sheet:
    """The same as somebody printed it: blanks, wrong sums, words in cells, tables of its own."""
    numbers: dict[str, Number | None] = {name_of(place): n for place, n in sheet.cells()}
    cells = {}
    for place, number in sheet.cells():
        name, luck = name_of(place), chance.random()
        if luck < 0.1:
            numbers[name] = None
        elif luck < 0.16:
            text = chance.choice(PRINTED[place.kind])
            cells[name], numbers[name] = text, parse_number(text, place.kind).number
        elif luck < 0.2 and isinstance(number, int):
            numbers[name] = abs(number) + chance.randint(1, 9)
    tables: dict[str, dict[str, dict[str, Number | None]]] = {"applications": {}, "remedies": {}}
    for place, _ in sheet.cells():
        if place.part != 2:
            table = tables["applications" if place.part == 3 else "remedies"]
            table.setdefault(place.column, {})[place.line] = numbers[name_of(place)]
    return replace(
        sheet,
        disclosure={key: numbers[f"disclosure.{key}"] for key in sheet.disclosure},
        **tables,
        as_printed=True,
        printed=Printed(cells=cells, additions=ADDED[: chance.randint(0, 2)]),
    )

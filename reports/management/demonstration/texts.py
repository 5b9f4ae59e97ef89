"""An agency's year in prose. Every number in it comes from the same ``Year`` as the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.editions.common import PROBLEM_HALVES, TOPICS
from reports.editions.grammar import Edition, plain
from reports.editions.numbering import NUMERALS
from reports.editions.wording import period_text
from reports.sheet import Contact

from .choosing import POINTS, apart, picks
from .city import Seat, seats
from .figures import Year
from .prose import slot
from .works import WORKS

ENDINGS = (("委员会", "我委"), ("总工会", "我会"), ("镇人民政府", "我镇"), ("乡人民政府", "我乡"),
           ("街道办事处", "我街道"), ("局", "我局"))  # fmt: skip
ORDINALS = ("一是", "二是", "三是")
OUTCOMES = (  # what the prose calls the groups of part three's results
    ("予以公开", ("granted",)),
    ("部分公开", ("granted_in_part",)),
    ("不予公开", ("denied_",)),
    ("无法提供", ("unable_",)),
    ("不予处理", ("not_processed_",)),
    ("其他处理", ("closed_",)),
)


@dataclass(frozen=True)
class Writer:
    """Who writes of which year, under which name."""

    seat: Seat
    year: int
    name: str
    numbers: Year
    edition: Edition = EDITIONS[2021]

    @property
    def area(self) -> str:
        """「市」: the area whose government it is."""
        return self.name.removesuffix("人民政府")[-1]

    @property
    def we(self) -> str:
        if self.seat.kind is BodyKind.GOVERNMENT:
            return f"{self.area}政府"
        return next(we for ending, we in ENDINGS if self.name.endswith(ending))

    def say(self, name: str, count: int = 1, **words: object) -> str:
        """The next sentences of a slot, with this year's numbers in them."""
        options = slot(self.seat.kind, name)
        chosen = picks(options, f"{self.seat.slug}/{name}", self.year, count)
        work = WORKS[self.seat.work]
        said = ""
        for number, sentence in enumerate(chosen):
            about = {
                word: picks(phrases, f"{self.seat.slug}/{name}/{word}/{number}", self.year)[0]
                for word, phrases in (
                    ("field", work.fields),
                    ("subject", work.subjects),
                    ("column", work.columns),
                    ("policy", work.policies),
                )
            }
            said += sentence.format(
                year=self.year, we=self.we, area=self.area,
                **about | dict(self.numbers.facts) | words,
            )  # fmt: skip
        return said


def prose(writer: Writer, contact: Contact) -> dict[str, str]:
    """The four texts by part."""
    return {
        "preface": preface(writer, contact),
        "overview": overview(writer),
        "problems": problems(writer),
        "other_matters": fees(writer) + writer.say("besides"),
    }


def fees(writer: Writer) -> str:
    return writer.say("fee" if writer.numbers.facts["processing_cases"] else "no_fee")


def heading(number: int, title: str) -> str:
    return f"（{NUMERALS[number]}）{title}"


def preface(writer: Writer, contact: Contact) -> str:
    parts = "、".join(part.heading for part in writer.edition.parts if part.number)
    return (
        f"根据《中华人民共和国政府信息公开条例》和国务院办公厅规定的格式，{writer.name}编制了本报告。"
        f"全文由{parts}六个部分组成，所列数据的统计期限为{period_text(writer.year)}。"
        f"本报告的电子版可以在本网站“信息公开年报”栏目查阅和下载。如有疑问，请与{writer.name}"
        f"联系（地址：{contact.address}，邮编：{contact.postcode}，电话：{contact.telephone}，"
        f"电子邮箱：{contact.email}）。"
    )


def overview(writer: Writer) -> str:
    paragraphs = (
        disclosure(writer),
        applications(writer),
        writer.say("files", 2),
        writer.say("platform", 2),
        supervision(writer),
    )
    lines = [
        line
        for number, (topic, text) in enumerate(zip(TOPICS, paragraphs, strict=True))
        for line in (heading(number, topic), text)
    ]
    return "\n".join(lines)


def disclosure(writer: Writer) -> str:
    said = writer.say("disclosed") + writer.say("field", 2) + "\n" + documents(writer)
    if decided := decisions(writer):
        said += writer.say("decisions", decisions=decided)
    if writer.seat.kind is BodyKind.GOVERNMENT:
        said += writer.say("consulted")
    return said + writer.say("explained")


def documents(writer: Writer) -> str:
    figures = writer.numbers.disclosure
    rows: dict[str, Any] = {
        key: figures[f"normative_documents_{key}"] for key in ("issued", "repealed", "in_force")
    }
    if writer.seat.kind is BodyKind.UNION and rows["in_force"]:
        new, old = slot(BodyKind.UNION, "joint")
        return (new if rows["issued"] else old).format(we=writer.we, **rows)
    said = writer.say("documents", **rows)
    if writer.numbers.disclosure["rules_in_force"]:
        rules: dict[str, Any] = {key: n for key, n in figures.items() if key.startswith("rules")}
        said += writer.say("rules", **rules)
    return said


def decisions(writer: Writer) -> str:
    """「行政许可决定3件、行政处罚决定1件」, what there was none of left out."""
    counted = (
        (name, writer.numbers.disclosure[f"{row}_decided"])
        for name, row in (
            ("行政许可", "licenses"),
            ("行政处罚", "penalties"),
            ("行政强制", "coercive_measures"),
        )
    )
    return "、".join(f"{name}决定{plain(number)}件" for name, number in counted if number)


def applications(writer: Writer) -> str:
    numbers, we = writer.numbers, writer.we
    received, brought = numbers.sum("received"), numbers.sum("brought_forward")
    if not received + brought:
        return f"{writer.year}年，{we}没有收到政府信息公开申请。" + writer.say("waiting", 2)
    said = f"{writer.year}年，{we}新收政府信息公开申请{received}件"
    people = numbers.applications["natural_person"]["received"]
    if 0 < people < received:
        said += f"，其中自然人{people}件、法人或其他组织{received - people}件"
    said += f"；上年结转{brought}件。" if brought else "。"
    return said + outcomes(numbers) + remedies(writer) + writer.say("answering", 2)


def outcomes(numbers: Year) -> str:
    lines = tuple(next(iter(numbers.applications.values())))
    counted = [
        (name, numbers.sum(*(line for line in lines if matches(line, keys))))
        for name, keys in OUTCOMES
    ]
    listed = "、".join(f"{name}{number}件" for name, number in counted if number)
    done, carried = sum(number for _, number in counted), numbers.sum("carried_forward")
    said = f"办结{done}件，其中{listed}" if listed.count("、") else f"办结{done}件"
    return said + (f"；结转下年度继续办理{carried}件。" if carried else "。")


def matches(line: str, keys: tuple[str, ...]) -> bool:
    return any(line.startswith(key) if key.endswith("_") else line == key for key in keys)


def remedies(writer: Writer) -> str:
    reviewed, *litigated = (sum(each.values()) for each in writer.numbers.remedies.values())
    counted = (("行政复议", reviewed), ("行政诉讼", sum(litigated)))
    listed = "、".join(f"{name}{number}件" for name, number in counted if number)
    if not listed:
        return "没有因政府信息公开发生行政复议和行政诉讼。"
    return f"因政府信息公开发生{listed}。"


def supervision(writer: Writer) -> str:
    if not writer.name.endswith("人民政府"):  # a town's is a government too
        return writer.say("supervision", 3)
    return writer.say("supervision", 2) + "".join(
        writer.say(topic) for topic in ("assessment", "review", "accountability")
    )


def problems(writer: Writer) -> str:
    """Each measure answers one of the shortcomings."""
    pairs = list(shortcomings(writer))
    wrong, better = zip(*pairs, strict=True)
    return "\n".join(
        (
            heading(0, PROBLEM_HALVES[0]),
            writer.say("weighing") + listed(wrong),
            heading(1, PROBLEM_HALVES[1]),
            writer.say("resolving") + listed(better),
        )
    )


def shortcomings(writer: Writer) -> Iterator[tuple[str, str]]:
    work = WORKS[writer.seat.work]
    slug, year = writer.seat.slug, writer.year
    options = slot(writer.seat.kind, "shortcomings")
    if len(options) == POINTS:  # so many bodies of a kind would chance upon the same three
        peers = [each.slug for each in seats() if each.kind is writer.seat.kind]
        chosen = apart(options, peers.index(slug), year)
    else:
        chosen = picks(options, f"{slug}/shortcomings", year, 3)
    words = {
        "field": picks(work.fields, f"{slug}/wrong", year)[0],
        "policy": picks(work.policies, f"{slug}/wrong", year)[0],
    }
    for pair in chosen:
        wrong, better = pair.format(**words).split("|")
        yield wrong, better


def listed(clauses: tuple[str, ...]) -> str:
    return "；".join(map("".join, zip(ORDINALS, clauses, strict=True))) + "。"

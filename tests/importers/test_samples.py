"""The real reports beside the repository, where they are there: every figure as printed."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import reports
from reports.editions import EDITIONS
from reports.importers import read
from reports.sheet import Contact, from_json, to_json

from . import documents as make

SAMPLES = Path(reports.__file__).resolve().parents[2] / "shared" / "samples"
OLD, NEW = EDITIONS[2019], EDITIONS[2021]
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"the sample reports are not there: {SAMPLES}"
)


@dataclass(frozen=True)
class Expected:
    """What a sample says: every cell is ``others`` but for those in ``cells``."""

    file: str
    edition: int
    title: str
    agency: str
    year: int
    others: int | None
    cells: dict[str, object] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    printed: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = tuple(part.title for part in OLD.parts[1:])
    signed_by: str = ""
    signed_on: date | None = None
    contact: Contact = field(default_factory=Contact)


def lines(*keys):
    return tuple(name for key in keys for name in make.line_names(OLD, key))


TITLE = "政府信息公开工作年度报告"
OUTCOMES = [leaf.key for leaf in NEW.applications.lines[2].leaves()]
TIEXI = "四平市铁西区人力资源和社会保障局"
SAMPLES_SAY = (
    Expected(
        "qikai-union-2020.txt", 2019, f"工会2020年{TITLE}", "工会", 2020, 0,
        blank=lines("granted_in_part"),
        headings=(*(part.title for part in OLD.parts[1:4]),
                  f"4、 {OLD.part('remedies').heading}",
                  *(part.title for part in OLD.parts[5:])),
    ),
    Expected(
        "yuyao-union-2019.txt", 2019, f"余姚市总工会2019年{TITLE}", "余姚市总工会", 2019, 0,
        cells={f"applications.{column}.{line}": 1
               for column in ("natural_person", "total") for line in ("received", "outcomes_total")},
        headings=(OLD.parts[1].title, OLD.parts[2].heading, "三、公开平台建设和信息发布情况",
                  *(f"{n}、{part.heading}" for n, part in zip("四五六七", OLD.parts[3:], strict=True))),
    ),
    Expected(
        "xinfeng-union-2024.txt", 2019, "新丰县总工会2024年信息公开工作年度报告", "新丰县总工会", 2024,
        None,
        cells={"disclosure.rules_made": 0, "disclosure.rules_newly_disclosed": 0,
               "disclosure.rules_disclosed": 0, "applications.total.granted": 0,
               "applications.total.outcomes_total": 0},
        missing=lines("received", "brought_forward"),
        labels={"disclosure.disclosed": "对外公开数量", "disclosure.administrative_fees": "",
                "applications.denied_state_secret": "1、属于国家机密"},
        headings=("一、基本情况", *(part.title for part in OLD.parts[2:])),
        signed_by="新丰县总工会", signed_on=date(2024, 12, 11),
        contact=Contact(telephone="0751－2252345"),
    ),
    Expected(
        "tiexi-hr-bureau-2020.txt", 2019, f"{TIEXI}[bookmark: _GoBack]2020年{TITLE}", TIEXI, 2020, 0,
        cells={f"disclosure.{key}": number for key, number in {
            "normative_documents_made": 21, "normative_documents_newly_disclosed": 12,
            "normative_documents_disclosed": 12, "licenses_items_last_year": 5,
            "licenses_decided": 5, "other_services_items_last_year": 20534,
            "other_services_items_change": -6052, "other_services_decided": 14482,
            "central_procurement_items": 1, "central_procurement_amount": Decimal(100),
        }.items()},
        printed={"disclosure.central_procurement_amount": "100万"},
        contact=Contact("四平市铁西区海丰大街943号", "136000", "0434-3273136"),
    ),
    Expected(
        "liujiang-union-2021.txt", 2021, f"柳州市柳江区总工会2021年{TITLE}", "柳州市柳江区总工会",
        2021, 0,
        cells={"disclosure.normative_documents_issued": 1,
               "disclosure.normative_documents_in_force": 1},
        labels={f"applications.{key}": "" for key in OUTCOMES},
        signed_by="柳州市柳江区总工会", signed_on=date(2022, 1, 18),
    ),
    Expected("blank-form-2021.docx", 2021, f"{TITLE}格式模板", "", 0, None),
)  # fmt: skip


@pytest.mark.parametrize("said", SAMPLES_SAY, ids=lambda said: said.file)
def test_a_sample_is_read_as_printed(said):
    reading = read(SAMPLES / said.file)
    sheet, printed = reading.sheet, reading.sheet.printed
    names = make.figures(sheet)
    nothing = dict.fromkeys((*said.blank, *said.missing))
    assert names == dict.fromkeys(names, said.others) | said.cells | nothing
    assert (sheet.edition.key, sheet.title, sheet.agency, sheet.year) == (
        said.edition, said.title, said.agency, said.year,
    )  # fmt: skip
    assert (printed.cells, printed.labels) == (said.printed, said.labels)
    assert printed.missing == said.missing
    assert tuple(heading.text for heading in printed.headings) == said.headings
    assert (sheet.signed_by, sheet.signed_on, sheet.contact) == (
        said.signed_by, said.signed_on, said.contact,
    )  # fmt: skip
    assert to_json(from_json(to_json(sheet))) == to_json(sheet)


def test_the_local_part_and_the_prose_of_yuyao():
    sheet = read(SAMPLES / "yuyao-union-2019.txt").sheet
    prose, local = sheet.printed.additions
    assert prose.part == local.part == "disclosure"
    assert "53条（项）" in prose.text
    assert local.heading == "三、公开平台建设和信息发布情况"
    assert len(local.rows) == 15
    assert local.rows[1] == (
        "（一）主动公开政府信息数\n（不同渠道和方式公开相同信息计1条）",
        "条",
        "128",
    )
    assert local.rows[2][2] == ""
    assert sheet.other_matters == "无。"


def test_the_local_rows():
    kept = {
        name: read(SAMPLES / name).sheet.printed.additions
        for name in ("qikai-union-2020.txt", "tiexi-hr-bureau-2020.txt")
    }
    rows = {name: [a.rows for a in additions] for name, additions in kept.items()}
    assert rows["qikai-union-2020.txt"][0][0][0].endswith("（非新闻类、信息类）：")
    assert rows["tiexi-hr-bureau-2020.txt"][0][0][0].endswith("（非新闻类、消息类）：0")


def test_what_liujiang_lost_is_said():
    reading = read(SAMPLES / "liujiang-union-2021.txt")
    (note,) = reading.notes
    assert "只有 110 个数" in note
    assert "请对照原件核实" in note
    assert "[bookmark: _GoBack]" in reading.sheet.overview


def test_every_cell_of_the_blank_form_has_its_place():
    reading = read(SAMPLES / "blank-form-2021.docx")
    assert len(reading.cells) == 200
    assert all(cell.source and cell.number is None for cell in reading.cells.values())
    assert reading.sheet.overview == "（文字描述）"

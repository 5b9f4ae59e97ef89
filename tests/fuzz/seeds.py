"""Sound documents to break: every format, both editions, drawn from known sheets."""

import random
from dataclasses import dataclass, replace

from reports.editions import EDITIONS
from tests.importers import documents as make


@dataclass(frozen=True)
class Seed:
    name: str
    format: str
    data: bytes


def drawn_seeds() -> list[Seed]:
    """A dozen of each edition. Needs Django's settings for the fonts of the PDF."""
    return [seed for key in EDITIONS for seed in (*exported(key), *written(key))]


def exported(key: int) -> list[Seed]:
    """What our own exporters draw; a PDF also with its tables alone, which is read sooner."""
    from django.conf import settings

    from reports.exporters import Options, draw
    from tests.exporters.specimen import specimen

    sheet, options = specimen(key), Options(font_root=settings.FONT_ROOT)
    short = replace(sheet, preface="无。", overview="无。", problems="无。")
    found = [
        Seed(f"our {format} of {key}", format, draw(format, sheet, options).content)
        for format in ("docx", "xlsx", "html", "pdf")
    ]
    return [*found, Seed(f"short pdf of {key}", "pdf", draw("pdf", short, options).content)]


def written(key: int) -> list[Seed]:
    """As others write them: by Word, copied from a table, converted to text, in old encodings."""
    blocks = make.parts_of(make.random_sheet(EDITIONS[key], seed=random.Random(key).randrange(99)))
    lines, sheet = make.as_lines(blocks), make.as_spreadsheet(blocks)
    page = "".join(map(html_block, blocks))
    head = '<!DOCTYPE html><html><head><meta charset="{}"></head><body><div>'
    return [
        Seed(f"word's docx of {key}", "docx", make.as_docx(blocks)),
        Seed(f"lines of {key}", "txt", lines),
        Seed(f"tabs of {key}", "txt", sheet),
        Seed(f"lines in GB18030 of {key}", "txt", lines.decode().encode("gb18030")),
        Seed(f"page of {key}", "html", (head.format("utf-8") + page).encode()),
        Seed(f"page in GBK of {key}", "html", (head.format("gbk") + page).encode("gb18030")),
    ]


def html_block(block: str | make.Rows) -> str:
    if isinstance(block, str):
        return f"<p>{block}</p>\n"
    rows = "".join(
        "<tr>"
        + "".join(f"<td rowspan={c.rows} colspan={c.columns}>{c.text}</td>" for c in row)
        + "</tr>\n"
        for row in block
    )
    return f"<table>{rows}</table>\n"

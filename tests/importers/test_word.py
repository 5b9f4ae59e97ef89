"""What only a .docx has: automatic numbers, revisions, controls, nested tables, text boxes."""

import copy

from docx import Document as new_docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from reports.editions import EDITIONS

from . import documents as make

EDITION = EDITIONS[2021]


def document_of(sheet=None):
    from io import BytesIO

    return new_docx(BytesIO(make.as_docx(make.parts_of(sheet or make.random_sheet(EDITION)))))


def paragraph_with(document, text):
    return next(p for p in document.paragraphs if text in p.text)


def read(document):
    return make.reading_of(make.saved(document))


def test_tracked_changes_are_read_as_accepted():
    document = document_of()
    element = paragraph_with(document, "一是更新")._p
    element.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>新增。</w:t></w:r></w:ins>"))
    element.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>旧文。</w:delText></w:r></w:del>")
    )
    reading = read(document)
    assert reading.sheet.problems.startswith("一是更新不够及时。新增。\n")
    assert "修订中已删除的内容没有读取。" in reading.notes


def test_a_deleted_row_is_not_read():
    sheet = make.random_sheet(EDITION)
    document = document_of(sheet)
    row = document.tables[0].rows[2]._tr
    twin = copy.deepcopy(row)
    twin.append(twin.get_or_add_trPr())
    twin.trPr.append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    row.addprevious(twin)
    for text in twin.iter(qn("w:t")):
        text.text = text.text.replace("2201", "7")
    assert make.figures(read(document).sheet) == make.figures(sheet)


def test_content_controls_are_looked_into():
    sheet = make.random_sheet(EDITION)
    document = document_of(sheet)
    table = document.tables[1]._tbl
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    table.addprevious(control)
    control[0].append(table)
    title = paragraph_with(document, sheet.title)._p
    run = title.findall(qn("w:r"))[0]
    inner = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    run.addprevious(inner)
    inner[0].append(run)
    reading = read(document)
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.sheet.title == sheet.title


def test_text_boxes_and_hidden_text_are_left_out_and_said():
    document = document_of()
    element = paragraph_with(document, "一是更新")._p
    element.append(parse_xml(
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    ))  # fmt: skip
    element.append(
        parse_xml(f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>")
    )
    reading = read(document)
    assert reading.sheet.problems.startswith("一是更新不够及时。\n")
    assert {"文本框和图形中的文字没有读取。", "隐藏的文字没有读取。"} <= set(reading.notes)


def test_a_report_laid_out_inside_a_table():
    sheet = make.random_sheet(EDITION)
    document = document_of(sheet)
    body = document.element.body
    blocks = [each for each in body if each.tag in (qn("w:p"), qn("w:tbl"))]
    outer = document.add_table(1, 1)
    cell = outer.cell(0, 0)._tc
    for each in blocks:
        cell.append(each)
    reading = read(document)
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.sheet.overview == sheet.overview
    assert reading.notes == ("表格中套有表格，逐格拆开读取。",)


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2."/></w:lvl>'
)


def numbered(document, paragraph, level, text):
    paragraph.text = text
    paragraph._p.get_or_add_pPr().append(parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    ))  # fmt: skip


def test_automatic_numbers_are_read_as_they_are_printed():
    sheet = make.random_sheet(EDITION)
    document = document_of(sheet)
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{LEVELS}</w:abstractNum>'
    ))  # fmt: skip
    numbering.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    ))  # fmt: skip
    for part in EDITION.parts[1:]:
        numbered(document, paragraph_with(document, part.title), 0, part.heading)
    numbered(document, paragraph_with(document, "一是更新"), 1, "更新不够及时。")
    reading = read(document)
    printed = [heading.text for heading in reading.sheet.printed.headings]
    assert printed == [part.title for part in EDITION.parts[1:]]
    assert reading.sheet.problems.startswith("1.更新不够及时。\n")
    assert make.figures(reading.sheet) == make.figures(sheet)


def test_a_soft_line_break_in_the_title_is_none_in_the_title():
    sheet = make.random_sheet(EDITION)
    document = document_of(sheet)
    title = paragraph_with(document, sheet.title)
    title.text = f"{make.AGENCY}\n2021年政府信息公开工作年度报告"
    assert read(document).sheet.title == sheet.title

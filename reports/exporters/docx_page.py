"""Page, styles and page numbers of the Word document (GB/T 9704-2012, 5 to 7)."""

from typing import cast

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer, _Header
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

TITLE, FANG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
SIZE = 16  # 3号
PITCH = 28.9  # 22 lines in 225 mm
SQUEEZE = -5  # twentieths of a point a character: 28 of 16 pt are wider than 156 mm
DRAFT = "送审稿　未公布"


def child(parent: BaseOxmlElement, tag: str) -> BaseOxmlElement:
    """The parent's child of this tag, made where it has none."""
    found = parent.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        parent.append(found)
    return cast(BaseOxmlElement, found)


def set_fonts(properties: BaseOxmlElement, face: str) -> None:
    """One face for Chinese and for half-width characters; no theme's fonts."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def add_before(properties: BaseOxmlElement, successor: str, tag: str, value: int) -> None:
    made = cast(BaseOxmlElement, OxmlElement(tag))
    made.set(qn("w:val"), str(value))
    properties.insert_element_before(made, successor)


def set_styles(word: WordDocument) -> None:
    set_style(word, "Normal", FANG)
    set_style(word, "Title", TITLE, size=22, pitch=36)
    set_style(word, "Heading 1", HEI)
    set_style(word, "Heading 2", HEI)
    set_style(word, "Heading 3", KAI)
    set_style(word, "Footer", SONG, size=14, pitch=14)
    set_style(word, "Header", HEI, size=14, pitch=14)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    title = paragraph_style(word, "Title")
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(PITCH)
    add_switches(title, "w:snapToGrid")
    add_switches(paragraph_style(word, "Normal"), "w:autoSpaceDE", "w:autoSpaceDN")
    for level in (1, 2, 3):
        heading = paragraph_style(word, f"Heading {level}")
        heading.paragraph_format.keep_with_next = True
        set_first_line(heading.element.get_or_add_pPr())


AFTER_SWITCHES = ("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc",
                  "w:outlineLvl")  # fmt: skip


def add_switches(style: ParagraphStyle, *tags: str) -> None:
    """Turns off what Word does by itself: line grid, gaps beside half-width characters."""
    for tag in tags:
        switch = OxmlElement(tag)
        switch.set(qn("w:val"), "0")
        later = [each for each in AFTER_SWITCHES if each != tag]
        style.element.get_or_add_pPr().insert_element_before(switch, *later)


FALLBACKS = {TITLE: "方正小标宋_GBK;华文中宋;宋体", FANG: "仿宋;FangSong", KAI: "楷体;KaiTi"}


def name_fallbacks(word: WordDocument) -> None:
    """Where a typeface is missing: the next best, by the font table's other names."""
    part = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = parse_xml(part.blob)
    for face, others in FALLBACKS.items():
        font, name = OxmlElement("w:font"), OxmlElement("w:altName")
        font.set(qn("w:name"), face)
        name.set(qn("w:val"), others)
        font.append(name)
        fonts.append(font)
    part._blob = serialize_part_xml(fonts)


def paragraph_style(word: WordDocument, name: str) -> ParagraphStyle:
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def set_style(
    word: WordDocument, name: str, face: str, size: float = SIZE, pitch: float = PITCH
) -> None:
    style = paragraph_style(word, name)
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    set_fonts(properties, face)
    for tag in ("w:spacing", "w:kern"):  # the default template spreads its title
        for each in properties.findall(qn(tag)):
            properties.remove(each)
    if size == SIZE:
        add_before(properties, "w:sz", "w:spacing", SQUEEZE)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(pitch)
    for each in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.get_or_add_pPr().remove(each)


def set_first_line(properties: CT_PPr) -> None:
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(2 * SIZE * 20))


def indent_first_line(paragraph: Paragraph) -> None:
    set_first_line(paragraph._p.get_or_add_pPr())


def set_page(word: WordDocument, *, draft: bool) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance, section.header_distance = Mm(25.5), Mm(25)
    grid = child(section._sectPr, "w:docGrid")
    grid.set(qn("w:type"), "lines")  # a grid of characters comes out differently in each program
    grid.set(qn("w:linePitch"), str(round(PITCH * 20)))
    word.settings.odd_and_even_pages_header_footer = True
    add_page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    add_page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    if draft:
        mark_draft(section)


def add_page_number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """「— 1 —」, one character from the edge."""
    paragraph = own_paragraph(footer, side)
    edge = "left" if side is WD_ALIGN_PARAGRAPH.LEFT else "right"
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{edge}"), str(14 * 20))
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def own_paragraph(edge: _Footer | _Header, side: WD_ALIGN_PARAGRAPH) -> Paragraph:
    edge.is_linked_to_previous = False
    paragraph: Paragraph = edge.paragraphs[0]
    paragraph.alignment = side
    return paragraph


def mark_draft(section: Section) -> None:
    for header in (section.header, section.even_page_header):
        own_paragraph(header, WD_ALIGN_PARAGRAPH.CENTER).add_run(DRAFT)

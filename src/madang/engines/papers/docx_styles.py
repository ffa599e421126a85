"""Styles of a DOCX: our paper's sizes and colours on Word's own style names."""

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from madang.engines.papers import look

SANS = "맑은 고딕"
SERIF = "바탕"
# The order of a paragraph's properties from here on, as the schema wants it.
AFTER_SPACE = (
    *("w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
    *("w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl"),
)


def set_styles(word: Word, language: str) -> None:
    """Set the styles of body, title, headings, captions, notes, voices, head and foot."""
    normal = shaped(word, "Normal", 10.5, after=5, line=1.5)
    _language(normal, language)
    shaped(word, "Title", 19, bold=True, before=2, after=12, line=1.2)
    for level, size in enumerate(look.HEADING_POINTS, 1):
        shaped(word, f"Heading {level}", size, bold=True, before=20 - 3 * level, after=6, line=1.2, keep=True)
    shaped(word, "Madang Kicker", 10.5, colour=look.DIM, after=0, keep=True)
    caption = shaped(word, "Madang Caption", 8.5, bold=True, colour=look.DIM, before=8, after=3, line=1.2, keep=True)
    caption.paragraph_format.tab_stops.add_tab_stop(Mm(176), WD_TAB_ALIGNMENT.RIGHT)
    shaped(word, "Madang Note", 8.5, colour=look.DIM, before=4, after=4, line=1.35)
    voice = shaped(word, "Madang Voice", 10.5, font=SERIF, before=4, after=0)
    voice.paragraph_format.left_indent = Mm(4)
    voice.paragraph_format.keep_with_next = True
    dash = shaped(word, "Madang Dash", 10.5, after=2, line=1.5)
    dash.paragraph_format.left_indent, dash.paragraph_format.first_line_indent = Mm(4), Mm(-4)
    dash.paragraph_format.tab_stops.add_tab_stop(Mm(4))
    party = shaped(word, "Madang Party", 11, before=14, keep=True)
    party.paragraph_format.left_indent = Mm(60)
    party.paragraph_format.tab_stops.add_tab_stop(Mm(106))
    party.paragraph_format.tab_stops.add_tab_stop(Mm(174), WD_TAB_ALIGNMENT.RIGHT)
    _head_and_foot(word)


def _head_and_foot(word: Word) -> None:
    head = shaped(word, "Header", 8.5, colour=look.DIM, after=6, line=1.2)
    head.paragraph_format.tab_stops.clear_all()
    head.paragraph_format.tab_stops.add_tab_stop(Mm(176), WD_TAB_ALIGNMENT.RIGHT)
    rule(head, look.LINE)
    foot = shaped(word, "Footer", 8.5, colour=look.DIM, line=1.2)
    foot.paragraph_format.alignment = 1


def shaped(
    word: Word,
    name: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = look.INK,
    font: str = SANS,
    before: float = 0,
    after: float = 0,
    line: float = 1.35,
    keep: bool = False,
) -> ParagraphStyle:
    """Shape a paragraph style (made when it is not there): sizes and distances in points."""
    styles = word.styles
    there = [style.name for style in styles]
    style = styles[name] if name in there else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    _font(style, font)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.keep_with_next, shape.widow_control = keep, True
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)
    _close(style)
    return style


def _close(style: ParagraphStyle) -> None:
    """Set 2020년 without the gap Word puts between figures or Latin letters and Korean."""
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
        mark = style.element.pPr.find(qn(tag))
        if mark is None:
            mark = OxmlElement(tag)
            style.element.pPr.insert_element_before(mark, *AFTER_SPACE[AFTER_SPACE.index(tag) + 1 :])
        mark.set(qn("w:val"), "0")


def _font(style: ParagraphStyle, font: str) -> None:
    """Name the font for every script and drop the theme's, which would win over it."""
    style.font.name = font
    fonts = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)


def _language(style: ParagraphStyle, language: str) -> None:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), "ko-KR" if language == "ko" else "en-GB")
    mark.set(qn("w:eastAsia"), "ko-KR")
    style.element.rPr.append(mark)


def rule(style: ParagraphStyle, colour: str) -> None:
    """Draw a hairline under the paragraphs of a style."""
    border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "4"), ("space", "5"), ("color", colour)):
        bottom.set(qn(f"w:{key}"), value)
    border.append(bottom)
    style.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:wordWrap", *AFTER_SPACE
    )

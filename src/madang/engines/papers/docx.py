"""A paper as DOCX: Word's own headings, repeating table heads, page numbers as fields."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from madang.engines.papers import look, model
from madang.engines.papers.docx_styles import set_styles
from madang.engines.papers.docx_table import add_grid
from madang.engines.papers.grid import field_grid, table_grid
from madang.engines.papers.text import WORDS, cleaned, head_words, runs, unit_words
from madang.engines.papers.zipped import repacked

UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def to_docx(paper: model.Paper, *, at: datetime | None = None) -> bytes:
    """Write a paper as DOCX on A4; `at` is the date of making in its properties. The same arguments, the same bytes."""
    paper = cleaned(paper)
    word = Document()
    set_styles(word, paper.language)
    set_properties(word, paper, at or UNDATED)
    set_page(word, paper)
    if paper.kicker:
        add_text(word, paper.kicker, style="Madang Kicker")
    add_text(word, paper.title, style="Title")
    for block in paper.blocks:
        BLOCKS[type(block)](word, block, paper)
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())


def set_properties(word: Word, paper: model.Paper, at: datetime) -> None:
    """Write title, language, record number and dates into the document's properties."""
    core = word.core_properties
    core.title = paper.title[:255]
    core.subject = paper.running[:255]
    core.author = core.last_modified_by = core.comments = ""
    core.keywords = head_words(paper.record_number, paper.status_mark)[:255]
    core.language = "ko-KR" if paper.language == "ko" else "en-GB"
    core.created = core.modified = at
    core.revision = 1


def set_page(word: Word, paper: model.Paper) -> None:
    """Set A4 with the plan, record number and status at the head and the page number at the foot."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin, section.bottom_margin = Mm(30), Mm(22)
    section.header_distance, section.footer_distance = Mm(16), Mm(10)
    head = section.header.paragraphs[0]
    head.style = word.styles["Header"]
    head.add_run((paper.running or paper.title).replace("\n", " "))
    head.add_run("\t" + head_words(paper.record_number, paper.status_mark))
    foot = section.footer.paragraphs[0]
    foot.style = word.styles["Footer"]
    add_field(foot, "PAGE")
    foot.add_run(" / ")
    add_field(foot, "NUMPAGES")


def add_field(paragraph: WordParagraph, code: str) -> None:
    """Add a field Word computes: PAGE or NUMPAGES."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def add_text(word: Word, text: model.Text, *, style: str = "Normal", align: str = "left") -> WordParagraph:
    """Add a paragraph of runs in a style."""
    paragraph = word.add_paragraph(style=style)
    if align != "left":
        paragraph.alignment = ALIGN[align]
    for run in runs(text):
        paragraph.add_run(run.text).bold = run.bold or None
    return paragraph


def _heading(word: Word, block: model.Heading, paper: model.Paper) -> None:
    paragraph = word.add_paragraph(style=f"Heading {block.level}")
    if block.number:
        number = paragraph.add_run(block.number + "  ")
        number.font.color.rgb = RGBColor.from_string(look.PINE)
    paragraph.add_run(block.text)


def _bullets(word: Word, block: model.Bullets, paper: model.Paper) -> None:
    for item in block.items:
        paragraph = word.add_paragraph(style="Madang Dash")
        paragraph.add_run("–\t").font.color.rgb = RGBColor.from_string(look.THREAD)
        for run in runs(item):
            paragraph.add_run(run.text).bold = run.bold or None


def _quote(word: Word, block: model.Quote, paper: model.Paper) -> None:
    add_text(word, block.text, style="Madang Voice")
    if block.by:
        add_text(word, block.by, style="Madang Note").paragraph_format.left_indent = Mm(4)


def _page_break(word: Word, block: model.PageBreak, paper: model.Paper) -> None:
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _fields(word: Word, block: model.FieldTable, paper: model.Paper) -> None:
    add_grid(word, field_grid(block), boxed=True)


def _table(word: Word, block: model.Table, paper: model.Paper) -> None:
    unit = unit_words(block.unit, paper.language)
    if block.caption or unit:
        caption = add_text(word, block.caption, style="Madang Caption")
        if unit:
            caption.add_run("\t" + unit).bold = False
    add_grid(word, table_grid(block))
    for note in block.notes:
        add_text(word, note, style="Madang Note")


def _signatures(word: Word, block: model.Signatures, paper: model.Paper) -> None:
    for text in (block.statement, block.date):
        if text:
            paragraph = add_text(word, text, align="center")
            paragraph.paragraph_format.space_before = Pt(18)
            paragraph.paragraph_format.keep_with_next = True
    for party in block.parties:
        mark = WORDS[paper.language]["seal" if party.seal else "sign"]
        paragraph = word.add_paragraph(style="Madang Party")
        paragraph.add_run(party.role + "\t")
        paragraph.add_run(party.name).bold = True
        paragraph.add_run("\t" + mark).font.color.rgb = RGBColor.from_string(look.DIM)
    if block.to:
        paragraph = add_text(word, (model.Run(block.to, bold=True),))
        paragraph.paragraph_format.space_before = Pt(24)
        paragraph.runs[0].font.size = Pt(13)


Add = Callable[[Word, Any, model.Paper], object]
BLOCKS: dict[type, Add] = {
    model.Heading: _heading,
    model.Paragraph: lambda word, block, _: add_text(word, block.text),
    model.Bullets: _bullets,
    model.Quote: _quote,
    model.Note: lambda word, block, _: add_text(word, block.text, style="Madang Note"),
    model.PageBreak: _page_break,
    model.FieldTable: _fields,
    model.Table: _table,
    model.Signatures: _signatures,
}

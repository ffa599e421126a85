"""A paper as HWPX, the editable form Korean offices exchange."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from madang.engines.papers import hwpx_styles as styles
from madang.engines.papers import look, model
from madang.engines.papers.grid import field_grid, table_grid
from madang.engines.papers.hwpx_package import UNDATED, content_part, empty_parts, header_part, new_looks, package
from madang.engines.papers.hwpx_styles import Letters, Lines, Looks, Style, units
from madang.engines.papers.hwpx_table import table_xml
from madang.engines.papers.text import WORDS, cleaned, head_words, runs, unit_words, words

TAB = '<hp:tab width="4000" leader="0" type="2"/>'
PAGE = (  # A4; the head and the foot lie between the outer margins and the text
    '<hp:pagePr landscape="WIDELY" width="59528" height="84186" gutterType="LEFT_ONLY"><hp:margin header="{head}" '
    'footer="{foot}" gutter="0" left="{side}" right="{side}" top="{top}" bottom="{bottom}"/></hp:pagePr>'
).format(head=units(1300), foot=units(1100), side=units(1700), top=units(1600), bottom=units(1100))
PREVIEW = 1000


def to_hwpx(paper: model.Paper, *, at: datetime | None = None) -> bytes:
    """Write a paper as HWPX on A4; `at` is the date of making in its properties. The same arguments, the same bytes.

    `check_hwpx` finds nothing wrong in what this writes.
    """
    paper = cleaned(paper)
    parts = empty_parts()
    section = Section(new_looks(parts["Contents/header.xml"]), paper)
    body = section.write(parts["Contents/section0.xml"])
    return package(
        parts,
        header=header_part(parts["Contents/header.xml"], section.looks, paper.language),
        section=body,
        content=content_part(parts["Contents/content.hpf"], paper, at or UNDATED),
        preview="\r\n".join([paper.title, *section.said])[:PREVIEW],
    )


class Section:
    """The text of a paper, written paragraph by paragraph into one section."""

    def __init__(self, looks: Looks, paper: model.Paper) -> None:
        self.looks = looks
        self.paper = paper
        self.said: list[str] = []
        self.paragraphs: list[str] = []
        self.tables = 0
        self.breaking = False

    def write(self, empty: str) -> str:
        """Return the section: the empty one's page made ours, head and foot, title, then every block."""
        opening = self.opening(empty)
        if self.paper.kicker:
            self.say(self.paper.kicker, styles.KICKER)
        self.say(self.paper.title, styles.TITLE)
        for block in self.paper.blocks:
            BLOCKS[type(block)](self, block)
        return opening.replace("</hs:sec>", "".join(self.paragraphs) + "</hs:sec>")

    def opening(self, empty: str) -> str:
        """Return the empty section with our page, headings without numbers, the head and the foot."""
        page = re.sub(r"<hp:pagePr .*?</hp:pagePr>", PAGE, empty, count=1)
        page = page.replace('outlineShapeIDRef="1"', f'outlineShapeIDRef="{styles.EMPTY_NUMBERING}"', 1)
        page = re.sub(r"<hp:linesegarray>.*?</hp:linesegarray>", "", page)
        head = (self.paper.running or self.paper.title).replace("\n", " ")
        mark = head_words(self.paper.record_number, self.paper.status_mark).replace("\n", " ")
        lines = Lines(height=130, tab=styles.FIT_TAB, border=self.looks.under_head)
        above = self.paragraph(f"<hp:t>{escape(head)}{TAB}{escape(mark)}</hp:t>", styles.HEAD, lines=lines)
        below = self.paragraph(_counter("PAGE") + "<hp:t> / </hp:t>" + _counter("TOTAL_PAGE"), styles.FOOT)
        sides = _side("header", 1, "TOP", above, 1300) + _side("footer", 2, "BOTTOM", below, 1100)
        return page.replace("</hp:ctrl></hp:run>", f"</hp:ctrl>{sides}</hp:run>", 1)

    def say(
        self, text: model.Text, style: Style, *, after: str = "", before: tuple[model.Run, str] | None = None
    ) -> None:
        """Add a paragraph of runs in a style; `before` is a first run in a colour, `after` goes to the right edge."""
        self.said.append(words(text))
        drawn = ""
        if before:
            run, colour = before
            drawn += self.run(run.text, Letters(style.letters.size, colour, run.bold, style.letters.face))
        for run in runs(text):
            bold = run.bold or style.letters.bold
            drawn += self.run(run.text, Letters(style.letters.size, style.letters.colour, bold, style.letters.face))
        if after:
            letters = Letters(style.letters.size, style.letters.colour)
            drawn += (
                f'<hp:run charPrIDRef="{self.looks.letters.number(letters)}"><hp:t>{TAB}{escape(after)}</hp:t></hp:run>'
            )
        self.add(drawn or self.run("", style.letters), style)

    def run(self, text: str, letters: Letters) -> str:
        """Return a run; a line feed is a line break inside it."""
        inside = "<hp:lineBreak/>".join(escape(line) for line in text.split("\n"))
        return f'<hp:run charPrIDRef="{self.looks.letters.number(letters)}"><hp:t>{inside}</hp:t></hp:run>'

    def add(self, runs_xml: str, style: Style) -> None:
        """Add a paragraph made of runs, on a new page when a page break came before."""
        number = len(self.paragraphs) + 1
        self.paragraphs.append(self.enclosed(runs_xml, style, style.lines, number, new_page=self.breaking))
        self.breaking = False

    def paragraph(self, inside: str, style: Style, *, lines: Lines | None = None) -> str:
        """Return a paragraph of one run holding `inside`."""
        run = f'<hp:run charPrIDRef="{self.looks.letters.number(style.letters)}">{inside}</hp:run>'
        return self.enclosed(run, style, lines or style.lines, 0)

    def enclosed(self, runs_xml: str, style: Style, lines: Lines, number: int, *, new_page: bool = False) -> str:
        """Return runs enclosed in a paragraph."""
        return (
            f'<hp:p id="{number}" paraPrIDRef="{self.looks.lines.number(lines)}" '
            f'styleIDRef="{self.looks.styles.number(style)}" pageBreak="{int(new_page)}" columnBreak="0" merged="0">'
            f"{runs_xml}</hp:p>"
        )

    def draw(self, xml: str) -> None:
        """Add a paragraph that holds a table."""
        self.add(
            f'<hp:run charPrIDRef="{self.looks.letters.number(styles.BODY.letters)}">{xml}<hp:t/></hp:run>', styles.CELL
        )


def _counter(kind: str) -> str:
    shape = '<hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar="" supscript="0"/>'
    return f'<hp:ctrl><hp:autoNum num="1" numType="{kind}">{shape}</hp:autoNum></hp:ctrl>'


def _side(name: str, number: int, align: str, paragraph: str, height: int) -> str:
    return (
        f'<hp:ctrl><hp:{name} id="{number}" applyPageType="BOTH"><hp:subList id="" textDirection="HORIZONTAL" '
        f'lineWrap="BREAK" vertAlign="{align}" linkListIDRef="0" linkListNextIDRef="0" textWidth="{units(17600)}" '
        f'textHeight="{units(height)}" hasTextRef="0" hasNumRef="0">{paragraph}</hp:subList></hp:{name}></hp:ctrl>'
    )


def _heading(section: Section, block: model.Heading) -> None:
    number = (model.Run(block.number + "  ", bold=True), look.PINE) if block.number else None
    section.say(block.text, styles.HEADINGS[block.level - 1], before=number)


def _bullets(section: Section, block: model.Bullets) -> None:
    for item in block.items:
        section.say(item, styles.DASH, before=(model.Run("–  "), look.THREAD))


def _quote(section: Section, block: model.Quote) -> None:
    section.say(block.text, styles.VOICE)
    if block.by:
        section.say(block.by, styles.BY)


def _break(section: Section, block: model.PageBreak) -> None:
    section.breaking = True


def _fields(section: Section, block: model.FieldTable) -> None:
    section.tables += 1
    section.draw(table_xml(field_grid(block), section.looks, section.tables, boxed=True))


def _table(section: Section, block: model.Table) -> None:
    unit = unit_words(block.unit, section.paper.language)
    if block.caption or unit:
        section.say(block.caption, styles.CAPTION, after=unit)
    section.tables += 1
    section.draw(table_xml(table_grid(block), section.looks, section.tables))
    for note in block.notes:
        section.say(note, styles.NOTE)


def _signatures(section: Section, block: model.Signatures) -> None:
    for text in (block.statement, block.date):
        if text:
            section.say(text, styles.CENTRED)
    for party in block.parties:
        mark = WORDS[section.paper.language]["seal" if party.seal else "sign"]
        name = model.Run(party.name or " " * 12, bold=True)
        section.say((model.Run(party.role + "    "), name, model.Run("    " + mark)), styles.PARTY)
    if block.to:
        section.say(block.to, styles.TO)


BLOCKS: dict[type, Callable[[Section, Any], None]] = {
    model.Heading: _heading,
    model.Paragraph: lambda section, block: section.say(block.text, styles.BODY),
    model.Bullets: _bullets,
    model.Quote: _quote,
    model.Note: lambda section, block: section.say(block.text, styles.NOTE),
    model.PageBreak: _break,
    model.FieldTable: _fields,
    model.Table: _table,
    model.Signatures: _signatures,
}

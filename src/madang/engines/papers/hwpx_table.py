"""Tables of an HWPX, drawn from a grid: exact widths, repeating head rows, rows that stay whole."""

from dataclasses import replace
from xml.sax.saxutils import escape

from madang.engines.papers import look
from madang.engines.papers.grid import Grid, GridCell
from madang.engines.papers.hwpx_styles import CELL, Edges, Letters, Looks, units
from madang.engines.papers.text import runs

SIDE, UPRIGHT = 200, 110  # margins inside a cell, in hundredths of a millimetre
HAIR = ("0.12 mm", look.LINE)


def table_xml(grid: Grid, looks: Looks, number: int, *, boxed: bool = False) -> str:
    """Return the table element of a grid; `number` tells the document's tables apart."""
    ends = [units(sum(grid.widths[:at])) for at in range(len(grid.widths) + 1)]
    heights = [grid.lines(row) * units(grid.size * 3.528 * 1.4) + 2 * units(UPRIGHT) for row in range(len(grid.rows))]
    rows = "".join(
        "<hp:tr>" + "".join(_cell(grid, cell, looks, ends, heights, boxed=boxed) for cell in row) + "</hp:tr>"
        for row in grid.rows
    )
    margin = f'left="{units(SIDE)}" right="{units(SIDE)}" top="{units(UPRIGHT)}" bottom="{units(UPRIGHT)}"'
    return (
        f'<hp:tbl id="{number}" zOrder="{number}" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" '
        'textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="TABLE" '
        f'repeatHeader="{int(grid.head_rows > 0)}" rowCnt="{len(grid.rows)}" colCnt="{len(grid.widths)}" '
        f'cellSpacing="0" borderFillIDRef="{looks.edges.number(Edges())}" noAdjust="0">'
        f'<hp:sz width="{ends[-1]}" widthRelTo="ABSOLUTE" height="{sum(heights)}" heightRelTo="ABSOLUTE" protect="0"/>'
        '<hp:pos treatAsChar="0" affectLSpacing="0" flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" '
        'vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
        f'<hp:outMargin left="0" right="0" top="0" bottom="{units(150)}"/><hp:inMargin {margin}/>{rows}</hp:tbl>'
    )


def _edges(grid: Grid, cell: GridCell, *, boxed: bool) -> Edges:
    """Return the lines of a cell: strong around a boxed table, under the head and over the total."""
    ground = look.SUNK if cell.shaded else ""
    last = cell.row + cell.rows
    if boxed:
        strong = ("0.4 mm", look.INK)
        return Edges(strong if cell.row == 0 else None, strong if last == len(grid.rows) else HAIR, ground)
    if cell.role == "total":
        return Edges(("0.3 mm", look.PINE), HAIR, ground)
    return Edges(None, ("0.2 mm", look.EDGE) if last == grid.head_rows else HAIR, ground)


def _cell(grid: Grid, cell: GridCell, looks: Looks, ends: list[int], heights: list[int], *, boxed: bool) -> str:
    width = ends[cell.column + cell.columns] - ends[cell.column]
    height = sum(heights[cell.row : cell.row + cell.rows])
    lines = looks.lines.number(replace(CELL.lines, align=cell.align))
    upright = "BOTTOM" if cell.role == "head" else "CENTER" if cell.role == "label" else "TOP"
    return (
        f'<hp:tc name="" header="{int(cell.role == "head")}" hasMargin="0" protect="0" editable="0" dirty="0" '
        f'borderFillIDRef="{looks.edges.number(_edges(grid, cell, boxed=boxed))}"><hp:subList id="" '
        f'textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="{upright}" linkListIDRef="0" linkListNextIDRef="0" '
        'textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0">'
        f'<hp:p id="0" paraPrIDRef="{lines}" styleIDRef="{looks.styles.number(CELL)}" pageBreak="0" columnBreak="0" '
        f'merged="0">{_runs(grid, cell, looks)}</hp:p></hp:subList>'
        f'<hp:cellAddr colAddr="{cell.column}" rowAddr="{cell.row}"/>'
        f'<hp:cellSpan colSpan="{cell.columns}" rowSpan="{cell.rows}"/><hp:cellSz width="{width}" height="{height}"/>'
        f'<hp:cellMargin left="{units(SIDE)}" right="{units(SIDE)}" top="{units(UPRIGHT)}" bottom="{units(UPRIGHT)}"/>'
        "</hp:tc>"
    )


def _runs(grid: Grid, cell: GridCell, looks: Looks) -> str:
    colour = look.DIM if cell.role == "head" else look.INK
    size = min(grid.size, 85) if cell.role == "head" else grid.size
    drawn = ""
    for run in runs(cell.text):
        number = looks.letters.number(Letters(size, colour, cell.bold or run.bold))
        inside = "<hp:lineBreak/>".join(escape(line) for line in run.text.split("\n"))
        drawn += f'<hp:run charPrIDRef="{number}"><hp:t>{inside}</hp:t></hp:run>'
    return drawn or f'<hp:run charPrIDRef="{looks.letters.number(Letters(size, colour, cell.bold))}"><hp:t/></hp:run>'

"""Tables of a DOCX, drawn from a grid: fixed widths, repeating heads, rows that stay whole."""

from typing import Any

from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from madang.engines.papers import look
from madang.engines.papers.grid import Grid, GridCell
from madang.engines.papers.text import runs

TWENTIETHS = 1440 / 2540  # of a point, for a hundredth of a millimetre


def add_grid(word: Word, grid: Grid, *, boxed: bool = False) -> None:
    """Add a grid to the document as a table of exact widths; a boxed one has strong lines above and below."""
    widths = [round(width * TWENTIETHS) for width in grid.widths]
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{sum(widths)}' w:type='dxa'/>"
        f"<w:tblInd w:w='110' w:type='dxa'/>{_borders(boxed)}<w:tblLayout w:type='fixed'/>"
        "<w:tblCellMar><w:top w:w='60' w:type='dxa'/>"
        "<w:left w:w='110' w:type='dxa'/><w:bottom w:w='60' w:type='dxa'/><w:right w:w='110' w:type='dxa'/>"
        "</w:tblCellMar></w:tblPr><w:tblGrid/></w:tbl>"
    )
    columns = table.find(qn("w:tblGrid"))
    for width in widths:
        columns.append(_element("w:gridCol", w=str(width)))
    below = {cell.column: cell for row in grid.rows[: grid.head_rows] for cell in row if cell.rows > 1}
    for place, cells in enumerate(grid.rows):
        table.append(_row(grid, place, cells, widths, below if 0 < place < grid.head_rows else {}))
    body = word.element.body
    body.insert(len(body) - 1, table)
    gap = word.add_paragraph()
    gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(6)


def _borders(boxed: bool) -> str:
    outer = ("12", look.INK) if boxed else ("4", look.LINE)
    lines = (("top", *outer), ("bottom", *outer), ("insideH", "4", look.LINE))
    drawn = "".join(f"<w:{side} w:val='single' w:sz='{size}' w:space='0' w:color='{c}'/>" for side, size, c in lines)
    return f"<w:tblBorders>{drawn}</w:tblBorders>"


def _element(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _row(grid: Grid, place: int, cells: tuple[GridCell, ...], widths: list[int], above: dict[int, GridCell]) -> Any:
    row, shape = OxmlElement("w:tr"), OxmlElement("w:trPr")
    shape.append(OxmlElement("w:cantSplit"))
    if place < grid.head_rows:
        shape.append(OxmlElement("w:tblHeader"))
    row.append(shape)
    drawn = [(cell.column, _cell(cell, widths, grid.size)) for cell in cells]
    drawn += [(column, _continued(widths[column])) for column in above]
    for _, cell in sorted(drawn, key=lambda pair: pair[0]):
        row.append(cell)
    return row


def _continued(width: int) -> Any:
    """Make the empty cell under one that reaches down."""
    cell, shape = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    shape.append(_element("w:tcW", w=str(width), type="dxa"))
    shape.append(OxmlElement("w:vMerge"))
    shape.append(_element("w:shd", val="clear", color="auto", fill=look.SUNK))
    cell.append(shape)
    cell.append(OxmlElement("w:p"))
    return cell


def _cell(cell: GridCell, widths: list[int], size: int) -> Any:
    drawn, shape = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    width = sum(widths[cell.column : cell.column + cell.columns])
    shape.append(_element("w:tcW", w=str(width), type="dxa"))
    if cell.columns > 1:
        shape.append(_element("w:gridSpan", val=str(cell.columns)))
    if cell.rows > 1:
        shape.append(_element("w:vMerge", val="restart"))
    if cell.role == "total":
        borders = OxmlElement("w:tcBorders")
        borders.append(_element("w:top", val="single", sz="8", space="0", color=look.PINE))
        shape.append(borders)
    if cell.shaded:
        shape.append(_element("w:shd", val="clear", color="auto", fill=look.SUNK))
    if cell.align == "right":
        shape.append(OxmlElement("w:noWrap"))
    if cell.role == "head":
        shape.append(_element("w:vAlign", val="bottom"))
    drawn.append(shape)
    drawn.append(_paragraph(cell, size))
    return drawn


def _paragraph(cell: GridCell, size: int) -> Any:
    paragraph, shape = OxmlElement("w:p"), OxmlElement("w:pPr")
    shape.append(_element("w:spacing", before="0", after="0", line="276", lineRule="auto"))
    if cell.align != "left":
        shape.append(_element("w:jc", val=cell.align))
    paragraph.append(shape)
    half_points = str(size // 5)
    for run in runs(cell.text):
        drawn = paragraph.add_r()
        drawn.text = run.text
        look_of = drawn.get_or_add_rPr()
        if run.bold or cell.bold:
            look_of.append(OxmlElement("w:b"))
        if cell.role == "head":
            look_of.append(_element("w:color", val=look.DIM))
        look_of.append(_element("w:sz", val=half_points))
        look_of.append(_element("w:szCs", val=half_points))
    return paragraph

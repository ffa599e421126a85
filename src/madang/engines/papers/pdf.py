"""A paper as a tagged PDF (PDF/UA-1) on A4, set by typst from data."""

import json
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from madang.engines.papers import model
from madang.engines.papers.fonts import drawn, font_set
from madang.engines.papers.grid import Grid, GridCell, field_grid, table_grid
from madang.engines.papers.pdf_words import pieces
from madang.engines.papers.text import WORDS, cleaned, head_words, unit_words, words

TEMPLATE = files(__package__).joinpath("paper.typ").read_bytes()
LINES_TO_SPLIT = 40  # a row this high may be split, for it would not fit on one page
LINES_TOGETHER = 26  # a table this low moves to the next page whole

Data = dict[str, Any]


def to_pdf(paper: model.Paper, *, fonts: Path, at: datetime | None = None) -> bytes:
    """Write a paper as PDF/UA-1: A4, tagged, titled, in the Korean fonts of the folder `fonts`.

    `at` is the creation date written into the file (none when left out). The same arguments give the same bytes.
    A character the fonts lack is named in brackets. Raises UnableToWritePaper when the folder holds no Korean font.
    """
    found = font_set(fonts)
    data = paper_data(cleaned(paper), sans=found.sans, serif=found.serif, at=at)
    try:
        return typst.compile(
            TEMPLATE,
            font_paths=found.fonts,
            ignore_system_fonts=True,
            sys_inputs={"paper": written(data, found.drawable)},
            pdf_standards=["ua-1"],
            timestamp=at,
        )
    except typst.TypstError as error:
        reason = f"PDF를 만들 수 없었어요: {error.message}. The PDF could not be made."
        raise model.UnableToWritePaper(reason) from error


def paper_data(paper: model.Paper, *, sans: str, serif: str, at: datetime | None) -> Data:
    """Return the data the template draws: plain values only."""
    created = {part: getattr(at, part) for part in ("year", "month", "day", "hour", "minute", "second")} if at else None
    return {
        "title": paper.title.replace("\n", " "),
        "about": paper.running.replace("\n", " "),
        "language": paper.language,
        "created": created,
        "sans": sans,
        "serif": serif,
        "running": pieces(paper.running or paper.title),
        "head": head_words(paper.record_number, paper.status_mark),
        "kicker": pieces(paper.kicker),
        "heading": pieces(paper.title),
        "blocks": blocks_data(paper),
    }


def blocks_data(paper: model.Paper) -> list[Data]:
    """Return each block's data; heading depths never skip a level, which a tagged PDF forbids."""
    blocks: list[Data] = []
    depth = 0
    for block in paper.blocks:
        data = BLOCKS[type(block)](block, paper.language)
        if isinstance(block, model.Heading):
            depth = min(block.level, depth + 1)
            data["depth"] = depth
        blocks.append(data)
    return blocks


def written(data: Data, characters: frozenset[int]) -> str:
    """Return the data as JSON with every character in it drawable."""
    text = json.dumps(data, ensure_ascii=False)
    if {ord(char) for char in set(text)} <= characters:
        return text
    return json.dumps(drawable(data, characters), ensure_ascii=False)


def drawable(part: Any, characters: frozenset[int]) -> Any:
    """Return the data with every text in it made drawable."""
    if isinstance(part, str):
        return drawn(part, characters)
    if isinstance(part, list):
        return [drawable(item, characters) for item in part]
    if isinstance(part, dict):
        return {key: drawable(value, characters) for key, value in part.items()}
    return part


def grid_data(grid: Grid) -> Data:
    """Return a grid's widths, text size in points and cells."""
    drawn = [[_cell(grid, cell, place) for cell in row] for place, row in enumerate(grid.rows)]
    return {
        "widths": list(grid.widths),
        "aligns": list(grid.aligns),
        "size": grid.size / 10,
        "head": [cell for row in drawn[: grid.head_rows] for cell in row],
        "body": [cell for row in drawn[grid.head_rows :] for cell in row],
    }


def _cell(grid: Grid, cell: GridCell, place: int) -> Any:
    """Return a cell's pieces alone when it is a plain one, else with how it is drawn."""
    text = (model.Run(words(cell.text), bold=True),) if cell.bold else cell.text
    said = pieces(text, whole=not grid.fits(cell))
    breakable = grid.lines(place) > LINES_TO_SPLIT
    first, last = cell.row == 0, cell.row + cell.rows == (grid.head_rows or len(grid.rows))
    if cell.role == "body" and grid.head_rows and cell.columns == 1 and not breakable:
        return said
    drawing = ("rows", "columns", "role", "align", "shaded")
    return {"said": said, "breakable": breakable, "first": first, "last": last} | {
        name: getattr(cell, name) for name in drawing
    }


def _table(block: model.Table, language: model.Language) -> Data:
    grid = table_grid(block)
    return {
        "kind": "table",
        "caption": pieces(block.caption),
        "unit": unit_words(block.unit, language),
        "notes": [pieces(note) for note in block.notes],
        "whole": sum(grid.lines(place) for place in range(len(grid.rows))) <= LINES_TOGETHER,
        **grid_data(grid),
    }


def _signatures(block: model.Signatures, language: model.Language) -> Data:
    mark = WORDS[language]
    parties = [
        {
            "role": pieces(p.role),
            "name": pieces(p.name),
            "seal": p.seal,
            "mark": mark["seal"] if p.seal else mark["sign"],
        }
        for p in block.parties
    ]
    texts = {"statement": pieces(block.statement), "date": block.date, "to": pieces(block.to)}
    return {"kind": "signatures", "parties": parties, **texts}


BLOCKS: dict[type, Callable[[Any, model.Language], Data]] = {
    model.Heading: lambda b, _: {"kind": "heading", "said": pieces(b.text), "level": b.level, "number": b.number},
    model.Paragraph: lambda b, _: {"kind": "paragraph", "said": pieces(b.text)},
    model.Bullets: lambda b, _: {"kind": "bullets", "items": [pieces(item) for item in b.items]},
    model.Quote: lambda b, _: {"kind": "quote", "said": pieces(b.text), "by": pieces(b.by)},
    model.Note: lambda b, _: {"kind": "note", "said": pieces(b.text)},
    model.PageBreak: lambda b, _: {"kind": "pagebreak"},
    model.FieldTable: lambda b, _: {"kind": "fields", **grid_data(field_grid(b))},
    model.Table: _table,
    model.Signatures: _signatures,
}

"""A paper as a tagged PDF (PDF/UA-1) on A4, set by typst from data."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from madang.engines.papers import model
from madang.engines.papers.fonts import drawn, font_set
from madang.engines.papers.grid import Grid, GridCell, field_grid, table_grid
from madang.engines.papers.text import WORDS, cleaned, head_words, runs, unit_words

TEMPLATE = files(__package__).joinpath("paper.typ").read_bytes()
LINES_TO_SPLIT = 40  # a row this high may be split, for it would not fit on one page
LINES_TOGETHER = 22  # a table this low moves to the next page whole

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
            sys_inputs={"paper": json.dumps(drawable(data, found.drawable), ensure_ascii=False)},
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
        "author": paper.running.replace("\n", " "),
        "language": paper.language,
        "created": created,
        "sans": sans,
        "serif": serif,
        "running": paper.running or paper.title,
        "head": head_words(paper.record_number, paper.status_mark),
        "kicker": paper.kicker,
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


def drawable(part: Any, characters: frozenset[int]) -> Any:
    """Return the data with every text in it made drawable."""
    if isinstance(part, str):
        return drawn(part, characters)
    if isinstance(part, list):
        return [drawable(item, characters) for item in part]
    if isinstance(part, dict):
        return {key: drawable(value, characters) for key, value in part.items()}
    return part


def runs_data(text: model.Text) -> list[Any]:
    """Return runs as strings and bold parts; a word whose weight changes inside is glued, so it stays whole."""
    parts = runs(text)
    if len(parts) < 2:
        return [_run(run) for run in parts]
    data: list[Any] = []
    left = list(parts)
    while left:
        run = left.pop(0)
        if not left or re.search(r"\s$", run.text) or re.match(r"\s", left[0].text):
            data.append(_run(run))
            continue
        head, word = _cut_last(run.text)
        if head:
            data.append(_run(replace(run, text=head)))
        glued = [model.Run(word, run.bold)]
        while left and not re.match(r"\s", left[0].text):
            after = left.pop(0)
            first, rest = _cut_first(after.text)
            glued.append(model.Run(first, after.bold))
            if rest:
                left.insert(0, replace(after, text=rest))
        data.append({"glued": [{"text": piece.text, "bold": piece.bold} for piece in glued]})
    return data


def _run(run: model.Run) -> str | Data:
    return {"text": run.text} if run.bold else run.text


def _cut_last(text: str) -> tuple[str, str]:
    at = max((match.end() for match in re.finditer(r"\s", text)), default=0)
    return text[:at], text[at:]


def _cut_first(text: str) -> tuple[str, str]:
    found = re.search(r"\s", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def grid_data(grid: Grid) -> Data:
    """Return a grid's widths, text size in points and cells."""
    cells = [_cell(grid, cell, place) for place, row in enumerate(grid.rows) for cell in row]
    return {"widths": list(grid.widths), "size": grid.size / 10, "cells": cells}


def _cell(grid: Grid, cell: GridCell, place: int) -> Data:
    return {
        "row": cell.row,
        "column": cell.column,
        "rows": cell.rows,
        "columns": cell.columns,
        "role": cell.role,
        "align": cell.align,
        "bold": cell.bold,
        "shaded": cell.shaded,
        "breakable": grid.lines(place) > LINES_TO_SPLIT,
        "first": cell.row == 0,
        "last": cell.row + cell.rows == (grid.head_rows or len(grid.rows)),
        "runs": runs_data(cell.text),
    }


def _table(block: model.Table, language: model.Language) -> Data:
    grid = table_grid(block)
    return {
        "kind": "table",
        "caption": block.caption,
        "unit": unit_words(block.unit, language),
        "notes": list(block.notes),
        "whole": sum(grid.lines(place) for place in range(len(grid.rows))) <= LINES_TOGETHER,
        **grid_data(grid),
    }


def _signatures(block: model.Signatures, language: model.Language) -> Data:
    mark = WORDS[language]
    parties = [
        {"role": p.role, "name": p.name, "seal": p.seal, "mark": mark["seal"] if p.seal else mark["sign"]}
        for p in block.parties
    ]
    texts = {"statement": block.statement, "date": block.date, "to": block.to}
    return {"kind": "signatures", "parties": parties, **texts}


BLOCKS: dict[type, Callable[[Any, model.Language], Data]] = {
    model.Heading: lambda b, _: {"kind": "heading", "text": b.text, "level": b.level, "number": b.number},
    model.Paragraph: lambda b, _: {"kind": "paragraph", "runs": runs_data(b.text)},
    model.Bullets: lambda b, _: {"kind": "bullets", "items": [runs_data(item) for item in b.items]},
    model.Quote: lambda b, _: {"kind": "quote", "text": b.text, "by": b.by},
    model.Note: lambda b, _: {"kind": "note", "text": b.text},
    model.PageBreak: lambda b, _: {"kind": "pagebreak"},
    model.FieldTable: lambda b, _: {"kind": "fields", **grid_data(field_grid(b))},
    model.Table: _table,
    model.Signatures: _signatures,
}

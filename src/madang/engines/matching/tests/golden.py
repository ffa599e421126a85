"""The labels beside the texts they are about, which stand beside the repository or not at all."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from madang.engines.matching import Row, rows_of

HERE = Path(__file__).resolve().parent
ROOT = next(folder for folder in HERE.parents if (folder / "pyproject.toml").is_file())
FILE = ROOT.parent / "shared" / "data" / "democracy_seoul" / "free_proposals.jsonl"
needs_the_real_proposals = pytest.mark.skipif(not FILE.is_file(), reason="the real proposals are not here")


def rows() -> list[Row]:
    return rows_of(FILE.read_bytes(), ".jsonl")


def pairs() -> list[dict[str, str]]:
    return _table("pairs.csv")


def queries() -> list[dict[str, str]]:
    return _table("queries.csv")


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

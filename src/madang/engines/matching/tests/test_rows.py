from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.matching import Row, UnableToReadRows, rows_of

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


def problems(content: bytes, suffix: str) -> list[tuple[str, str]]:
    with pytest.raises(UnableToReadRows) as refused:
        rows_of(content, suffix)
    return [(problem.at, problem.en) for problem in refused.value.problems]


def test_a_table_is_read_by_the_names_of_its_columns():
    content = '\ufeffcontent,votes,id,title\n"의자,\n두 개",3,7,공원\n\n'.encode()
    assert rows_of(content, ".csv") == [Row("7", "공원", "의자,\n두 개")]


def test_lines_of_json_are_read_and_numbers_may_be_ids():
    content = b'{"id": 7, "title": "a", "content": "", "votes": 3}\n\n{"id": "8", "title": "", "content": "b"}\n'
    assert rows_of(content, ".jsonl") == [Row("7", "a", ""), Row("8", "", "b")]


def test_every_wrong_place_is_named_at_once():
    lines = ['{"id": "1", "title": "a", "content": "b"}', "no", '{"id": "", "title": 3, "content": "b"}']
    content = "\n".join([*lines, '{"id": "1", "title": "a", "content": "b"}', "[]"]).encode()
    assert problems(content, ".jsonl") == [
        ("line 2", "expected one JSON object"),
        ("line 3, id", "expected text that is not empty, or an integer"),
        ("line 3, title", "expected text"),
        ("line 5", "expected one JSON object"),
        ("line 4, id", "expected another id (line 1 has it already)"),
    ]


def test_a_table_names_its_wrong_lines():
    assert problems(b"id,title\n1,a\n", ".csv") == [("line 1", "expected one column named content")]
    assert problems(b"", ".csv") == [("line 1", "expected one column named id, title, content")]
    assert problems(b"id,title,content\n1,a\n2,a,b\n", ".csv") == [("line 2", "expected 3 columns, found 2")]
    ((place, expected),) = problems(b'id,title,content\n1,"a"b,c\n', ".csv")
    assert place == "line 2"
    assert expected.startswith("expected CSV")


def test_other_files_are_refused():
    assert problems(b"", ".xlsx") == [("", "expected a .csv or .jsonl file")]
    assert problems(b"id,title,content\n1,\xff,b\n", ".csv") == [("line 2", "expected UTF-8 text")]


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_was_written_as_json_is_read(texts):
    rows = [Row(str(number), title, text) for number, (title, text) in enumerate(texts)]
    content = "\n".join(json.dumps({"id": row.id, "title": row.title, "content": row.text}) for row in rows)
    assert rows_of(content.encode(), ".jsonl") == rows


@given(st.binary(max_size=60), st.sampled_from([".csv", ".jsonl"]))
def test_any_bytes_are_read_or_refused(content, suffix):
    with contextlib.suppress(UnableToReadRows):
        assert all(row.id for row in rows_of(content, suffix))

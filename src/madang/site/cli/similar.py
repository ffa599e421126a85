"""madang similar FILE: pairs and groups of proposals that want the same, without the site, Django or a database.

Exit status 0: read and compared; 2: the file could not be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from madang.engines.matching import (
    THRESHOLD,
    Pair,
    Problem,
    Reading,
    Row,
    SimilarIndex,
    UnableToReadRows,
    groups_of,
    nearest,
    rows_of,
    shared,
)

GOOD, UNREADABLE = 0, 2
NEAREST = 5
SHOWN = 60
WORDS = {
    "ko": {
        "found": "제안 {rows:,}건에서 비슷한 짝 {pairs:,}개, 묶음 {groups:,}개를 찾았어요.",
        "pairs": "비슷한 짝",
        "groups": "묶음",
        "shared": "같은 구절",
        "unread": "파일을 읽지 못했어요.",
    },
    "en": {
        "found": "{rows:,} proposals, {pairs:,} similar pairs, {groups:,} groups.",
        "pairs": "Similar pairs",
        "groups": "Groups",
        "shared": "shared",
        "unread": "The file could not be read.",
    },
}


@dataclass(frozen=True)
class Answer:
    """What was found: the rows by id, each text's nearest pairs with the passages they share, and the groups."""

    rows: dict[str, Row]
    pairs: list[tuple[Pair, list[str]]]
    groups: list[list[str]]


def main(arguments: list[str]) -> int:
    """Compares the proposals of one file and prints what was found; returns the exit status."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        rows = read_rows(Path(options.file))
    except UnableToReadRows as error:
        return _refuse(options.file, error, options.json, options.lang)
    answer = compare(rows, top=options.top, threshold=options.threshold)
    print(as_json(answer) if options.json else report(options.file, answer, options.lang))
    return GOOD


def _parser() -> argparse.ArgumentParser:
    """Builds the command's options."""
    parser = argparse.ArgumentParser(prog="madang similar", description="Finds proposals that want the same.")
    parser.add_argument("file", metavar="FILE", help="the proposals: .csv or .jsonl with the fields id, title, content")
    parser.add_argument("--top", type=_count, default=NEAREST, help=f"nearest kept of each (default {NEAREST})")
    parser.add_argument("--threshold", type=_part, default=THRESHOLD, help=f"least score (default {THRESHOLD})")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    parser.add_argument("--lang", choices=("ko", "en"), default="ko", help="language of the messages (default: ko)")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _part(text: str) -> float:
    try:
        part = float(text)
    except ValueError:
        part = 0.0
    if not 0 < part <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0 and up to 1")
    return part


def read_rows(path: Path) -> list[Row]:
    """Reads a file of proposals; raises UnableToReadRows with every place that could not be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        ko, en = f"읽을 수 있는 파일이어야 해요 ({reason})", f"expected a file that can be read ({reason})"
        raise UnableToReadRows([Problem("", ko, en)]) from error
    return rows_of(content, path.suffix.lower())


def compare(rows: list[Row], *, top: int = NEAREST, threshold: float = THRESHOLD) -> Answer:
    """Returns the nearest pairs of proposals with their shared passages, and the groups of all pairs."""
    index = SimilarIndex(rows)
    by_id = {row.id: row for row in rows}
    pairs = index.pairs(threshold)

    @cache
    def reading(key: str) -> Reading:
        return Reading(f"{by_id[key].title}\n{by_id[key].text}")

    kept = [(pair, [one.text for one in shared(reading(pair.a), reading(pair.b))]) for pair in nearest(pairs, top)]
    return Answer(by_id, kept, groups_of(pairs))


def as_json(answer: Answer) -> str:
    """Returns the answer as one JSON document."""
    pairs = [{"a": pair.a, "b": pair.b, "score": pair.score, "shared": same} for pair, same in answer.pairs]
    return json.dumps({"pairs": pairs, "groups": answer.groups}, ensure_ascii=False, indent=2)


def report(name: str, answer: Answer, lang: str) -> str:
    """Returns the answer as text: the pairs by falling score with their titles, then the groups."""
    words = WORDS[lang]
    counts = words["found"].format(rows=len(answer.rows), pairs=len(answer.pairs), groups=len(answer.groups))
    lines = [f"{name}: {counts}"]
    if answer.pairs:
        lines.append(f"\n{words['pairs']}")
    for pair, same in answer.pairs:
        lines += [f"{pair.score:.2f}  {_named(answer, pair.a)}", f"      {_named(answer, pair.b)}"]
        shown = " · ".join(one if len(one) <= SHOWN else one[:SHOWN] + "…" for one in same)
        lines += [f"      {words['shared']}: {shown}"] if same else []
    for number, group in enumerate(answer.groups, start=1):
        lines += [f"\n{words['groups']} {number} ({len(group)})", *(f"  {_named(answer, key)}" for key in group)]
    return "\n".join(lines)


def _named(answer: Answer, key: str) -> str:
    return f"{key} {' '.join(answer.rows[key].title.split())}"


def _refuse(name: str, error: UnableToReadRows, as_document: bool, lang: str) -> int:
    """Prints every place that could not be read; returns exit status 2."""
    if as_document:
        errors = [{"file": name, "at": one.at, "expected": one.expected(lang)} for one in error.problems]
        print(json.dumps({"pairs": [], "groups": [], "errors": errors}, ensure_ascii=False, indent=2))
    lines = [f"{name}: {one.at + ': ' if one.at else ''}{one.expected(lang)}" for one in error.problems]
    print("\n".join([*lines, WORDS[lang]["unread"]]), file=sys.stderr)
    return UNREADABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

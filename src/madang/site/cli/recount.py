"""madang recount ARCHIVE.zip: checks a published ballot archive and counts it again, without site or database.

Exit status 0: everything fits; 1: something does not; 2: the file could not be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from madang.engines.ledger.archive.packing import LARGEST_ARCHIVE, UnableToReadArchive
from madang.engines.ledger.recount import Found, Report, recount
from madang.engines.ledger.recount.report import Lang

GOOD, WRONG, UNREADABLE = 0, 1, 2

WORDS: dict[Lang, dict[str, str]] = {
    "ko": {
        "ok": "모두 맞아요.",
        "wrong": "맞지 않는 것이 있어요.",
        "unread": "파일을 읽지 못했어요.",
        "keys": "서명한 열쇠(투표 전에 공개된 것과 견주어 보세요)",
        "log": "기록 {size:,}줄, 서명 {checkpoints:,}번, 뿌리 {root}",
        "witnesses": "마지막 기록을 확인한 참관자",
        "none": "없음",
        "ballots": "표",
        "closed": "적어서 묶은 방법",
        "chosen": "뽑힌 의제",
        "decided": "동점에서 사람들이 정한 의제",
        "receipt": "접수 번호의 표",
        "counted": "세었어요",
        "replace": "나중에 다시 한 투표로 바뀌었어요",
        "void": "무효가 되었어요(현장에서 투표했거나 묶음이 취소됨)",
        "missing": "공개된 표 가운데 없어요",
    },
    "en": {
        "ok": "Everything fits.",
        "wrong": "Something does not fit.",
        "unread": "The file could not be read.",
        "keys": "Keys that signed (compare them with those published before the vote)",
        "log": "Log of {size:,} entries, {checkpoints:,} checkpoints, root {root}",
        "witnesses": "Witnesses of the last checkpoint",
        "none": "none",
        "ballots": "Ballots",
        "closed": "small channels together",
        "chosen": "Chosen",
        "decided": "Decided by people among the tied",
        "receipt": "The receipt's ballot",
        "counted": "counted",
        "replace": "replaced by a later one",
        "void": "void (voted on site, or the batch was undone)",
        "missing": "not among the opened ballots",
    },
}


def main(arguments: list[str]) -> int:
    """Recounts one archive and prints what was found; returns the exit status."""
    parser = argparse.ArgumentParser(prog="madang recount", description="Counts a published ballot archive again.")
    parser.add_argument("file", metavar="ARCHIVE.zip", help="the archive as it was published")
    parser.add_argument("--receipt", metavar="CODE", default="", help="also find the ballot of this receipt")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    parser.add_argument("--lang", choices=("ko", "en"), default="ko", help="language of the messages (default: ko)")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        report = recount(_content(Path(options.file)), options.receipt)
    except UnableToReadArchive as error:
        return _refuse(options.file, error, options.json, options.lang)
    if options.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(text_of(report, options.lang))
    return GOOD if report.ok else WRONG


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_ARCHIVE:
            raise UnableToReadArchive("", "1 GB보다 작은 파일이어야 해요", "expected a file smaller than 1 GB")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        ko, en = f"읽을 수 있는 파일이어야 해요 ({reason})", f"expected a file that can be read ({reason})"
        raise UnableToReadArchive("", ko, en) from error


def _refuse(name: str, error: UnableToReadArchive, as_json: bool, lang: Lang) -> int:
    """Print why the file cannot be read; returns exit status 2."""
    expected = error.ko if lang == "ko" else error.en
    if as_json:
        errors = [{"file": name, "at": error.at, "expected": expected}]
        print(json.dumps({"ok": False, "errors": errors}, ensure_ascii=False, indent=2))
    print(f"{name}: {error.at + ': ' if error.at else ''}{expected}\n{WORDS[lang]['unread']}", file=sys.stderr)
    return UNREADABLE


def text_of(report: Report, lang: Lang) -> str:
    """Returns the report as text."""
    words = WORDS[lang]
    channels = sorted(report.by_channel.items())
    split = ", ".join(f"{channel or words['closed']} {number:,}" for channel, number in channels)
    lines = [
        report.election,
        words["log"].format(size=report.size, checkpoints=report.checkpoints, root=report.root),
        f"{words['keys']}:",
        *(f"  {key}" for key in report.keys),
        f"{words['witnesses']}: {', '.join(report.witnesses) or words['none']}",
        f"{words['ballots']}: {report.ballots:,} ({split})",
    ]
    if report.count:
        scores = report.count["scores"]
        lines += [f"{words['chosen']}:", *(f"  {one} ({scores[one]})" for one in report.count["winners"])]
    if report.decided:
        lines.append(f"{words['decided']}: {', '.join(report.decided)}")
    if report.receipt:
        lines += _receipt(report.receipt, lang)
    lines += [f"[{one.code}] {one.at}: {one.message(lang)}" for one in report.problems]
    return "\n".join([*lines, words["ok"] if report.ok else words["wrong"]])


def _receipt(found: Found, lang: Lang) -> list[str]:
    words = WORDS[lang]
    lines = [f"{words['receipt']} {found.commitment}: {words[found.state]}"]
    return [*lines, f"  {json.dumps(found.choices, ensure_ascii=False)}"] if found.choices is not None else lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

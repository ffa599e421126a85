"""madang count FILE.pb: counts an election in the Pabulib format, without the site, Django or a database.

Exit status 0: counted; 2: the file could not be read. Whole numbers and fractions decide, never rounding.
"""

from __future__ import annotations

import argparse
import json
import sys
from fractions import Fraction
from pathlib import Path

from madang.engines.counting.approval import UnableToCount
from madang.engines.counting.model import Election
from madang.engines.counting.outcome import Limits, Outcome
from madang.engines.counting.pabulib import Problem, UnableToReadElection, read_election
from madang.engines.counting.pabulib.problems import Lang
from madang.engines.counting.rules import RULES, count

GOOD, UNREADABLE = 0, 2

WORDS: dict[Lang, dict[str, str]] = {
    "ko": {
        "unread": "파일을 읽지 못했어요.",
        "rule": "규칙",
        "budget": "예산",
        "voters": "투표한 사람",
        "cost": "선정된 사업의 비용",
        "winners": "선정된 사업(선정 순서)",
        "none": "선정된 사업이 없어요.",
        "ties": "동점",
        "chosen": "먼저 선정",
        "stopped": "여기서 멈춤",
        "steps": "한 사람 몫을 올린 횟수",
        "doubled": "같은 사업을 두 번 적은 투표(한 번으로 셈)",
    },
    "en": {
        "unread": "The file could not be read.",
        "rule": "rule",
        "budget": "budget",
        "voters": "voters",
        "cost": "cost of the winners",
        "winners": "winners (in order of selection)",
        "none": "Nothing was selected.",
        "ties": "ties",
        "chosen": "taken first",
        "stopped": "stopped here",
        "steps": "times every voter's budget was raised",
        "doubled": "ballots that name a project twice (taken once)",
    },
}


def main(arguments: list[str]) -> int:
    """Counts one file and prints the result; returns the exit status."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    path = options.file
    try:
        election = read_election(_bytes(Path(path)))
        path = options.ties or path
        order = read_order(_bytes(Path(path)), election) if options.ties else []
    except UnableToReadElection as error:
        return _refuse(path, error, options.json, options.lang)
    limits = Limits(least_votes=options.least_votes)
    try:
        outcome = count(election, options.rule, stop=options.stop, order=order, limits=limits)
    except UnableToCount as error:
        problem = Problem(0, f"셀 수 있는 설정이어야 해요({error})", f"expected settings that can be counted ({error})")
        return _refuse(path, UnableToReadElection([problem]), options.json, options.lang)
    if options.json:
        print(json.dumps(as_dict(outcome), ensure_ascii=False))
    else:
        print(report(election, outcome, options.lang))
    return GOOD


def _parser() -> argparse.ArgumentParser:
    """Builds the command's options."""
    parser = argparse.ArgumentParser(prog="madang count", description="Counts an election in the Pabulib format.")
    parser.add_argument("file", metavar="FILE", help="the election: META, PROJECTS and VOTES (.pb)")
    parser.add_argument("--rule", choices=RULES, default="approval", help="the rule (default: approval)")
    parser.add_argument(
        "--stop",
        choices=("overspend", "exhaustive"),
        default="overspend",
        help="equal-shares: when raising the voters' budgets ends (default: overspend)",
    )
    parser.add_argument("--ties", metavar="ORDERFILE", help="ids, one a line: who is taken first among equals")
    parser.add_argument("--least-votes", type=int, default=0, metavar="N", help="fewer votes cannot win (default: 0)")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    parser.add_argument("--lang", choices=("ko", "en"), default="ko", help="language of the messages (default: ko)")
    return parser


def _bytes(path: Path) -> bytes:
    """Reads a file; raises UnableToReadElection when it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problem = Problem(0, f"읽을 수 있는 파일이어야 해요 ({reason})", f"expected a file that can be read ({reason})")
        raise UnableToReadElection([problem]) from error


def read_order(content: bytes, election: Election) -> list[str]:
    """Reads a tie order, one id a line; raises UnableToReadElection for an id that is unknown or stands twice."""
    known = {project.id for project in election.projects}
    listed: list[str] = []
    problems: list[Problem] = []
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnableToReadElection([Problem(line, "UTF-8 글자여야 해요", "expected UTF-8 text")]) from error
    for number, text in enumerate(lines, start=1):
        one = text.strip()
        if one and one not in known:
            problems.append(Problem(number, f"사업 번호여야 해요: {one}", f"expected a project_id of the file: {one}"))
        elif one in listed:
            problems.append(
                Problem(number, f"사업 번호는 한 번만 나와야 해요: {one}", f"expected each project_id once: {one}")
            )
        elif one:
            listed.append(one)
    if problems:
        raise UnableToReadElection(problems)
    return listed


def _refuse(name: str, error: UnableToReadElection, as_json: bool, lang: Lang) -> int:
    """Prints every place that could not be read; returns exit status 2."""
    if as_json:
        errors = [
            {"file": name, "at": one.at(lang), "line": one.line or None, "expected": one.expected(lang)}
            for one in error.problems
        ]
        print(json.dumps({"winners": None, "errors": errors}, ensure_ascii=False))
    lines = [f"{name}: {one.at(lang) + ': ' if one.line else ''}{one.expected(lang)}" for one in error.problems]
    print("\n".join([*lines, WORDS[lang]["unread"]]), file=sys.stderr)
    return UNREADABLE


def as_dict(outcome: Outcome) -> dict[str, object]:
    """Returns the result as the JSON document of the command."""
    document: dict[str, object] = {
        "rule": outcome.rule,
        "budget": _plain(outcome.budget),
        "voters": outcome.voters,
        "winners": list(outcome.winners),
        "cost": _plain(outcome.cost),
        "ties": [
            {"between": list(tie.between), "chosen": tie.chosen or None, "won": list(tie.won)} for tie in outcome.ties
        ],
    }
    return document


def _plain(amount: Fraction) -> int | float:
    """Returns an amount as JSON writes it: a whole number, else the shortest decimal that reads back the same."""
    return amount.numerator if amount.denominator == 1 else float(amount)


def report(election: Election, outcome: Outcome, lang: Lang) -> str:
    """Returns the result as text."""
    words = WORDS[lang]
    projects = {project.id: project for project in election.projects}
    votes = dict(zip((project.id for project in election.projects), election.votes, strict=True))
    lines = [
        f"{words['rule']}: {outcome.rule}",
        f"{words['budget']}: {_plain(outcome.budget):,}",
        f"{words['voters']}: {outcome.voters:,}",
        f"{words['cost']}: {_plain(outcome.cost):,}",
    ]
    if outcome.steps is not None:
        lines.append(f"{words['steps']}: {outcome.steps:,}")
    if election.ballots.doubled:
        lines.append(f"{words['doubled']}: {election.ballots.doubled:,}")
    lines.append(f"\n{words['winners']}" if outcome.winners else f"\n{words['none']}")
    for number, one in enumerate(outcome.winners, start=1):
        lines.append(f"  {number}. {one} · {_plain(projects[one].cost):,} · {votes[one]:,} · {projects[one].name}")
    if outcome.ties:
        lines.append(f"\n{words['ties']}")
    for tie in outcome.ties:
        end = f"{words['chosen']}: {tie.chosen}" if tie.chosen else words["stopped"]
        lines.append(f"  {', '.join(tie.between)} → {end}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

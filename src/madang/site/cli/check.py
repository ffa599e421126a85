"""madang check FILE: checks a plan against the rulebook, without the site, Django or a database.

Exit status 0: nothing blocks; 1: something blocks; 2: the file could not be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from madang.engines.rulebook import (
    Finding,
    Judgement,
    PlanFacts,
    Problem,
    Summary,
    UnableToReadPlan,
    judge,
    on,
    plan_day,
    plan_from_json,
    summary,
)
from madang.engines.rulebook.findings import Lang

GOOD, BLOCKED, UNREADABLE = 0, 1, 2

WORDS: dict[Lang, dict[str, str]] = {
    "ko": {
        "block": "막힘",
        "warn": "경고",
        "note": "참고",
        "ok": "막는 것이 없어요.",
        "blocked": "막는 것이 있어요.",
        "unread": "파일을 읽지 못했어요.",
        "not_judged": "판단하지 않은 규칙",
        "mend": "고치려면",
        "current": "경상보조",
        "capital": "자본보조",
        "neither": "구분 없음",
        "total": "합계",
        "by_kind": "경상·자본 (시비)",
        "by_item": "예산과목별 (천원)",
        "city": "시비",
        "district": "구비",
        "other": "그 밖",
        "share": "비율",
        "unverified": "통계목 표가 일부만 있거나 확인되지 않은 회계연도예요.",
        "reading": "해석",
    },
    "en": {
        "block": "BLOCK",
        "warn": "WARN",
        "note": "NOTE",
        "ok": "Nothing blocks.",
        "blocked": "Something blocks.",
        "unread": "The file could not be read.",
        "not_judged": "Rules not judged",
        "mend": "To mend",
        "current": "current",
        "capital": "capital",
        "neither": "neither",
        "total": "total",
        "by_kind": "Current and capital (city money)",
        "by_item": "By item (thousand won)",
        "city": "city",
        "district": "district",
        "other": "other",
        "share": "share",
        "unverified": "The item codes of this fiscal year are only partly known and not verified.",
        "reading": "Reading",
    },
}


def main(arguments: list[str]) -> int:
    """Checks one file and prints what was found; returns the exit status."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        facts = read_plan(Path(options.file), options.year)
    except UnableToReadPlan as error:
        return _refuse(options.file, error, options.json, options.lang)
    view = on(plan_day(facts.planning_year, facts.rulebook), facts.district, edition=facts.rulebook)
    judgement = judge(facts, view)
    if options.json:
        print(json.dumps(judgement.as_dict(options.lang), ensure_ascii=False, indent=2))
    else:
        print(report(options.file, judgement, options.lang))
        if facts.projects is not None:
            verified = view.items(facts.fiscal_year).complete
            print(tables(summary(facts, view), options.lang, facts, verified=verified))
    return GOOD if judgement.ok else BLOCKED


def _parser() -> argparse.ArgumentParser:
    """Builds the command's options."""
    parser = argparse.ArgumentParser(prog="madang check", description="Checks a plan against the rulebook.")
    parser.add_argument("file", metavar="FILE", help="the plan: .json (madang-plan/1) or .xlsx (the plan workbook)")
    parser.add_argument("--year", type=int, help="fiscal year whose item codes apply, instead of the file's own")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    parser.add_argument("--lang", choices=("ko", "en"), default="ko", help="language of the messages (default: ko)")
    return parser


def read_plan(path: Path, year: int | None = None) -> PlanFacts:
    """Reads a plan file; raises UnableToReadPlan with every place that could not be read."""
    suffix = path.suffix.lower()
    if suffix not in {".json", ".xlsx"}:
        raise _not_a_plan(".json 또는 .xlsx 파일이어야 해요", "expected a .json or .xlsx file")
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _not_a_plan(
            f"읽을 수 있는 파일이어야 해요 ({reason})", f"expected a file that can be read ({reason})"
        ) from error
    return plan_from_json(content, fiscal_year=year) if suffix == ".json" else _from_workbook(content, year)


def _not_a_plan(ko: str, en: str) -> UnableToReadPlan:
    """Returns the refusal of a whole file."""
    return UnableToReadPlan([Problem("", ko, en)])


def _from_workbook(content: bytes, year: int | None) -> PlanFacts:
    """Reads the plan workbook; loads its reader only now, so that JSON answers at once."""
    from madang.engines.rulebook.workbook import plan_from_sheets, sheets_of

    return plan_from_sheets(sheets_of(content), fiscal_year=year)


def _refuse(name: str, error: UnableToReadPlan, as_json: bool, lang: Lang) -> int:
    """Prints every place that could not be read; returns exit status 2."""
    if as_json:
        errors = [{"file": name, "at": one.at, "expected": one.expected(lang)} for one in error.problems]
        document = {"ok": False, "findings": [], "not_judged": [], "errors": errors}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    lines = [f"{name}: {one.at + ': ' if one.at else ''}{one.expected(lang)}" for one in error.problems]
    print("\n".join([*lines, WORDS[lang]["unread"]]), file=sys.stderr)
    return UNREADABLE


def report(name: str, judgement: Judgement, lang: Lang) -> str:
    """Returns the findings and the rules not judged as text."""
    words = WORDS[lang]
    lines = [f"{name}: {words['ok'] if judgement.ok else words['blocked']}"]
    for found in judgement.findings:
        lines += _lines_of(found, lang)
    lines.append(f"\n{words['not_judged']} ({len({one.rule for one in judgement.not_judged})})")
    reasons: dict[str, list[str]] = {}
    for one in judgement.not_judged:
        reasons.setdefault(one.why(lang), []).append(one.rule)
    lines += [f"  {why}: {', '.join(rules)}" for why, rules in reasons.items()]
    return "\n".join(lines)


def _lines_of(found: Finding, lang: Lang) -> list[str]:
    """Returns one finding as lines: severity, rule, place, clause; what was found; what would mend it."""
    words = WORDS[lang]
    lines = [
        f"\n[{words[found.severity]}] {found.rule} · {found.where} · {found.clause}",
        f"  {found.message(lang)}",
        f"  {words['mend']}: {found.remedy(lang)}",
    ]
    reading = found.reading_ko if lang == "ko" else found.reading_en
    return [*lines, f"  {words['reading']}: {reading}"] if reading else lines


def tables(figures: Summary, lang: Lang, facts: PlanFacts, *, verified: bool) -> str:
    """Returns the totals that a plan must state: current and capital (BUDGET-13), by item (BUDGET-14)."""
    words = WORDS[lang]
    lines = [f"\n{words['by_kind']}"]
    for row in figures.kinds:
        if row.amounts.total or row.kind != "neither":
            lines.append(f"  {words[row.kind]}: {row.amounts.city:,} ({row.percent_of_grant or '-'} %)")
    lines.append(f"\n{words['by_item']}")
    for item in figures.items:
        rest = item.amounts.national + item.amounts.other
        lines.append(
            f"  {item.code} {item.name}: {words['city']} {item.amounts.city:,} · {words['district']} "
            f"{item.amounts.district:,} · {words['other']} {rest:,} · {words['total']} {item.amounts.total:,}"
            f" ({item.percent or '-'} %)"
        )
    lines.append(f"  {words['total']}: {figures.total.total:,}")
    if not verified:
        lines.append(f"\n{facts.fiscal_year}: {words['unverified']}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

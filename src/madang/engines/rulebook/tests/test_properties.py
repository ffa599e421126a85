"""What holds for every budget: order, splitting and nothing moved change no finding; flags never help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from madang.engines.rulebook import Finding, Line, PlanFacts, Project, item_codes, judge, on, plan_caps

VIEW = on(date(2026, 7, 10), "도봉구")
CODES = ["101-04", "201-01", "201-03", "307-02", "308-13", "401-02", "402-01", "405-01"]
CAPS = ("BUDGET-1", "BUDGET-2", "BUDGET-4", "BUDGET-5", "BUDGET-7", "BUDGET-8", "BUDGET-11", "BUDGET-16")
FLAGS = ["lease_deposit", "organisation_staff", "meeting_fee", "durable_goods"]

amounts = st.one_of(st.just(0), st.integers(1, 400_000))
lines = st.builds(
    Line,
    item=st.sampled_from(CODES),
    city=amounts,
    district=amounts,
    flags=st.frozensets(st.sampled_from(FLAGS[:2])),
    reason=st.sampled_from(["", "까닭"]),
    register_of_goods=st.booleans(),
)
projects = st.builds(
    Project,
    id=st.just("S"),
    part=st.sampled_from(["sectoral", "foundation"]),
    lines=st.lists(lines, min_size=1, max_size=5).map(tuple),
)


@st.composite
def plans(draw):
    made = draw(st.lists(projects, min_size=1, max_size=3))
    named = tuple(replace(one, id=f"S{number}") for number, one in enumerate(made, 1))
    grant = draw(st.one_of(st.none(), st.integers(0, 1_050_000)))
    return PlanFacts("도봉구", 2026, 2027, city_grant=grant, projects=named)


def with_lines(facts: PlanFacts, change) -> PlanFacts:
    return replace(facts, projects=tuple(replace(one, lines=tuple(change(one.lines))) for one in facts.projects))


def said(finding: Finding) -> tuple:
    return finding.rule, finding.severity, finding.where.project, finding.message_ko, finding.measure


def findings(facts: PlanFacts) -> set:
    return {said(one) for one in judge(facts, VIEW).findings}


@given(facts=plans(), order=st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_finding(facts, order):
    def shuffled(given_lines):
        return order.sample(given_lines, len(given_lines))

    assert findings(with_lines(facts, shuffled)) == findings(facts)


@given(facts=plans(), share=st.integers(0, 100))
def test_splitting_a_line_changes_no_finding(facts, share):
    def split(given_lines):
        for line in given_lines:
            city, district = line.city * share // 100, line.district * share // 100
            yield replace(line, city=city, district=district)
            yield replace(line, city=line.city - city, district=line.district - district)

    assert findings(with_lines(facts, split)) == findings(facts)


@given(facts=plans(), code=st.sampled_from(CODES))
def test_a_line_of_nothing_changes_no_finding(facts, code):
    nothing = Line(code, flags=frozenset(FLAGS[:2]), reason="")
    assert findings(with_lines(facts, lambda given_lines: (*given_lines, nothing))) == findings(facts)


@given(facts=plans(), more=st.integers(1, 500_000), at=st.integers(0, 20))
def test_raising_a_counted_line_never_removes_its_cap_finding(facts, more, at):
    for cap in plan_caps(facts, VIEW):
        if not cap.over or not cap.lines:
            continue
        place = cap.lines[at % len(cap.lines)]
        project = facts.projects[place.position - 1]
        raised = list(project.lines)
        raised[place.line - 1] = replace(raised[place.line - 1], city=raised[place.line - 1].city + more)
        changed = list(facts.projects)
        changed[place.position - 1] = replace(project, lines=tuple(raised))
        after = plan_caps(replace(facts, projects=tuple(changed)), VIEW)
        assert any(one.over for one in after if (one.rule, one.where) == (cap.rule, cap.where))


@given(facts=plans())
def test_the_largest_amount_passes_and_one_more_fails(facts):
    for cap in plan_caps(facts, VIEW):
        if not cap.lines:
            continue
        for amount, over in ((cap.largest, False), (cap.largest + 1, True)):
            assume(amount >= 0)
            after = plan_caps(_set(facts, cap, amount), VIEW)
            still = [one for one in after if (one.rule, one.where) == (cap.rule, cap.where)]
            assert any(one.over for one in still) is over


def _set(facts: PlanFacts, cap, amount: int) -> PlanFacts:
    """The plan with the counted lines of a cap emptied and the amount put on the first of them, in city money."""
    made = list(facts.projects)
    for number, place in enumerate(cap.lines):
        project = made[place.position - 1]
        kept = list(project.lines)
        line = kept[place.line - 1]
        beside = cap.rule in ("BUDGET-1", "BUDGET-16")
        kept[place.line - 1] = replace(line, city=0 if number else amount, district=line.district if beside else 0)
        made[place.position - 1] = replace(project, lines=tuple(kept))
    return replace(facts, projects=tuple(made))


@given(facts=plans(), flag=st.sampled_from(FLAGS), stated=st.sampled_from(["other", "current", "personnel", "assets"]))
def test_a_flag_or_a_stated_nature_never_makes_a_cap_finding_disappear(facts, flag, stated):
    def over(of: PlanFacts) -> set:
        return {(one.rule, one.where) for one in plan_caps(of, VIEW) if one.over}

    flagged = with_lines(facts, lambda given_lines: [replace(one, flags=one.flags | {flag}) for one in given_lines])
    natured = with_lines(facts, lambda given_lines: [replace(one, nature=stated) for one in given_lines])
    assert over(facts) <= over(flagged)
    assert over(facts) <= over(natured)


@given(code=st.from_regex(r"[1-4][0-9]{2}-[0-9]{2}", fullmatch=True), stated=st.sampled_from(["other", "current"]))
def test_in_a_partial_year_the_category_settles_the_nature_before_a_statement_does(code, stated):
    table = item_codes(2026)
    settled = table.settle(code, stated)
    assert settled is not None
    assert settled.nature is table.groups.nature(code)

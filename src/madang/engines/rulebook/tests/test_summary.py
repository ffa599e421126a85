"""The live panel: every cap with its room, and the totals a plan must state."""

from __future__ import annotations

from datetime import date

from madang.engines.rulebook import (
    Kind,
    Line,
    Member,
    PlanFacts,
    Project,
    Severity,
    State,
    fiscal_years,
    item_codes,
    judge,
    judge_members,
    on,
    summary,
)

VIEW = on(date(2020, 7, 10), "도봉구")


def plan(*lines: Line, part="sectoral", grant=1_000_000) -> PlanFacts:
    return PlanFacts("도봉구", 2020, 2021, city_grant=grant, projects=(Project("S1", part, lines),))


def caps(facts):
    return {cap.rule: cap for cap in summary(facts, VIEW).caps}


def test_room_is_what_the_counted_part_can_still_grow_by():
    found = caps(plan(Line("101-04", city=50, ref="a"), Line("201-03", city=900, ref="b")))["BUDGET-2"]
    assert (found.part, found.whole, found.limit, found.largest, found.room) == (50, 950, 10, 100, 50)
    assert found.state is State.OK
    assert found.refs == ("a",)
    assert found.percent == "5.26"


def test_exactly_at_the_limit_has_no_room_and_beyond_it_is_negative():
    at = caps(plan(Line("101-04", city=100), Line("201-03", city=900)))["BUDGET-2"]
    assert (at.state, at.room) == (State.AT_LIMIT, 0)
    over = caps(plan(Line("101-04", city=101), Line("201-03", city=900)))["BUDGET-2"]
    assert (over.state, over.room) == (State.OVER, -1)


def test_a_plan_without_lines_shows_its_caps_empty():
    found = summary(plan(), VIEW)
    assert found.worst is State.OK
    assert found.total.total == 0
    assert {cap.percent for cap in found.caps if cap.rule == "BUDGET-2"} == {None}


def test_a_foundation_project_over_a_cap_of_projects_does_not_count_as_worst():
    facts = plan(Line("401-01", city=900), Line("201-01", city=100), part="foundation")
    over = [cap for cap in summary(facts, VIEW).caps if cap.state is State.OVER]
    assert [(cap.rule, cap.severity) for cap in over] == [("BUDGET-5", Severity.WARN)]
    assert summary(facts, VIEW).worst is State.OK


def test_current_and_capital_totals_with_their_share_of_the_grant():
    found = summary(plan(Line("201-03", city=600_000, district=5), Line("401-01", city=100_000)), VIEW)
    kinds = {row.kind: row for row in found.kinds}
    assert (kinds[Kind.CURRENT].amounts.city, kinds[Kind.CURRENT].percent_of_grant) == (600_000, "60.00")
    assert (kinds[Kind.CAPITAL].amounts.total, kinds[Kind.CAPITAL].percent_of_grant) == (100_000, "10.00")
    assert [(row.code, row.amounts.total) for row in found.items] == [("201-03", 600_005), ("401-01", 100_000)]


def test_a_code_the_year_does_not_have_is_found_and_breaks_nothing():
    facts = PlanFacts("도봉구", 2026, 2027, projects=(Project("S1", "sectoral", (Line("999-99", city=1, ref="x"),)),))
    assert [one.where.ref for one in judge(facts, VIEW).of("BUDGET-14")] == ["x"]
    assert summary(facts, VIEW).items[0].name == ""


def test_the_nature_of_the_example_year_follows_the_category():
    table = item_codes(2021)
    assert table.get("401-01").name == "시설비"
    assert not table.complete
    assert not any(item.verified for item in table)
    assert item_codes(2027).complete
    assert item_codes(2027).get("401-02").name == "시설비"
    assert fiscal_years() == (2021, 2026, 2027)


def test_a_council_is_judged_on_a_day_alone():
    council = [Member("private", appointed=True, gender="female")] * 7
    council += [Member("administration", appointed=False, gender="male")] * 3
    judgement = judge_members(council, VIEW)
    assert {one.rule for one in judgement.findings} == {"BODY-1", "BODY-3"}
    assert judgement.rules == ("BODY-1", "BODY-2", "BODY-3", "BODY-4")
    assert judgement.revision == VIEW.revision
    assert not judge_members([], VIEW).ok


def test_findings_stand_by_severity_and_then_by_place():
    facts = PlanFacts(
        "도봉구",
        2020,
        2021,
        city_grant=1_000_000,
        members=(Member("administration"),),
        projects=(
            Project("S2", "sectoral", (Line("401-01", city=9), Line("405-01", city=9))),
            Project("S1", "sectoral", (Line("401-01", city=9),)),
        ),
    )
    found = [(one.severity, str(one.where)) for one in judge(facts, VIEW).findings]
    order = ["block", "warn", "note"]
    assert [order.index(severity) for severity, _ in found] == sorted(order.index(severity) for severity, _ in found)
    places = [where for severity, where in found if severity == "block"]
    assert places.index("plan") < places.index("members") < places.index("project S2") < places.index("project S1")

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines import rulebook
from madang.engines.rulebook import shares
from madang.ground.bodies.states import Gender
from madang.plan.plans import operations
from madang.plan.plans.models.projects import SOURCES
from madang.plan.plans.operations import LineInput
from madang.plan.plans.queries import canonical, content_hash, export_plan, judge_plan, plan_facts, rulebook_of
from madang.plan.plans.queries.documents import draft_content
from madang.plan.plans.queries.panel import WayKind, panel, ways_out
from madang.plan.plans.queries.remedies import Amounts, try_way
from madang.plan.plans.queries.sheet import sheet, tenths
from madang.plan.plans.testing import ready_room

BROKEN = [
    LineInput("201-01", "6회 × 500,000원", city_kwon=3000),
    LineInput("401-01", "바닥 조명", city_kwon=34_500, district_kwon=8000),
    LineInput("405-01", "안내판", city_kwon=3000, flags=("durable_goods",)),
    LineInput("307-02", "교육", city_kwon=50_000),
    LineInput("101-04", "지킴이", city_kwon=30_000, flags=("organisation_staff",)),
]


@pytest.fixture
def broken(at, db):
    found = ready_room(at)
    operations.save_budget(project=found.project(), lines=BROKEN, actor=found.staff, at=at)
    return found


@pytest.mark.django_db
def test_the_rows_and_the_exported_file_are_judged_alike(broken, at) -> None:
    view = rulebook_of(broken.plan)
    broken.council.members.filter(pk__lte=broken.council.members.first().pk + 6).update(gender=Gender.FEMALE)
    rows = rulebook.judge(plan_facts(broken.plan, day=at.date()), view)
    document = json.loads(json.dumps(export_plan(broken.plan, day=at.date())))
    file = rulebook.judge(rulebook.plan_from_dict(document), view)
    assert rows.as_dict() == file.as_dict()
    found = {one.rule for one in rows.findings}
    assert {"BODY-3", "BUDGET-2", "BUDGET-3", "BUDGET-6", "BUDGET-7", "BUDGET-9", "BUDGET-10"} <= found


@pytest.mark.django_db
def test_the_exported_file_names_nobody(broken, at) -> None:
    assert "위원" not in json.dumps(export_plan(broken.plan, day=at.date())["members"], ensure_ascii=False)


@pytest.mark.django_db
def test_facts_cost_the_same_queries_whatever_the_size(broken, at, django_assert_num_queries) -> None:
    plan = broken.plan
    with django_assert_num_queries(6):
        plan_facts(plan, day=at.date())
    for number in range(5):
        made = operations.add_foundation_project(plan=plan, title=f"일 {number}", actor=broken.staff, at=at)
        operations.save_budget(project=made, lines=BROKEN, actor=broken.staff, at=at)
    with django_assert_num_queries(6):
        plan_facts(plan, day=at.date())


@pytest.mark.django_db
def test_the_council_of_the_day_is_judged_with_the_plan(broken, at) -> None:
    broken.council.members.update(member_class="administration")
    assert "BODY-1" in {found.rule for found in judge_plan(broken.plan, day=at.date()).findings}


@pytest.mark.django_db
def test_the_first_year_of_a_district_is_not_judged_by_a_last_period(broken, at) -> None:
    operations.edit_plan(plan=broken.plan, texts={("base", "results"): ""}, actor=broken.staff, at=at)
    judged = judge_plan(broken.plan, day=at.date())
    assert not judged.of("PLAN-4")
    assert "PLAN-4" in {entry.rule for entry in judged.not_judged}


@pytest.mark.django_db
def test_the_hash_does_not_depend_on_how_the_database_keeps_the_content(broken) -> None:
    content = draft_content(broken.plan)
    shuffled = json.loads(json.dumps(dict(reversed(content.items()))))
    assert content_hash(shuffled) == content_hash(content)
    assert b" :" not in canonical(content)


@pytest.mark.django_db
def test_a_sheet_adds_up_its_lines(broken) -> None:
    page = sheet(draft_content(broken.plan), "S1")
    assert page is not None
    assert page.total.total == sum(group.amounts.total for group in page.groups) == 128_500
    assert page.current + page.capital == page.total.total
    assert sheet(draft_content(broken.plan), "S9") is None


@pytest.mark.django_db
def test_the_panel_of_the_example_gives_its_three_exact_ways(at) -> None:
    found = ready_room(at)
    lines = [
        LineInput("201-01", city_kwon=23_700),
        LineInput("401-01", city_kwon=59_300),
        LineInput("405-01", "", 3000),
    ]
    operations.save_budget(project=found.project(), lines=lines, actor=found.staff, at=at)
    shown = panel(plan_facts(found.plan), rulebook_of(found.plan), "S1")
    card = next(card for card in shown.blocking if card.finding.rule == "BUDGET-5")
    assert [(way.kind.value, way.amount, way.whole_then) for way in card.ways] == [
        ("move", 2100, None),
        ("raise", 3000, 89_000),
        ("cut", 7000, 79_000),
    ]


amounts = st.integers(0, 200_000)


@given(st.lists(st.tuples(amounts, amounts, st.booleans()), min_size=2, max_size=8), st.sampled_from([10, 30, 40, 70]))
def test_every_way_out_leads_out_and_one_thousand_won_less_does_not(rows, limit: int) -> None:
    def lines() -> list[Amounts]:
        return [Amounts([city, district, 0, 0], counted) for city, district, counted in rows]

    def share(changed: list[Amounts]) -> tuple[int, int]:
        return sum(line.total for line in changed if line.counted), sum(line.total for line in changed)

    part, whole = share(lines())
    cap = rulebook.CapState(
        "BUDGET-5", rulebook.Place("project", "S1"), rulebook.Severity.BLOCK, "", "", "", "", part, whole,
        shares.percent(part, whole, limit), limit, shares.largest_inside(part, whole, limit), 0, "",
        rulebook.State.OVER if shares.exceeds(part, whole, limit) else rulebook.State.OK, (),
    )  # fmt: skip
    others = any(not counted for _city, _district, counted in rows)
    for way in ways_out(cap):
        for less, passes in ((0, True), (1, False)):
            changed = lines()
            left = try_way(changed, way.kind, way.amount - less)
            if left or (way.kind is not WayKind.CUT and not others):
                continue
            assert shares.exceeds(*share(changed), limit) is not passes
            assert all(amount >= 0 for line in changed for amount in line.by_source)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 2 * 10**9))
def test_swapping_city_money_keeps_every_total(city: int, district: int, amount: int) -> None:
    line = Amounts([city, district, 0, 0], True)
    left = try_way([line], WayKind.SWAP, amount)
    assert line.total == city + district
    assert line.by_source[SOURCES.index("city")] == city - (amount - left)


def test_a_share_of_nothing_is_a_dash_and_halves_are_rounded_up() -> None:
    assert tenths(0, 0) == "–"
    assert tenths(1, 3) == "33.3"
    assert tenths(59_750, 86_000) == "69.5"
    assert tenths(1, 16) == "6.3"

"""The plan workbook: what is written is read back, and what is wrong is named by its cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.rulebook import JointOperation, Line, Member, PlanFacts, Project, Task, UnableToReadPlan
from madang.engines.rulebook.workbook import plan_from_sheets, sheets_from_plan

names = st.text("가나다마을 ,abc1", min_size=1, max_size=8).map(lambda text: f"ㄱ{text}ㄴ")
lines = st.builds(
    Line,
    item=st.sampled_from(["201-01", "405-01"]),
    city=st.integers(0, 10**9),
    other=st.integers(0, 10**9),
    basis=names,
    flags=st.frozensets(st.sampled_from(["lease_deposit", "organisation_staff"])),
    reason=st.just("") | names,
    register_of_goods=st.booleans(),
)
projects = st.builds(
    Project,
    id=st.just(""),
    part=st.sampled_from(["sectoral", "foundation"]),
    lines=st.lists(lines, max_size=3).map(tuple),
    title=names,
    task=st.just("T1"),
    joint_operation=st.builds(
        JointOperation, st.lists(names, max_size=3).map(tuple), st.lists(names, max_size=3).map(tuple), names, names
    ),
    transfer_reason=names,
    run_by_administration_alone=st.booleans(),
    not_fundable=st.sets(st.integers(1, 5)).map(lambda numbers: tuple(sorted(numbers))),
)
members = st.builds(
    Member,
    st.sampled_from(["private", "administration", "district_councillor", "city_councillor"]),
    elected=st.booleans(),
    appointed=st.none() | st.booleans(),
    gender=st.sampled_from(["female", "male", "other", "unknown"]),
    name=names,
)


@given(made=st.lists(projects, max_size=4), people=st.none() | st.lists(members, max_size=4).map(tuple))
def test_a_plan_written_to_a_workbook_is_read_back_as_it_was(made, people):
    named = tuple(replace(one, id=f"S{number}") for number, one in enumerate(made, 1))
    facts = PlanFacts("도봉구", 2026, 2027, 990_000, people, (Task("T1", "마을"),), named)
    assert plan_from_sheets(sheets_from_plan(facts)) == facts


def sheets():
    line = Line("201-03", city=5000)
    project = Project("S1", "sectoral", (line, line), task="T1", not_fundable=())
    return sheets_from_plan(PlanFacts("도봉구", 2026, 2027, 1_000_000, (Member("private"),), (Task("T1"),), (project,)))


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "cell"),
    [
        ("예산", 3, 4, -5.0, "예산!D3"),
        ("예산", 3, 4, 0.5, "예산!D3"),
        ("예산", 2, 2, "201-99", "예산!B2"),
        ("예산", 2, 1, "S9", "예산!A2"),
        ("예산", 1, 4, "시비", "예산!D1"),
        ("예산", 2, 8, "싼 물건", "예산!H2"),
        ("예산", 2, 13, 7, "예산!M2"),
        ("사업", 2, 3, "다른 것", "사업!C2"),
        ("사업", 2, 11, "9", "사업!K2"),
        ("위원", 2, 2, "민관", "위원!B2"),
        ("위원", 2, 3, "글쎄", "위원!C2"),
        ("계획", 4, 2, 2031.0, "계획!B4"),
        ("계획", 2, 1, "자치", "계획!A2"),
        ("계획", 6, 1, "자치구", "계획!A6"),
        ("계획", 6, 3, "1,000 더", "계획!C6"),
    ],
)
def test_a_wrong_cell_is_named(sheet, row, column, value, cell):
    found = sheets()
    cells = found[sheet][row - 1]
    cells += [""] * (column - len(cells))
    cells[column - 1] = value
    with pytest.raises(UnableToReadPlan) as caught:
        plan_from_sheets(found)
    assert cell in [problem.at for problem in caught.value.problems]


def test_numbers_as_spreadsheets_keep_them_are_whole_amounts():
    found = sheets()
    found["예산"][1][3] = 5000.0
    assert plan_from_sheets(found).projects[0].lines[0].city == 5000


def test_a_missing_column_is_left_out_and_an_unknown_sheet_refused():
    found = sheets()
    found["사업"] = [row[:4] for row in found["사업"]]
    project = plan_from_sheets(found).projects[0]
    assert project.joint_operation is None
    assert project.not_fundable is None
    with pytest.raises(UnableToReadPlan) as caught:
        plan_from_sheets(found | {"메모": [["x"]]})
    assert [problem.at for problem in caught.value.problems] == ["메모"]


def test_an_empty_workbook_is_refused():
    for empty in ({}, {"계획": []}, {"예산": [[]]}):
        with pytest.raises(UnableToReadPlan):
            plan_from_sheets(empty)

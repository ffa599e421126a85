from __future__ import annotations

from datetime import datetime

import pytest

from madang.ground.cycles.models import DistrictYear
from madang.ground.cycles.states import Participation
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.plan.plans import operations
from madang.plan.plans.models import Line, Plan, Project
from madang.plan.plans.operations import LineInput, UnableToAddProject, UnableToEdit, UnableToSaveBudget
from madang.plan.plans.states import Part
from madang.plan.plans.testing import chosen_agenda, district_year, ready_room, room

pytestmark = pytest.mark.django_db
OUTSIDERS = [Role.COUNCIL_MEMBER, Role.DEPARTMENT_OFFICER, Role.CITY_OFFICER, Role.WORKING_GROUP_MEMBER]


@pytest.fixture
def ready(at):
    return ready_room(at)


def test_a_plan_covers_the_year_after_planning_and_a_base_plan_of_three_years(at) -> None:
    plan = room(at).plan
    assert (plan.fiscal_year, plan.base_first_year, plan.base_last_year) == (2021, 2021, 2023)


def test_a_district_has_one_plan_a_cycle(at) -> None:
    found = room(at)
    with pytest.raises(UnableToEdit):
        operations.start_plan(district=found.district, cycle=found.plan.cycle, actor=found.staff, at=at)


def test_a_district_that_does_not_take_part_starts_no_plan(at) -> None:
    year = district_year(at)
    DistrictYear.objects.filter(pk=year.pk).update(participation=Participation.NOT_TAKING_PART)
    with pytest.raises(UnableToEdit):
        operations.start_plan(district=year.district, cycle=year.cycle, actor=holder(Role.SECRETARIAT, at), at=at)


def test_a_base_plan_still_in_force_is_kept_with_its_goals(ready, at) -> None:
    later = district_year(datetime(2025, 3, 2, tzinfo=at.tzinfo))
    Plan.objects.filter(pk=ready.plan.pk).update(base_first_year=2025, base_last_year=2027)
    plan = operations.start_plan(district=ready.district, cycle=later.cycle, actor=ready.staff, at=at)
    assert (plan.fiscal_year, plan.base_first_year, plan.vision) == (2026, 2025, "곁에서 함께 정하는 마을")
    assert plan.tasks.get().goal.plan == plan
    assert not plan.texts.filter(part="action").exists()


@pytest.mark.parametrize("role", OUTSIDERS)
def test_only_staff_of_the_district_writes(ready, at, role) -> None:
    actor = holder(role, at)
    project = ready.project()
    agenda = chosen_agenda(ready.district, ready.plan.cycle, at)
    with pytest.raises(NotAllowed):
        operations.edit_plan(plan=ready.plan, vision="다른 꿈", actor=actor, at=at)
    with pytest.raises(NotAllowed):
        operations.add_project_from_agenda(plan=ready.plan, agenda=agenda, actor=actor, at=at)
    with pytest.raises(NotAllowed):
        operations.save_budget(project=project, lines=[], actor=actor, at=at)
    with pytest.raises(NotAllowed):
        operations.freeze_version(plan=ready.plan, actor=actor, at=at)
    assert project.lines.count() == 1


def test_staff_of_another_district_and_nobody_write_nothing(ready, at) -> None:
    for actor in (holder(Role.SUPPORT_OFFICER, at, district="mapo"), NOBODY):
        with pytest.raises(NotAllowed):
            operations.edit_project(project=ready.project(), title="우리 일", actor=actor, at=at)


@pytest.mark.parametrize("state", ["gathered", "in_review", "fit", "kept", "not_chosen", "undone"])
def test_only_a_chosen_agenda_becomes_a_project(ready, at, state) -> None:
    agenda = chosen_agenda(ready.district, ready.plan.cycle, at, state=state)
    with pytest.raises(UnableToAddProject) as refused:
        operations.add_project_from_agenda(plan=ready.plan, agenda=agenda, actor=ready.staff, at=at)
    assert agenda.title in str(refused.value)


def test_a_chosen_agenda_becomes_one_project_with_the_next_number(ready, at) -> None:
    agenda = chosen_agenda(ready.district, ready.plan.cycle, at)
    made = operations.add_project_from_agenda(plan=ready.plan, agenda=agenda, actor=ready.staff, at=at)
    assert (made.number, made.title, made.part) == ("S2", agenda.title, Part.SECTORAL)
    with pytest.raises(UnableToAddProject):
        operations.add_project_from_agenda(plan=ready.plan, agenda=agenda, actor=ready.staff, at=at)


def test_an_agenda_of_another_district_is_refused(ready, at) -> None:
    other = district_year(at, district="mapo")
    agenda = chosen_agenda(other.district, other.cycle, at)
    with pytest.raises(UnableToAddProject):
        operations.add_project_from_agenda(plan=ready.plan, agenda=agenda, actor=ready.staff, at=at)


def test_foundation_work_needs_no_agenda(ready, at) -> None:
    made = operations.add_foundation_project(plan=ready.plan, title="열린 배움", actor=ready.staff, at=at)
    assert (made.number, made.agenda) == ("F2", None)


def test_a_task_of_another_plan_is_refused(ready, at) -> None:
    other = ready_room(at, district="mapo")
    task = other.plan.tasks.get()
    with pytest.raises(UnableToEdit):
        operations.edit_project(project=ready.project(), task=task, actor=ready.staff, at=at)


def test_amounts_do_not_pass_through_the_texts_of_a_project(ready, at) -> None:
    with pytest.raises(UnableToEdit):
        operations.edit_project(project=ready.project(), number="S9", actor=ready.staff, at=at)


def test_a_goal_with_tasks_and_a_task_with_projects_stay(ready, at) -> None:
    with pytest.raises(UnableToEdit):
        operations.remove_goal(goal=ready.plan.goals.get(), actor=ready.staff, at=at)
    with pytest.raises(UnableToEdit):
        operations.remove_task(task=ready.plan.tasks.get(), actor=ready.staff, at=at)


def test_a_section_that_the_forms_do_not_have_is_refused(ready, at) -> None:
    with pytest.raises(UnableToEdit):
        operations.edit_plan(plan=ready.plan, texts={("base", "gossip"): "…"}, actor=ready.staff, at=at)


def test_a_project_leaves_the_draft_only_with_a_reason(ready, at) -> None:
    with pytest.raises(UnableToEdit):
        operations.remove_project(project=ready.project(), reason=" ", actor=ready.staff, at=at)
    operations.remove_project(project=ready.project(), reason="부서와 다시 이야기해요", actor=ready.staff, at=at)
    assert not Project.objects.filter(plan=ready.plan, part="sectoral").exists()


def test_a_saved_budget_replaces_the_lines_and_keeps_those_that_stay(ready, at) -> None:
    project = ready.project()
    kept = project.lines.get()
    lines = [LineInput("401-01", "공사", city_kwon=500), LineInput("201-01", "6회", city_kwon=2500, line_id=kept.pk)]
    operations.save_budget(project=project, lines=lines, actor=ready.staff, at=at)
    assert [(line.item, line.city_kwon) for line in project.lines.all()] == [("401-01", 500), ("201-01", 2500)]
    assert project.lines.last().pk == kept.pk


def test_an_unknown_item_code_is_refused_at_its_cell_and_nothing_is_saved(ready, at) -> None:
    project = ready.project()
    lines = [LineInput("201-01", city_kwon=1), LineInput("999-99", city_kwon=5)]
    with pytest.raises(UnableToSaveBudget) as refused:
        operations.save_budget(project=project, lines=lines, actor=ready.staff, at=at)
    assert (1, "item") in refused.value.cells
    assert project.lines.get().city_kwon == 3000


def test_a_code_that_the_partial_table_lacks_is_saved_with_its_nature(ready, at) -> None:
    project = ready.project()
    line = LineInput("210-01", city_kwon=5)
    with pytest.raises(UnableToSaveBudget):
        operations.save_line(project=project, line=line, actor=ready.staff, at=at)
    stated = LineInput("210-01", city_kwon=5, nature="current")
    assert operations.save_line(project=project, line=stated, actor=ready.staff, at=at).nature == "current"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (LineInput("201-01", city_kwon=-1), "city_kwon"),
        (LineInput("201-01", other_kwon=2_000_000_001), "other_kwon"),
        (LineInput("201-01", flags=("durable_goods",)), "flags"),
        (LineInput("405-01", flags=("meeting_fee",)), "flags"),
        (LineInput("401-01", nature="current"), "nature"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(ready, at, line, column) -> None:
    with pytest.raises(UnableToSaveBudget) as refused:
        operations.save_line(project=ready.project(), line=line, actor=ready.staff, at=at)
    assert [cell for _number, cell in refused.value.cells] == [column]


def test_a_line_of_another_project_is_not_taken_over(ready, at) -> None:
    other = ready.project("foundation").lines.get()
    with pytest.raises(UnableToSaveBudget):
        operations.save_budget(
            project=ready.project(), lines=[LineInput("201-01", line_id=other.pk)], actor=ready.staff, at=at
        )
    assert Line.objects.filter(pk=other.pk).exists()


def test_a_removed_line_is_gone_and_the_others_stay(ready, at) -> None:
    project = ready.project()
    operations.save_line(project=project, line=LineInput("201-03", city_kwon=7), actor=ready.staff, at=at)
    operations.remove_line(line=project.lines.first(), actor=ready.staff, at=at)
    assert [line.item for line in project.lines.all()] == ["201-03"]

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.plan.plans import operations
from madang.plan.plans.models import Line, Plan, Project
from madang.plan.plans.operations import LineInput
from madang.plan.plans.queries import budget_of_agenda, project_events, waiting_for
from madang.plan.plans.testing import chosen_agenda, district_year, ready_room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.MADANG_DAY = date(2020, 5, 21)


@pytest.fixture
def ready(at):
    return ready_room(at)


def _url(name: str, *args) -> str:
    return reverse(f"plans:{name}", args=["dobong", *args])


def _typed(project: Project, **changes: str) -> dict[str, object]:
    """Return the form of a project's budget as it stands, with changes."""
    form: dict[str, object] = {"row": [str(line.pk) for line in project.lines.all()]}
    for line in project.lines.all():
        form |= {f"item-{line.pk}": line.item, f"basis-{line.pk}": line.basis, f"city-{line.pk}": f"{line.city_kwon:,}"}
    return form | changes


DRAFT_PAGES = [
    ("plan", (2021,)),
    ("export", (2021,)),
    ("project", (2021, "S1")),
]
WRITING_PAGES = [
    ("texts", (2021,)),
    ("goals", (2021,)),
    ("add", (2021,)),
    ("edit", (2021, "S1")),
    ("budget", (2021, "S1")),
    ("council", (2021,)),
]


@pytest.mark.parametrize(("name", "args"), DRAFT_PAGES)
def test_a_draft_is_read_by_its_district_and_is_not_there_for_others(client, ready, at, name, args) -> None:
    assert client.get(_url(name, *args)).status_code == 404
    for other in (resident(at), holder(Role.SECRETARIAT, at, district="mapo"), holder(Role.CITY_OFFICER, at)):
        client.force_login(other.person)
        assert client.get(_url(name, *args)).status_code == 404
    for own in (ready.staff, holder(Role.COUNCIL_MEMBER, at)):
        client.force_login(own.person)
        assert client.get(_url(name, *args)).status_code == 200


@pytest.mark.parametrize(("name", "args"), WRITING_PAGES)
def test_a_draft_is_written_by_staff_and_its_readers_learn_why_not(client, ready, at, name, args) -> None:
    assert client.get(_url(name, *args)).status_code == 302
    client.force_login(holder(Role.COUNCIL_MEMBER, at).person)
    assert client.get(_url(name, *args)).status_code == 403
    client.force_login(holder(Role.SECRETARIAT, at, district="mapo").person)
    assert client.get(_url(name, *args)).status_code == 404
    client.force_login(ready.staff.person)
    assert client.get(_url(name, *args)).status_code == 200


def test_the_public_reads_the_approved_version_and_not_what_was_written_after_it(client, ready, at) -> None:
    version = ready.approve()
    operations.edit_project(project=ready.project(), title="몰래 고친 제목", actor=ready.staff, at=at)
    newer = ready.freeze()
    for name, args in [("plans", ()), *DRAFT_PAGES, ("version", (2021, version.number))]:
        answer = client.get(_url(name, *args))
        assert answer.status_code == 200
        assert "몰래 고친 제목" not in answer.content.decode()
    assert client.get(_url("version", 2021, newer.number)).status_code == 404
    client.force_login(ready.staff.person)
    page = client.get(_url("plan", 2021)).content.decode()
    assert "승인된 1판과 달라요" in page
    assert "몰래 고친 제목" in page


def test_a_draft_stands_in_no_public_list_and_no_public_thread(client, ready) -> None:
    agenda = ready.project().agenda
    assert "2021년 실행계획" not in client.get(_url("plans")).content.decode()
    assert (project_events(agenda), budget_of_agenda(agenda)) == ([], None)


def test_an_approved_project_stands_in_the_thread_of_its_agenda(ready, at) -> None:
    ready.approve()
    operations.save_line(project=ready.project(), line=LineInput("201-03", "나중에", 9), actor=ready.staff, at=at)
    (event,) = project_events(ready.project().agenda)
    assert event.at == at
    assert "3,000천원" in event.title
    budget = budget_of_agenda(ready.project().agenda)
    assert [line.label for line in budget.lines] == ["6회 × 500,000원"]


def test_typing_is_judged_at_once_and_saves_nothing(client, ready) -> None:
    project = ready.project()
    line = project.lines.get()
    client.force_login(ready.staff.person)
    form = _typed(project, **{f"city-{line.pk}": "5,000"}) | {
        "row": [str(line.pk), "new1"],
        "item-new1": "401-01",
        "city-new1": "95,000",
    }
    answer = client.post(_url("budget", 2021, "S1"), form, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "BUDGET-5" in page
    assert "운영지침 3.2.2(2)③" in page
    assert 'value="try:BUDGET-5:move"' in page
    assert ">100,000<" in page
    assert Line.objects.get(pk=line.pk).city_kwon == 3000
    assert project.lines.count() == 1


def test_a_budget_is_saved_without_a_script(client, ready) -> None:
    project = ready.project()
    line = project.lines.get()
    client.force_login(ready.staff.person)
    form = _typed(project, **{f"city-{line.pk}": "4,500", "joint_departments": "공원녹지과\n 치수과 "}) | {
        "row": [str(line.pk), "new1"],
        "item-new1": "405-01",
        "district-new1": "600",
        "flag-new1": "durable_goods",
        "reason-new1": "돌봄에 꼭 필요해요",
        "register-new1": "on",
        "do": "save",
    }
    assert client.post(_url("budget", 2021, "S1"), form).status_code == 302
    project = ready.project()
    assert [(one.item, one.total_kwon) for one in project.lines.all()] == [("201-01", 4500), ("405-01", 600)]
    assert project.joint_departments == ["공원녹지과", "치수과"]
    assert project.lines.last().register_of_goods


def test_a_cell_that_cannot_be_read_keeps_its_word_and_nothing_is_saved(client, ready) -> None:
    project = ready.project()
    line = project.lines.get()
    client.force_login(ready.staff.person)
    form = _typed(project, **{f"city-{line.pk}": "삼천", f"basis-{line.pk}": "새 내역", "do": "save"})
    answer = client.post(_url("budget", 2021, "S1"), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="삼천"' in page
    assert "“삼천” 대신 숫자로" in page
    assert project.lines.get().basis == "6회 × 500,000원"


def test_a_line_is_added_tried_and_removed_before_anything_is_saved(client, ready) -> None:
    project = ready.project()
    client.force_login(ready.staff.person)
    added = client.post(_url("budget", 2021, "S1"), _typed(project, do="add", new_item="401-01")).content.decode()
    assert 'name="city-new1"' in added
    bad = client.post(_url("budget", 2021, "S1"), _typed(project, do="add", new_code="99-9")).content.decode()
    assert 'name="city-new1"' not in bad
    assert "통계목" in bad
    key = project.lines.get().pk
    with_new = {"row": [str(key), "new1"], "item-new1": "401-01", "city-new1": "97,000"}
    tried = client.post(_url("budget", 2021, "S1"), _typed(project, do="try:BUDGET-5:move") | with_new)
    assert 'name="city-new1" value="70,000"' in tried.content.decode()
    gone = client.post(_url("budget", 2021, "S1"), _typed(project, do="remove:new1") | with_new).content.decode()
    assert 'name="city-new1"' not in gone
    assert project.lines.count() == 1


def test_a_forged_row_changes_no_other_project(client, ready) -> None:
    other = ready.project("foundation").lines.get()
    client.force_login(ready.staff.person)
    form = {"row": [str(other.pk), "new1; drop"], f"item-{other.pk}": "201-01", f"city-{other.pk}": "1", "do": "save"}
    assert client.post(_url("budget", 2021, "S1"), form).status_code == 422
    other.refresh_from_db()
    assert (other.city_kwon, other.project.number) == (2000, "F1")


def test_a_draft_that_is_blocked_is_not_frozen_and_the_page_says_why(client, ready, at) -> None:
    operations.save_budget(project=ready.project(), lines=[LineInput("401-01", "", 10)], actor=ready.staff, at=at)
    client.force_login(ready.staff.person)
    answer = client.post(_url("freeze", 2021))
    assert answer.status_code == 409
    assert "BUDGET-5" in answer.content.decode()


def test_a_version_goes_from_the_plan_to_the_council(client, ready) -> None:
    client.force_login(ready.staff.person)
    assert client.post(_url("freeze", 2021)).status_code == 302
    meeting = ready.call()
    assert client.post(_url("council", 2021), {"meeting": meeting.pk}).status_code == 302
    assert meeting.motions.get().subject_sha256 == ready.plan.versions.get().sha256


def test_a_council_of_one_gender_is_refused_with_the_clause(client, ready) -> None:
    client.force_login(ready.staff.person)
    client.post(_url("freeze", 2021))
    ready.council.members.update(gender="male")
    page = client.post(_url("council", 2021), {"meeting": ready.call().pk}).content.decode()
    assert "G 2.1.1(3)" in page


def test_plans_are_written_on_the_pages_from_the_start(client, ready, at) -> None:
    year = district_year(at, district="mapo")
    staff = holder(Role.SECRETARIAT, at, district="mapo")
    client.force_login(staff.person)

    def here(name: str, *args) -> str:
        return reverse(f"plans:{name}", args=["mapo", *args])

    assert client.post(here("start")).status_code == 302
    client.post(here("goals", 2021), {"kind": "goal", "goal-number": "1", "goal-title": "안심"})
    plan = Plan.objects.get(district=year.district)
    client.post(
        here("goals", 2021),
        {"kind": "task", "task-goal": plan.goals.get().pk, "task-number": "1-1", "task-title": "걷기"},
    )
    agenda = chosen_agenda(year.district, year.cycle, at)
    task = plan.tasks.get()
    client.post(here("add", 2021), {"kind": "agenda", "agenda": agenda.pk, "part": "sectoral", "task": task.pk})
    client.post(here("add", 2021), {"kind": "foundation", "foundation-title": "배움"})
    assert sorted(plan.projects.values_list("number", flat=True)) == ["F1", "S1"]
    client.post(here("texts", 2021), {"vision": "함께", "base-funding": "구비를 늘려요"})
    assert plan.texts.get(key="funding").body == "구비를 늘려요"
    sent = {
        "title": "밤길",
        "task": task.pk,
        "schedule-0-when": "1월",
        "schedule-0-what": "시작",
        "indicators-0-name": "걷는 사람",
        "not_fundable": ["3"],
    }
    assert client.post(here("edit", 2021, "S1"), sent).status_code == 302
    project = plan.projects.get(number="S1")
    assert project.schedule == [{"when": "1월", "what": "시작", "private": "", "administration": ""}]
    assert project.not_fundable == [3]
    assert client.post(here("remove_number", 2021), {"kind": "task", "number": "1-1"}).status_code == 302
    assert plan.tasks.exists()
    client.post(here("remove", 2021, "F1"), {"reason": "나중에"})
    assert plan.projects.count() == 1


def test_an_agenda_that_was_not_chosen_is_no_choice(client, ready, at) -> None:
    agenda = chosen_agenda(ready.district, ready.plan.cycle, at, state="fit")
    client.force_login(ready.staff.person)
    client.post(_url("add", 2021), {"kind": "agenda", "agenda": agenda.pk, "part": "sectoral"})
    assert ready.plan.projects.count() == 2


def test_a_submitted_plan_shows_no_way_to_change_it(client, ready, at) -> None:
    version = ready.approve()
    operations.mark_submitted(plan=ready.plan, version=version, actor=ready.staff, at=at)
    client.force_login(ready.staff.person)
    page = client.get(_url("plan", 2021)).content.decode()
    assert _url("add", 2021) not in page
    project = ready.project()
    answer = client.post(_url("budget", 2021, "S1"), _typed(project, do="save"))
    assert answer.status_code == 422
    assert "고칠 수 없어요" in answer.content.decode()


def test_a_plan_page_costs_the_same_whatever_its_size(client, ready, at, django_assert_max_num_queries) -> None:
    for number in range(6):
        made = operations.add_foundation_project(plan=ready.plan, title=f"일 {number}", actor=ready.staff, at=at)
        operations.save_budget(project=made, lines=[LineInput("201-01", "", 1)] * 6, actor=ready.staff, at=at)
    client.force_login(ready.staff.person)
    with django_assert_max_num_queries(40):
        client.get(_url("plan", 2021))
    with django_assert_max_num_queries(20):
        client.get(_url("budget", 2021, "S1"))


def test_staff_is_told_what_the_plan_waits_for_and_others_are_not(ready, at) -> None:
    chosen_agenda(ready.district, ready.plan.cycle, at)
    found = waiting_for(ready.staff, ready.district, at.date())
    assert [item.due_on for item in found] == [date(2020, 7, 10)] * 2
    assert waiting_for(resident(at), ready.district, at.date()) == []
    assert waiting_for(ready.staff, None, at.date()) == []


def test_every_page_is_complete_in_english(client, ready) -> None:
    client.force_login(ready.staff.person)
    client.cookies["django_language"] = "en"
    with translation.override("ko"):  # the page's language ends with it
        page = client.get(_url("budget", 2021, "S1")).content.decode()
    assert "Save the budget" in page
    assert "예산 저장하기" not in page

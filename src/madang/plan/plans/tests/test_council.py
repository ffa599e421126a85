from __future__ import annotations

from datetime import timedelta

import pytest

from madang.ground.audit.models import Entry
from madang.ground.bodies import operations as bodies
from madang.ground.bodies.states import BodyKind, Gender
from madang.ground.bodies.testing import council
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.workflow import UnableToMove
from madang.plan.plans import operations
from madang.plan.plans.models import Approval, PlanVersion
from madang.plan.plans.operations import LineInput, UnableToApprove, UnableToEdit, UnableToFreeze, UnableToSubmit
from madang.plan.plans.queries import content_hash, plan_status
from madang.plan.plans.testing import ready_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(at):
    return ready_room(at)


def _edit(ready) -> None:
    operations.edit_project(project=ready.project(), one_line="낮은 불빛", actor=ready.staff, at=ready.at)


def test_a_version_is_the_hash_of_its_content_and_freezing_again_changes_nothing(ready) -> None:
    first = ready.freeze()
    assert first.sha256 == content_hash(PlanVersion.objects.get().content)
    assert ready.freeze() == first
    _edit(ready)
    assert ready.freeze().number == 2


def test_a_blocking_finding_keeps_the_draft_from_becoming_a_version(ready, at) -> None:
    lines = [LineInput("401-01", city_kwon=800), LineInput("201-01", city_kwon=200)]
    operations.save_budget(project=ready.project(), lines=lines, actor=ready.staff, at=at)
    with pytest.raises(UnableToFreeze) as refused:
        ready.freeze()
    assert {"BUDGET-4", "BUDGET-5", "BUDGET-6"} == {found.rule for found in refused.value.findings}
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize(
    ("part", "key", "rule"),
    [
        ("base", "funding", "PLAN-11"),
        ("action", "how_next_year_is_made", "PLAN-5"),
        ("action", "district_participatory_budgeting", "PLAN-6"),
    ],
)
def test_a_section_that_the_guide_requires_blocks_while_it_is_empty(ready, at, part, key, rule) -> None:
    operations.edit_plan(plan=ready.plan, texts={(part, key): "  "}, actor=ready.staff, at=at)
    with pytest.raises(UnableToFreeze) as refused:
        ready.freeze()
    assert [found.rule for found in refused.value.findings] == [rule]


def test_a_plan_without_any_recorded_forum_is_blocked(ready) -> None:
    ready.district.forums.all().delete()
    with pytest.raises(UnableToFreeze) as refused:
        ready.freeze()
    assert [found.rule for found in refused.value.findings] == ["PLAN-8"]


def test_the_council_approves_exactly_one_version_and_the_plan_is_approved(ready) -> None:
    version = ready.approve()
    approval = Approval.objects.get()
    assert (approval.version, approval.motion.subject_sha256) == (version, version.sha256)
    assert (ready.plan.state, plan_status(ready.plan).same) == ("approved", True)


def test_the_approval_stands_in_the_log_of_the_motion(ready) -> None:
    ready.approve()
    approved = Entry.objects.filter(operation="plans.approve", subject_type="plans.approval")
    assert approved.get().actor_id == ready.staff.person_id


def test_a_later_edit_is_a_new_draft_that_is_not_approved(ready) -> None:
    ready.approve()
    _edit(ready)
    status = plan_status(ready.plan)
    assert (status.approved, status.draft, status.same, status.frozen) == (1, 2, False, False)
    ready.freeze()
    assert not plan_status(ready.plan).same
    ready.approve()
    assert plan_status(ready.plan).approved == 2


def test_an_edit_during_the_meeting_does_not_change_what_is_approved(ready) -> None:
    version = ready.freeze()
    meeting = ready.call()
    ready.open(meeting)
    motion = ready.put(version, meeting)
    _edit(ready)
    ready.vote(motion)
    assert Approval.objects.get().version == version
    assert not plan_status(ready.plan).same


def test_too_few_votes_approve_nothing(ready) -> None:
    meeting = ready.call()
    ready.open(meeting)
    motion = ready.put(ready.freeze(), meeting)
    ready.vote(motion, yes=5)
    ready.plan.refresh_from_db()
    assert (motion.state, ready.plan.state) == ("rejected", "draft")
    assert not Approval.objects.exists()


def test_an_older_version_and_an_approved_one_are_not_put_again(ready) -> None:
    first = ready.approve()
    meeting = ready.call()
    with pytest.raises(UnableToApprove):
        ready.put(first, meeting)
    _edit(ready)
    second = ready.freeze()
    operations.edit_project(project=ready.project(), one_line="더 낮은 불빛", actor=ready.staff, at=ready.at)
    ready.freeze()
    with pytest.raises(UnableToApprove):
        ready.put(second, meeting)


def test_a_version_whose_content_was_touched_is_not_put_to_the_council(ready) -> None:
    version = ready.freeze()
    version.content["base"]["vision"] = "바꾼 꿈"
    version.save()
    with pytest.raises(UnableToApprove):
        ready.put(version, ready.call())


def test_a_council_that_breaks_the_rules_on_the_day_may_not_decide(ready) -> None:
    version = ready.freeze()
    ready.council.members.update(gender=Gender.FEMALE)
    with pytest.raises(UnableToApprove) as refused:
        ready.put(version, ready.call())
    assert [found.rule for found in refused.value.findings] == ["BODY-3"]
    assert "G 2.1.1(3)" in str(refused.value)


def test_a_council_that_changed_after_the_motion_was_put_may_not_carry_it(ready) -> None:
    meeting = ready.call()
    ready.open(meeting)
    motion = ready.put(ready.freeze(), meeting)
    ready.council.members.update(member_class="administration")
    with pytest.raises(UnableToApprove):
        ready.vote(motion)
    motion.refresh_from_db()
    assert motion.state == "open"


def test_only_the_council_of_the_district_decides(ready, at) -> None:
    version = ready.freeze()
    other = council(district="mapo")
    stranger = holder(Role.SECRETARIAT, at, district="mapo")
    meeting = bodies.call_meeting(body=other, title="회의", place="구청", held_at=at, actor=stranger, at=at)
    with pytest.raises(NotAllowed):
        ready.put(version, meeting)
    group = council(kind=BodyKind.SUBCOMMITTEE)
    own = bodies.call_meeting(body=group, title="분과", place="구청", held_at=at, actor=ready.staff, at=at)
    with pytest.raises(UnableToApprove):
        ready.put(version, own)


def test_the_task_force_decides_until_the_council_exists(ready) -> None:
    ready.council.kind = BodyKind.TASK_FORCE
    ready.council.save()
    ready.council.members.update(member_class="administration")
    ready.approve()
    assert ready.plan.state == "approved"


def test_exactly_the_approved_version_is_submitted(ready, at) -> None:
    version = ready.freeze()
    with pytest.raises(UnableToSubmit):
        operations.mark_submitted(plan=ready.plan, version=version, actor=ready.staff, at=at)
    ready.approve(version)
    _edit(ready)
    newer = ready.freeze()
    with pytest.raises(UnableToSubmit):
        operations.mark_submitted(plan=ready.plan, version=newer, actor=ready.staff, at=at)
    operations.mark_submitted(plan=ready.plan, version=version, actor=ready.staff, at=at)
    assert (ready.plan.state, ready.plan.submitted_version) == ("submitted", version)
    with pytest.raises(UnableToMove):
        operations.mark_submitted(plan=ready.plan, version=version, actor=ready.staff, at=at)


def test_a_submitted_plan_is_not_changed_until_the_city_opens_it_again(ready, at) -> None:
    version = ready.approve()
    operations.mark_submitted(plan=ready.plan, version=version, actor=ready.staff, at=at)
    with pytest.raises(UnableToEdit):
        _edit(ready)
    with pytest.raises(UnableToEdit):
        operations.save_budget(project=ready.project(), lines=[], actor=ready.staff, at=at)
    with pytest.raises(NotAllowed):
        operations.reopen_plan(plan=ready.plan, reason="고쳐야 해요", actor=ready.staff, at=at)
    city = holder(Role.CITY_OFFICER, at)
    with pytest.raises(UnableToSubmit):
        operations.reopen_plan(plan=ready.plan, reason=" ", actor=city, at=at)
    operations.reopen_plan(plan=ready.plan, reason="조정 결과를 담아요", actor=city, at=at)
    _edit(ready)
    assert ready.project().one_line == "낮은 불빛"


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.COUNCIL_CHAIR, Role.CITY_OFFICER])
def test_only_staff_puts_a_version_to_the_council(ready, at, role) -> None:
    version, meeting = ready.freeze(), ready.call(at=at + timedelta(hours=1))
    with pytest.raises(NotAllowed):
        operations.put_to_council(version=version, meeting=meeting, actor=holder(role, at), at=at)

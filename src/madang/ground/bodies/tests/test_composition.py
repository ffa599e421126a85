from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from madang.ground.bodies import operations
from madang.ground.bodies.addresses import address
from madang.ground.bodies.models import Member, Ordinance
from madang.ground.bodies.operations import UnableToMeet, UnableToPutMotion
from madang.ground.bodies.queries import composition, council_of, quorum_of, standing
from madang.ground.bodies.states import BodyKind, Gender, MemberClass, Proportion, StandsFor
from madang.ground.bodies.subjects import Subject, register_subject, subject_of
from madang.ground.bodies.testing import council, empty_body, seat, sit
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db
ADMINISTRATION = MemberClass.ADMINISTRATION


def ids(findings) -> list[tuple[str, str]]:
    return [(found.rule, str(found.severity)) for found in findings]


def test_a_council_at_exactly_seventy_percent_is_warned_and_below_it_blocked(at: datetime) -> None:
    day = at.date()
    at_limit = composition(council(private=7, administration=3), day)
    assert ids(at_limit.findings) == [("BODY-1", "warn")]
    below = composition(council(private=6, administration=4, district="mapo"), day)
    assert "BODY-1" in {found.rule for found in below.blocking}
    assert next(share for share in below.shares if share.rule == "BODY-1").room == -1


def test_one_gender_over_sixty_percent_of_the_appointed_blocks(at: datetime) -> None:
    found = composition(council(women=7), at.date())
    assert [one.rule for one in found.blocking] == ["BODY-3"]
    assert next(share for share in found.shares if share.kind == "appointed_female").room == -1


def test_the_citys_own_check_blocks_from_the_final_selection_on(at: datetime) -> None:
    body = council(women=3)
    warned = [one for one in composition(body, at.date()).findings if one.rule == "BODY-4"]
    blocked = [one for one in composition(body, at.date(), step="final_selection").findings if one.rule == "BODY-4"]
    assert ids([*warned, *blocked]) == [("BODY-4", "warn"), ("BODY-4", "block")]


@pytest.mark.parametrize("kind", list(BodyKind))
def test_an_empty_body_never_passes_silently(at: datetime, kind: BodyKind) -> None:
    found = composition(empty_body(kind), at.date())
    assert found.judgement is None or found.findings or found.not_judged


def test_a_task_force_is_asked_for_its_size_only_and_acts_until_the_council_exists(at: datetime) -> None:
    force = council(private=1, administration=5, kind=BodyKind.TASK_FORCE)
    found = composition(force, at.date())
    assert not found.findings
    assert {one.rule for one in found.not_judged} == {"BODY-1", "BODY-2", "BODY-3", "BODY-4"}
    sit(force, 14)
    assert ids(composition(force, at.date()).findings) == [("BODY-6", "note")]
    assert council_of(force.district, at.date()) == force
    assert council_of(council().district, at.date()).kind == BodyKind.COUNCIL


def test_the_shares_of_a_subcommittee_count_all_members(at: datetime) -> None:
    group = empty_body(BodyKind.SUBCOMMITTEE)
    sit(group, 6)
    sit(group, 4, member_class=ADMINISTRATION, gender=Gender.MALE, appointed=False)
    found = composition(group, at.date())
    assert ids(found.findings) == [("BODY-5", "block")]
    assert {share.kind: share.room for share in found.shares} == {"private": -1, "all_female": 0, "all_male": 2}


def test_a_working_group_knows_departments_and_council_members_from_the_records(at: datetime) -> None:
    group = empty_body(BodyKind.WORKING_GROUP)
    citizen, official = resident(at).person, holder(Role.DEPARTMENT_OFFICER, at, department="공원녹지과").person
    sit(group, person=citizen)
    sit(group, person=official, member_class=ADMINISTRATION)
    assert ids(composition(group, at.date()).findings) == [
        ("BODY-8", "warn"), ("BODY-8", "note"), ("BODY-8", "note"),
    ]  # fmt: skip
    seat(council(), citizen)
    Member.objects.filter(body=group, person=citizen).update(stands_for=[StandsFor.PROPOSER, StandsFor.EXPERT])
    assert composition(group, at.date()).findings == ()


def test_somebody_from_a_department_is_no_official_while_sitting_there_as_a_citizen(at: datetime) -> None:
    group = empty_body(BodyKind.WORKING_GROUP)
    official = holder(Role.DEPARTMENT_OFFICER, at, department="공원녹지과").person
    sit(group, person=official)
    assert [one.severity for one in composition(group, at.date()).blocking] == ["block"]


def test_focus_groups_of_a_year_overlap_by_account_or_by_name_and_affiliation(at: datetime) -> None:
    first = empty_body(BodyKind.FOCUS_GROUP_FIRST, district=None, name="1차 가")
    second = empty_body(BodyKind.FOCUS_GROUP_SECOND, district=None, name="2차 나", since_on=date(2020, 11, 1))
    last_year = empty_body(BodyKind.FOCUS_GROUP_SECOND, district=None, since_on=date(2019, 11, 1))
    sit(first, name="고은별", affiliation="방학천사람들")
    sit(last_year, name="고은별", affiliation="방학천사람들")
    other = sit(second, name="고은별", affiliation="다른 모임", starts_on=date(2020, 11, 1))[0]
    assert not composition(first, at.date()).findings
    other.affiliation = "방학천 사람들"
    other.save()
    assert ids(composition(first, at.date()).findings) == [("BODY-12", "block")]
    assert [one.name for one in composition(second, date(2020, 11, 2)).in_both_rounds] == ["고은별"]


def test_a_seat_that_is_only_thought_of_changes_what_is_found_and_nothing_else(at: datetime) -> None:
    group = empty_body(BodyKind.SUBCOMMITTEE)
    sit(group, 3)
    sit(group, 1, gender=Gender.MALE)
    man = operations.proposed(
        group, operations.Seat("새사람", MemberClass.PRIVATE, gender=Gender.MALE), at.date(), None
    )
    assert [one.room for one in composition(group, at.date()).shares if one.kind == "all_female"] == [-1]
    assert composition(group, at.date(), changed=man).findings == ()
    assert group.members.count() == 4


@pytest.fixture
def staff(at):
    return holder(Role.SUPPORT_OFFICER, at)


def called(body, staff, at):
    return operations.call_meeting(body=body, title="회의", place="구청", held_at=at, actor=staff, at=at)


def test_a_body_whose_composition_blocks_decides_nothing(at: datetime, staff) -> None:
    group = empty_body(BodyKind.WORKING_GROUP)
    sit(group, 3)
    meeting = called(group, staff, at)
    with pytest.raises(UnableToPutMotion) as refused:
        operations.put_motion(meeting=meeting, title="안건", actor=staff, at=at)
    assert "관련 부서" in str(refused.value)
    official = sit(
        group, member_class=ADMINISTRATION, person=holder(Role.DEPARTMENT_OFFICER, at, department="환경과").person
    )
    motion = operations.put_motion(meeting=meeting, title="안건", actor=staff, at=at)
    operations.open_meeting(meeting=meeting, present=group.members.values_list("pk", flat=True), actor=staff, at=at)
    Member.objects.filter(pk=official[0].pk).update(ends_on=at.date() - timedelta(days=1))
    with pytest.raises(UnableToPutMotion):
        operations.close_motion(motion=motion, actor=staff, at=at)


def ordinance(**others) -> Ordinance:
    place = District.objects.get(slug="dobong")
    return Ordinance.objects.create(**{"district": place, "title": "조례", "enacted_on": date(2019, 1, 1), **others})


def test_a_meeting_of_the_council_opens_and_decides_as_the_ordinance_says(at: datetime, staff) -> None:
    ordinance(present=Proportion.THIRD, decides=Proportion.TWO_THIRDS)
    body = council()
    meeting = called(body, staff, at)
    members = list(body.members.all())
    with pytest.raises(UnableToMeet) as refused:
        operations.open_meeting(meeting=meeting, present={one.pk for one in members[:3]}, actor=staff, at=at)
    assert "4명(3분의 1 이상)" in str(refused.value)
    operations.open_meeting(meeting=meeting, present={one.pk for one in members[:6]}, actor=staff, at=at)
    for yes, state in ((3, "rejected"), (4, "carried")):
        motion = operations.put_motion(meeting=meeting, title=f"{yes}", actor=staff, at=at)
        operations.cast_votes(motion=motion, ballots=dict.fromkeys(members[:yes], "yes"), actor=staff, at=at)
        assert operations.close_motion(motion=motion, actor=staff, at=at).state == state


def test_the_ordinance_binds_the_council_alone_and_from_its_day(at: datetime) -> None:
    ordinance(enacted_on=at.date(), present=Proportion.THIRD)
    body, group = council(), empty_body(BodyKind.SUBCOMMITTEE)
    assert quorum_of(body, at.date()).present.words() == "3분의 1 이상"
    assert quorum_of(body, at.date() - timedelta(days=1)).present.words() == "과반수"
    assert quorum_of(group, at.date()).present.words() == "과반수"


def test_before_disbursement_a_district_needs_ordinance_and_council(at: datetime) -> None:
    place, day = District.objects.get(slug="dobong"), at.date()
    force = council(kind=BodyKind.TASK_FORCE)
    assert ids(standing(place, "final_approval", day).findings) == [("BODY-7", "warn")]
    assert ids(standing(place, "disbursement", day).findings) == [("BODY-7", "block"), ("BODY-13", "block")]
    kept = ordinance(size_max=9)
    body = council()
    assert ids(standing(place, "disbursement", day).findings) == [("BODY-13", "block")]
    Ordinance.objects.filter(pk=kept.pk).update(size_max=10, term_years=2)
    assert standing(place, "disbursement", day).ok
    body.members.update(starts_on=date(2017, 1, 1))
    assert ids(standing(place, "disbursement", day).findings) == [("BODY-13", "block")]
    assert force.pk != body.pk


def test_a_task_force_that_takes_the_final_approval_is_warned_on_the_page_of_its_meeting(
    at: datetime, staff, client, settings
) -> None:
    settings.MADANG_DAY = at.date()
    if subject_of("approval") is None:
        nothing = Subject(before=lambda *_: None, carried=lambda *_: None, url=lambda _: "", step="final_approval")
        register_subject("approval", nothing)
    meeting = called(council(kind=BodyKind.TASK_FORCE), staff, at)
    page = address("meeting", meeting.body, meeting.pk)
    assert "BODY-7" not in client.get(page).content.decode()
    operations.put_motion(meeting=meeting, title="승인", subject_type="approval", actor=staff, at=at)
    assert "협치회의가 아직 없어서 TFT가 대신해요" in client.get(page).content.decode()
    council()
    assert "BODY-7" not in client.get(page).content.decode()

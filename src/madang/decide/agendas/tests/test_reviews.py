from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from madang.decide.agendas.models import Agenda, DepartmentReview
from madang.decide.agendas.operations.merging import undo_merge
from madang.decide.agendas.operations.reviews import (
    UnableToReview,
    answer_review,
    ask_departments,
    correct_answer,
    remind_department,
)
from madang.ground.audit.models import Entry
from madang.ground.notices.models import Notice
from madang.ground.people.models import Department
from madang.ground.people.permissions import OTHER_DISTRICT, NotAllowed
from madang.ground.people.testing import resident
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo, UnableToMove

pytestmark = pytest.mark.django_db
YES = {"verdict": "feasible", "reason": "할 수 있어요.", "conditions": ""}


def ask(hall, agenda, departments, actor=None, days=7):
    return ask_departments(
        agenda=agenda,
        departments=departments,
        due_on=timezone.localdate(hall.at) + timedelta(days=days),
        actor=actor or hall.staff(),
        at=hall.at,
    )


@pytest.fixture
def parks(hall) -> Department:
    return Department.objects.create(district=hall.district, name="공원녹지과")


class TestAsking:
    def test_begins_the_review_and_tells_the_officers_of_the_department(self, hall):
        officer, other = hall.officer("공원녹지과"), hall.officer("치수과")
        review = hall.asked(None, "공원녹지과")[0]
        assert Agenda.objects.get().state == "in_review"
        assert Notice.objects.get(person=officer.person).link == f"/districts/dobong/agendas/reviews/{review.pk}/"
        assert not Notice.objects.filter(person=other.person).exists()

    def test_can_go_on_to_further_departments_until_somebody_judges(self, hall, parks):
        agenda = hall.answered()
        water = Department.objects.create(district=hall.district, name="치수과")
        late = Department.objects.create(district=hall.district, name="교통과")
        hall.answer(ask(hall, agenda, [water])[0])
        hall.judge(agenda)
        with pytest.raises(UnableToReview):
            ask(hall, agenda, [late])
        assert agenda.department_reviews.count() == 2

    def test_is_refused_to_others_than_the_districts_staff(self, hall, parks):
        agenda = hall.agenda()
        for actor in (resident(hall.at), hall.officer(), hall.reviewer(), hall.staff("nowon")):
            with pytest.raises(NotAllowed):
                ask(hall, agenda, [parks], actor)
        assert not DepartmentReview.objects.exists()

    def test_does_not_ask_a_department_twice_nor_one_of_another_district_nor_none(self, hall, parks):
        agenda = hall.asked(None, "공원녹지과")[0].agenda
        foreign = Department.objects.create(district=District.objects.get(slug="nowon"), name="교통과")
        for departments in ([parks], [foreign], []):
            with pytest.raises(UnableToReview) as refusal:
                ask(hall, agenda, departments)
            assert refusal.value.field == "departments"

    def test_takes_today_as_the_last_day_but_no_day_that_has_passed(self, hall, parks):
        agenda = hall.agenda()
        with pytest.raises(UnableToReview) as refusal:
            ask(hall, agenda, [parks], days=-1)
        assert refusal.value.field == "due_on"
        assert ask(hall, agenda, [parks], days=0)

    def test_is_refused_for_an_agenda_whose_merge_was_undone(self, hall, parks):
        agenda = hall.agenda()
        undo_merge(agenda=agenda, reason="다른 길", actor=hall.staff(), at=hall.at)
        with pytest.raises(UnableToMove):
            ask(hall, agenda, [parks])


class TestReminding:
    def test_tells_the_officers_once_a_day(self, hall):
        hall.officer("공원녹지과")
        review, staff = hall.asked(None, "공원녹지과")[0], hall.staff()
        days = (hall.at, hall.at + timedelta(hours=1), hall.at + timedelta(days=1))
        assert [remind_department(review=review, actor=staff, at=at) for at in days] == [1, 0, 1]

    def test_is_refused_when_answered_and_when_nobody_could_be_told(self, hall):
        review = hall.asked(None, "공원녹지과")[0]
        with pytest.raises(UnableToReview):
            remind_department(review=review, actor=hall.staff(), at=hall.at)
        hall.answer(review)
        with pytest.raises(UnableToReview):
            remind_department(review=review, actor=hall.staff(), at=hall.at)

    def test_is_refused_to_a_department(self, hall):
        review = hall.asked()[0]
        with pytest.raises(NotAllowed):
            remind_department(review=review, actor=hall.officer(), at=hall.at)


class TestAnswering:
    @pytest.mark.parametrize("verdict", ["feasible", "conditional", "not_feasible"])
    def test_keeps_verdict_reason_and_who_gave_them_when(self, hall, verdict):
        review, officer = hall.asked()[0], hall.officer()
        hall.answer(review, verdict, officer)
        kept = DepartmentReview.objects.get()
        assert (kept.verdict, kept.answered_by_id, kept.answered_at) == (verdict, officer.person_id, hall.at)
        assert kept.reason
        assert bool(kept.conditions) is (verdict == "conditional")

    def test_tells_the_proposers(self, hall):
        ahn = resident(hall.at)
        hall.answered(hall.agenda(hall.proposal(ahn)), "conditional")
        assert Notice.objects.filter(person=ahn.person, subject__contains="공원녹지과").count() == 1

    def test_is_only_for_the_department_that_was_asked(self, hall):
        review = hall.asked(None, "공원녹지과")[0]
        with pytest.raises(NotAllowed) as refusal:
            answer_review(review=review, **YES, actor=hall.officer("치수과"), at=hall.at)
        assert "다른 부서" in str(refusal.value.reason)

    def test_is_refused_to_other_districts_to_staff_and_to_residents(self, hall):
        review = hall.asked()[0]
        with pytest.raises(NotAllowed) as refusal:
            answer_review(review=review, **YES, actor=hall.officer("공원녹지과", "nowon"), at=hall.at)
        assert refusal.value.reason == OTHER_DISTRICT
        for actor in (hall.staff(), hall.reviewer(), resident(hall.at)):
            with pytest.raises(NotAllowed):
                answer_review(review=review, **YES, actor=actor, at=hall.at)

    @pytest.mark.parametrize(
        ("words", "field"),
        [
            ({"verdict": ""}, "verdict"),
            ({"verdict": "perhaps"}, "verdict"),
            ({"reason": "  "}, "reason"),
            ({"verdict": "conditional", "conditions": " "}, "conditions"),
        ],
    )
    def test_names_what_is_missing(self, hall, words, field):
        review = hall.asked()[0]
        with pytest.raises(UnableTo) as refusal:
            answer_review(review=review, **(YES | words), actor=hall.officer(), at=hall.at)
        assert refusal.value.field == field
        assert DepartmentReview.objects.get().answered_at is None

    def test_is_given_once(self, hall):
        review = hall.asked()[0]
        hall.answer(review)
        with pytest.raises(UnableToReview):
            answer_review(review=review, **YES, actor=hall.officer(), at=hall.at)


class TestCorrecting:
    def test_changes_the_answer_and_leaves_what_stood_before_in_the_log(self, hall):
        agenda = hall.answered()
        review = agenda.department_reviews.get()
        no = {"verdict": "not_feasible", "reason": "허가가 나지 않아요.", "conditions": ""}
        correct_answer(review=review, **no, actor=hall.officer(), at=hall.at)
        assert DepartmentReview.objects.get().verdict == "not_feasible"
        entry = Entry.objects.filter(operation="agendas.correct_answer", subject_type="agendas.departmentreview").get()
        assert (entry.before["verdict"], entry.after["verdict"]) == ("feasible", "not_feasible")

    def test_is_refused_once_the_criteria_are_being_judged(self, hall):
        agenda = hall.answered()
        hall.judge(agenda)
        with pytest.raises(UnableToReview):
            correct_answer(review=agenda.department_reviews.get(), **YES, actor=hall.officer(), at=hall.at)

    def test_is_refused_before_there_is_an_answer_and_to_another_department(self, hall):
        review = hall.asked()[0]
        with pytest.raises(UnableToReview):
            correct_answer(review=review, **YES, actor=hall.officer(), at=hall.at)
        hall.answer(review)
        with pytest.raises(NotAllowed):
            correct_answer(review=review, **YES, actor=hall.officer("치수과"), at=hall.at)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.decide.agendas.models import Agenda, CriteriaReview
from madang.decide.agendas.operations.criteria import (
    Judgement,
    UnableToJudge,
    conclude_criteria,
    judge_criteria,
    keep_on_list,
    reopen,
)
from madang.decide.agendas.operations.results import take_vote_result
from madang.decide.agendas.queries.agendas import agenda_events
from madang.decide.agendas.queries.reviews import Standing, Tally, standing_of
from madang.decide.agendas.states import AGENDA, Criterion, Verdict
from madang.decide.agendas.testing import ALL_MET
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.testing import resident
from madang.ground.workflow import UnableTo, UnableToMove


def conclude(hall, agenda, reason="", actor=None):
    return conclude_criteria(agenda=agenda, reason=reason, actor=actor or hall.staff(), at=hall.at)


@pytest.fixture
def judged(hall) -> Agenda:
    """An agenda that two reviewers found to meet all four criteria."""
    agenda = hall.answered(hall.agenda(hall.proposal(forum=hall.forum())))
    hall.judge(agenda)
    hall.judge(agenda)
    return agenda


@pytest.mark.django_db
class TestJudging:
    def test_keeps_four_judgements_with_reasons_and_the_forums_behind_them(self, hall):
        agenda = hall.answered(hall.agenda(hall.proposal(forum=hall.forum()), hall.proposal()))
        hall.judge(agenda, Criterion.COOPERATION)
        kept = {row.criterion: (row.passed, row.forums_seen) for row in CriteriaReview.objects.all()}
        assert kept == {key: (key != "cooperation", 1) for key in Criterion.values}

    def test_tells_when_openness_was_found_without_a_recorded_forum(self, hall):
        agenda = hall.answered(hall.agenda(hall.proposal(forum=hall.forum("planned"))))
        hall.judge(agenda)
        unbacked = {tally.criterion for tally in standing_of(agenda).tallies if tally.without_forum}
        assert unbacked == {Criterion.OPENNESS, Criterion.DELIBERATION}

    def test_waits_until_every_department_has_answered(self, hall):
        first, second = hall.asked(None, "공원녹지과", "치수과")
        hall.answer(first)
        with pytest.raises(UnableToJudge):
            hall.judge(first.agenda)
        hall.answer(second)
        hall.judge(first.agenda)
        assert CriteriaReview.objects.count() == 4

    def test_is_refused_before_departments_were_asked(self, hall):
        with pytest.raises(UnableToJudge):
            hall.judge(hall.agenda())

    def test_is_for_subcommittee_members_of_the_district_only(self, hall):
        agenda = hall.answered()
        for actor in (hall.reviewer("nowon"), hall.staff(), hall.officer(), resident(hall.at)):
            with pytest.raises(NotAllowed):
                hall.judge(agenda, actor=actor)

    def test_is_done_once_by_each_reviewer(self, hall):
        agenda, reviewer = hall.answered(), hall.reviewer()
        hall.judge(agenda, actor=reviewer)
        with pytest.raises(UnableToJudge):
            hall.judge(agenda, actor=reviewer)
        assert CriteriaReview.objects.count() == 4

    def test_needs_all_four_and_a_reason_for_each(self, hall):
        agenda = hall.answered()
        three = {key: ALL_MET[key] for key in list(Criterion)[:3]}
        silent = ALL_MET | {Criterion.OPENNESS: Judgement(True, " ")}
        for judgements, field in ((three, "cooperation"), (silent, "openness_reason")):
            with pytest.raises(UnableTo) as refusal:
                judge_criteria(agenda=agenda, judgements=judgements, actor=hall.reviewer(), at=hall.at)
            assert refusal.value.field == field


@pytest.mark.django_db
class TestConcluding:
    def test_sends_an_agenda_that_meets_all_four_to_the_vote_and_tells_its_proposers(self, hall, judged):
        assert conclude(hall, judged) is True
        assert Agenda.objects.get().state == "fit"
        assert Notice.objects.filter(subject__contains="투표에 올라요").count() == 1

    def test_keeps_an_agenda_that_fails_one_on_the_list_with_the_reason(self, hall):
        agenda = hall.answered()
        hall.judge(agenda, Criterion.DELIBERATION)
        hall.judge(agenda)
        assert conclude(hall, agenda, "이야기할 자리가 더 필요해요.") is False
        kept = Agenda.objects.get()
        assert (kept.state, kept.kept_reason) == ("kept", "이야기할 자리가 더 필요해요.")
        assert "숙의성" in Notice.objects.filter(subject__contains="목록에 남아요").first().body

    def test_needs_a_reason_to_keep_one(self, hall):
        agenda = hall.answered(verdict="not_feasible")
        hall.judge(agenda)
        hall.judge(agenda)
        with pytest.raises(UnableTo) as refusal:
            conclude(hall, agenda)
        assert refusal.value.field == "reason"
        assert Agenda.objects.get().state == "in_review"

    def test_keeps_one_that_no_department_can_do(self, hall):
        agenda = hall.answered(verdict="not_feasible")
        hall.judge(agenda)
        hall.judge(agenda)
        assert conclude(hall, agenda, "할 수 있는 부서가 없어요.") is False

    def test_waits_for_two_reviewers(self, hall):
        agenda = hall.answered()
        hall.judge(agenda)
        with pytest.raises(UnableToJudge):
            conclude(hall, agenda)
        hall.judge(agenda)
        assert conclude(hall, agenda) is True

    def test_is_for_the_districts_staff_and_not_for_the_reviewers(self, hall, judged):
        for actor in (hall.reviewer(), hall.officer(), hall.staff("nowon"), resident(hall.at)):
            with pytest.raises(NotAllowed):
                conclude(hall, judged, actor=actor)

    def test_is_done_once(self, hall, judged):
        conclude(hall, judged)
        with pytest.raises(UnableToJudge):
            conclude(hall, judged)

    def test_is_refused_when_the_vote_is_over(self, hall, judged):
        hall.enter("detail")
        with pytest.raises(UnableToJudge):
            conclude(hall, judged)


@pytest.mark.django_db
class TestTheList:
    def test_keeps_an_agenda_without_a_review_with_a_reason(self, hall):
        agenda = hall.agenda()
        with pytest.raises(UnableTo):
            keep_on_list(agenda=agenda, reason="", actor=hall.staff(), at=hall.at)
        keep_on_list(agenda=agenda, reason="조례가 제외한 사업이에요.", actor=hall.staff(), at=hall.at)
        assert Agenda.objects.get().state == "kept"
        assert agenda_events(agenda)[-1].text == "조례가 제외한 사업이에요."

    def test_is_judged_anew_when_taken_up_again_and_forgets_nothing(self, hall):
        agenda = hall.answered()
        reviewers = [hall.reviewer(), hall.reviewer()]
        for reviewer in reviewers:
            hall.judge(agenda, Criterion.OPENNESS, actor=reviewer)
        conclude(hall, agenda, "더 알려야 해요.")
        reopen(agenda=agenda, reason="공론장을 열었어요.", actor=hall.staff(), at=hall.at)
        agenda = Agenda.objects.select_related("district", "cycle").get()
        assert standing_of(agenda).reviewers == 0
        for reviewer in reviewers:
            hall.judge(agenda, actor=reviewer)
        assert conclude(hall, agenda) is True
        assert CriteriaReview.objects.count() == 16

    def test_is_opened_again_by_staff_only_and_only_from_the_list(self, hall, judged):
        with pytest.raises(UnableToMove):
            reopen(agenda=judged, reason="다시", actor=hall.staff(), at=hall.at)
        keep_on_list(agenda=judged, reason="다음 해에", actor=hall.staff(), at=hall.at)
        for actor in (hall.reviewer(), hall.staff("nowon")):
            with pytest.raises(NotAllowed):
                reopen(agenda=judged, reason="다시", actor=actor, at=hall.at)


@pytest.mark.django_db
class TestTheVotesResult:
    @pytest.mark.parametrize(("chosen", "state"), [(True, "chosen"), (False, "not_chosen")])
    def test_is_taken_once_and_told(self, hall, judged, chosen, state):
        conclude(hall, judged)
        take_vote_result(agenda=judged, chosen=chosen, actor=hall.staff(), at=hall.at)
        assert Agenda.objects.get().state == state
        assert agenda_events(judged)[-1].kind == state
        assert Notice.objects.filter(key__endswith="-result").count() == 1
        with pytest.raises(UnableToMove):
            take_vote_result(agenda=judged, chosen=chosen, actor=hall.staff(), at=hall.at)

    def test_is_not_taken_for_an_agenda_that_was_not_up_for_it_nor_by_others(self, hall, judged):
        with pytest.raises(UnableToMove):
            take_vote_result(agenda=judged, chosen=True, actor=hall.staff(), at=hall.at)
        conclude(hall, judged)
        for actor in (hall.reviewer(), hall.staff("nowon"), resident(hall.at)):
            with pytest.raises(NotAllowed):
                take_vote_result(agenda=judged, chosen=True, actor=actor, at=hall.at)


votes = st.integers(2, 9).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged)))
verdicts = st.lists(st.sampled_from(Verdict.values), min_size=1, max_size=5)


@given(st.tuples(votes, votes, votes, votes), verdicts)
def test_an_agenda_is_fit_exactly_when_most_found_each_criterion_met_and_some_department_can(counts, given_verdicts):
    tallies = tuple(
        Tally(criterion, passed, judged, 50) for criterion, (passed, judged) in zip(Criterion, counts, strict=True)
    )
    standing = Standing(waiting=0, verdicts=tuple(given_verdicts), tallies=tallies, needed=2)
    most = all(passed > judged - passed for passed, judged in counts)
    assert standing.is_fit == (most and any(verdict != "not_feasible" for verdict in given_verdicts))


@given(st.lists(st.sampled_from([move.name for move in AGENDA.moves]), max_size=12))
def test_no_way_leads_to_the_result_of_the_vote_past_the_review(moves):
    state, seen = AGENDA.first, [AGENDA.first]
    for name in moves:
        move = AGENDA.move(name)
        if state in move.sources:
            state = move.target
            seen.append(state)
    if {"chosen", "not_chosen"} & set(seen):
        assert seen.index("in_review") < seen.index("fit")

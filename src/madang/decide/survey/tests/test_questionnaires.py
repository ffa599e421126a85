from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from madang.decide.survey import operations
from madang.decide.survey.models import AnswerSheet, Question, Questionnaire, Respondent
from madang.decide.survey.operations import Frame, Wording, answering
from madang.decide.survey.queries import questionnaires as queries
from madang.decide.survey.queries import results as counted
from madang.ground.audit.models import Entry
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db
FRAME = Frame("perception", "동네 일 설문", "2분이면 돼요.", "anonymous", date(2020, 5, 20), date(2020, 5, 30))
VERIFIED = Frame(**{**vars(FRAME), "access": "verified"})


@pytest.fixture
def make(place, cycle, officer, at):
    def _make(frame=FRAME, *, announced=True) -> tuple[Questionnaire, list[Question]]:
        made = operations.draft_questionnaire(district=place, cycle=cycle, frame=frame, actor=officer, at=at)
        been = put(made, officer, at, Wording("single", "와 보셨나요", ("네", "아니요"), True))
        why = put(made, officer, at, Wording("text", "어땠나요", depends_on=been, if_chosen=(1,)))
        mark = put(made, officer, at, Wording("scale", "믿음이 가나요", ("전혀", "매우")))
        if announced:
            operations.announce_questionnaire(questionnaire=made, actor=officer, at=at)
            made.refresh_from_db()
        return made, [been, why, mark]

    return _make


def put(made, actor, at, wording, question=None) -> Question:
    return operations.put_question(questionnaire=made, wording=wording, question=question, actor=actor, at=at)


def answered(made, answers, actor, at, key=None) -> AnswerSheet:
    return operations.answer(questionnaire=made, key=key or uuid.uuid4(), answers=answers, actor=actor, at=at)


def key(question) -> str:
    return str(question.pk)


def test_anybody_answers_without_a_name_and_the_day_is_all_that_stands_beside_it(make, at):
    made, (been, why, _mark) = make()
    answered(made, {key(been): 1, key(why): "좋았어요"}, NOBODY, at)
    sheet = AnswerSheet.objects.get()
    assert (sheet.answers, sheet.channel) == ({key(been): 1, key(why): "좋았어요"}, "online")
    assert sheet.answered_on == date(2020, 5, 21)


def test_the_log_keeps_neither_the_answers_nor_which_sheet_it_was(make, at):
    made, (been, why, _mark) = make()
    sheet = answered(made, {key(been): 1, key(why): "비밀스러운 말"}, NOBODY, at)
    kept = Entry.objects.get(subject_type="survey.answersheet")
    assert kept.subject_id == "***"
    assert "비밀" not in str(kept.after)
    assert str(sheet.pk) not in str(kept.after)


def test_before_the_first_and_after_the_last_day_no_answer_is_taken(make, at):
    made, (been, *_rest) = make(Frame(**{**vars(FRAME), "opens_on": date(2020, 5, 22)}))
    with pytest.raises(operations.UnableToAnswer, match="아직"):
        answered(made, {key(been): 1}, NOBODY, at)
    answered(made, {key(been): 1}, NOBODY, at + timedelta(days=9))
    with pytest.raises(operations.UnableToAnswer, match="지났어요"):
        answered(made, {key(been): 1}, NOBODY, at + timedelta(days=10))
    assert AnswerSheet.objects.count() == 1


def test_a_draft_and_a_cancelled_questionnaire_take_no_answer(make, officer, at):
    draft, (been, *_rest) = make(announced=False)
    with pytest.raises(operations.UnableToAnswer):
        answered(draft, {key(been): 1}, NOBODY, at)
    made, (been, *_rest) = make()
    operations.cancel_questionnaire(questionnaire=made, reason="문항이 잘못됐어요", actor=officer, at=at)
    with pytest.raises(operations.UnableToAnswer):
        answered(made, {key(been): 1}, NOBODY, at)


def test_where_everybody_answers_once_a_second_answer_and_a_visitor_are_refused(make, at):
    made, (been, *_rest) = make(VERIFIED)
    neighbour = resident(at)
    answered(made, {key(been): 1}, neighbour, at)
    with pytest.raises(operations.UnableToAnswer, match="이미 답하셨어요"):
        answered(made, {key(been): 2}, neighbour, at)
    with pytest.raises(NotAllowed):
        answered(made, {key(been): 2}, NOBODY, at)
    answered(made, {key(been): 2}, resident(at), at)
    assert sorted(sheet.answers[key(been)] for sheet in AnswerSheet.objects.all()) == [1, 2]
    assert Respondent.objects.count() == 2


@pytest.mark.parametrize("frame", [FRAME, VERIFIED])
def test_the_same_sheet_sent_twice_at_the_same_moment_counts_once(make, at, monkeypatch, frame):
    made, (been, *_rest) = make(frame)
    actor, one = resident(at), uuid.uuid4()
    check, quicker = answering._check, []

    def slowly(*asked):
        kept = check(*asked)
        if not quicker:
            quicker.append(kept)
            answered(made, {key(been): 1}, actor, at, key=one)
        return kept

    monkeypatch.setattr(answering, "_check", slowly)
    assert answered(made, {key(been): 1}, actor, at, key=one).pk == one
    assert AnswerSheet.objects.count() == 1


def test_the_same_sheet_sent_twice_counts_once_and_its_key_is_of_no_use_elsewhere(make, at):
    made, (been, *_rest) = make()
    sheet = answered(made, {key(been): 1}, NOBODY, at)
    assert answered(made, {key(been): 2}, NOBODY, at, sheet.pk) == sheet
    other, (been, *_rest) = make()
    with pytest.raises(operations.UnableToAnswer, match="이 설문의 답이 아니"):
        answered(other, {key(been): 1}, NOBODY, at, sheet.pk)
    assert AnswerSheet.objects.get().answers == {key(made.questions.first()): 1}


def test_a_missing_answer_and_one_that_is_not_asked_are_refused_at_their_place(make, at):
    made, (been, why, mark) = make()
    for answers, where in (({key(mark): 3}, been), ({key(been): 2, key(why): "왜"}, why)):
        with pytest.raises(operations.UnableToAnswer) as refusal:
            answered(made, answers, NOBODY, at)
        assert refusal.value.field == key(where)
    assert AnswerSheet.objects.count() == 0


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.DESK_OFFICER, Role.CITY_OFFICER])
def test_nobody_but_the_districts_staff_makes_puts_out_or_publishes(make, place, cycle, at, role):
    other = resident(at) if role is None else holder(role, at)
    made, (been, *_rest) = make(announced=False)
    with pytest.raises(NotAllowed):
        operations.draft_questionnaire(district=place, cycle=cycle, frame=FRAME, actor=other, at=at)
    with pytest.raises(NotAllowed):
        put(made, other, at, Wording("text", "더 하실 말씀"))
    with pytest.raises(NotAllowed):
        operations.remove_question(question=been, actor=other, at=at)
    with pytest.raises(NotAllowed):
        operations.announce_questionnaire(questionnaire=made, actor=other, at=at)
    with pytest.raises(NotAllowed):
        operations.publish_results(questionnaire=made, actor=other, at=at)
    assert Questionnaire.objects.get().state == "draft"


def test_staff_of_another_district_is_refused(make, at):
    made, _questions = make(announced=False)
    with pytest.raises(NotAllowed, match="다른 구"):
        put(made, holder(Role.SUPPORT_OFFICER, at, district="nowon"), at, Wording("text", "더 하실 말씀"))


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording("single", "고르세요", ("하나",)), "choices"),
        (Wording("multiple", "고르세요", ("하나", "하나")), "choices"),
        (Wording("scale", "몇 점", ("낮음",)), "choices"),
        (Wording("number", "몇 해", ("1",)), "choices"),
        (Wording("single", "고르세요", ("가" * 101, "나")), "choices"),
    ],
)
def test_choices_that_do_not_fit_the_kind_are_refused(make, officer, at, wording, field):
    made, _questions = make(announced=False)
    with pytest.raises(operations.UnableToAsk) as refusal:
        put(made, officer, at, wording)
    assert refusal.value.field == field
    assert made.questions.count() == 3


def test_a_condition_looks_back_only_also_after_moving(make, officer, at):
    made, (been, why, mark) = make(announced=False)
    with pytest.raises(operations.UnableToAsk) as refusal:
        put(made, officer, at, Wording("single", "왔나요", ("네", "아니요"), depends_on=mark, if_chosen=(1,)), been)
    assert refusal.value.field == "depends_on"
    with pytest.raises(operations.UnableToAsk):
        operations.move_question(question=why, by=-1, actor=officer, at=at)
    with pytest.raises(operations.UnableToAsk, match="옮길 곳이 없"):
        operations.move_question(question=mark, by=1, actor=officer, at=at)
    operations.move_question(question=mark, by=-1, actor=officer, at=at)
    assert [question.text for question in made.questions.all()] == ["와 보셨나요", "믿음이 가나요", "어땠나요"]


@pytest.mark.parametrize("chosen", [(), (3,), (0, 1)])
def test_a_condition_needs_choices_that_exist(make, officer, at, chosen):
    made, (been, *_rest) = make(announced=False)
    with pytest.raises(operations.UnableToAsk) as refusal:
        put(made, officer, at, Wording("text", "더", depends_on=been, if_chosen=chosen))
    assert refusal.value.field == "if_chosen"


def test_a_question_on_which_another_depends_is_not_removed(make, officer, at):
    made, (been, why, _mark) = make(announced=False)
    with pytest.raises(operations.UnableToAsk, match="조건"):
        operations.remove_question(question=been, actor=officer, at=at)
    operations.remove_question(question=why, actor=officer, at=at)
    operations.remove_question(question=been, actor=officer, at=at)
    assert made.questions.count() == 1


def test_once_announced_the_questions_stay_as_they_are(make, officer, at):
    made, (been, *_rest) = make()
    for change in (
        lambda: put(made, officer, at, Wording("text", "더")),
        lambda: operations.remove_question(question=been, actor=officer, at=at),
        lambda: operations.move_question(question=been, by=1, actor=officer, at=at),
        lambda: operations.change_questionnaire(questionnaire=made, frame=VERIFIED, actor=officer, at=at),
        lambda: operations.announce_questionnaire(questionnaire=made, actor=officer, at=at),
    ):
        with pytest.raises(operations.UnableToAsk, match="이미 알린"):
            change()


def test_nothing_is_announced_without_questions_or_after_its_last_day(place, cycle, make, officer, at):
    empty = operations.draft_questionnaire(district=place, cycle=cycle, frame=FRAME, actor=officer, at=at)
    with pytest.raises(operations.UnableToAsk, match="문항이 하나도"):
        operations.announce_questionnaire(questionnaire=empty, actor=officer, at=at)
    made, _questions = make(announced=False)
    with pytest.raises(operations.UnableToAsk, match="지났어요"):
        operations.announce_questionnaire(questionnaire=made, actor=officer, at=at + timedelta(days=30))


def test_results_are_published_after_the_end_and_once(make, officer, at):
    made, (been, *_rest) = make()
    later = at + timedelta(days=10)
    with pytest.raises(operations.UnableToAsk, match="들어온 답이 없"):
        operations.publish_results(questionnaire=made, actor=officer, at=later)
    answered(made, {key(been): 1}, NOBODY, at)
    with pytest.raises(operations.UnableToAsk, match="아직 답을"):
        operations.publish_results(questionnaire=made, actor=officer, at=at)
    operations.publish_results(questionnaire=made, actor=officer, at=later)
    with pytest.raises(UnableToMove):
        operations.publish_results(questionnaire=made, actor=officer, at=later)


def test_paper_is_typed_once_by_its_number_also_after_the_last_day(make, at):
    made, (been, *_rest) = make()
    desk = holder(Role.DESK_OFFICER, at)
    late = at + timedelta(days=12)
    operations.enter_paper(questionnaire=made, number=7, answers={key(been): 1}, actor=desk, at=late)
    with pytest.raises(operations.UnableToAnswer, match="7번 설문지는 이미") as refusal:
        operations.enter_paper(questionnaire=made, number=7, answers={key(been): 2}, actor=desk, at=late)
    assert refusal.value.field == "paper_number"
    operations.remove_paper(questionnaire=made, number=7, reason="잘못 읽음", actor=desk, at=late)
    operations.enter_paper(questionnaire=made, number=7, answers={key(been): 2}, actor=desk, at=late)
    assert AnswerSheet.objects.get().answers == {key(been): 2}


def test_paper_is_refused_before_the_first_day_without_the_role_and_where_everybody_answers_once(make, officer, at):
    early, (been, *_rest) = make(Frame(**{**vars(FRAME), "opens_on": date(2020, 5, 22)}))
    with pytest.raises(operations.UnableToAnswer):
        operations.enter_paper(questionnaire=early, number=1, answers={key(been): 1}, actor=officer, at=at)
    made, (been, *_rest) = make()
    for other in (resident(at), holder(Role.DESK_OFFICER, at, district="nowon")):
        with pytest.raises(NotAllowed):
            operations.enter_paper(questionnaire=made, number=1, answers={key(been): 1}, actor=other, at=at)
    once, (been, *_rest) = make(VERIFIED)
    with pytest.raises(operations.UnableToAnswer, match="종이로는"):
        operations.enter_paper(questionnaire=once, number=1, answers={key(been): 1}, actor=officer, at=at)
    assert AnswerSheet.objects.count() == 0


def test_results_count_every_question_and_hide_small_groups(make, at):
    made, (been, _why, mark) = make()
    AnswerSheet.objects.bulk_create(
        AnswerSheet(questionnaire=made, channel="online", answered_on=at.date(),
                    answers={key(been): 1 if number < 45 else 2, key(mark): 1 + number % 5})
        for number in range(60)
    )  # fmt: skip
    first, second, third = counted.results_of(made, been)
    assert [(line.count, line.percent) for line in first.lines] == [(45, "75.0%"), (15, "25.0%")]
    assert (second.tally.asked, second.tally.answered) == (45, 0)
    assert (third.mean, third.median, [line.count for line in third.lines]) == ("3.0", "3", [12] * 5)
    # Fifteen said no: too few, and the total less the others would give them away.
    assert (third.groups, third.hidden) == ((), True)


def test_what_waits_is_told_to_the_staff_only(make, place, officer, at):
    made, (been, *_rest) = make()
    answered(made, {key(been): 1}, NOBODY, at)
    assert queries.waiting_for(officer, place, at.date()) == []
    after = at.date() + timedelta(days=10)
    [item] = queries.waiting_for(officer, place, after)
    assert item.title == f"「{made.title}」 결과를 공개해 주세요"
    assert queries.waiting_for(resident(at), place, after) == []

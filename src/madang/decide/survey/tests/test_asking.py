from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.decide.survey import asking
from madang.decide.survey.asking import Asked, Fault

AWARE = Asked("a", "single", choices=2, required=True)
WHICH = Asked("b", "multiple", choices=4, depends_on="a", if_chosen=frozenset({1}))
MARK = Asked("c", "scale", depends_on="b", if_chosen=frozenset({2, 3}))
YEARS = Asked("d", "number")
WISH = Asked("e", "text")
ALL = [AWARE, WHICH, MARK, YEARS, WISH]
KINDS = ("single", "multiple", "scale", "number", "text")


@st.composite
def questionnaires(draw, sound=True):
    """Draw up to eight questions; when sound, every condition looks back at choices that exist."""
    made: list[Asked] = []
    for place in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(KINDS))
        choices = draw(st.integers(2, 5)) if kind in ("single", "multiple") else 0
        on = draw(st.sampled_from(["", *[known.key for known in made if known.span]]))
        span = next((known.span for known in made if known.key == on), 0)
        if_chosen = draw(st.frozensets(st.integers(1, span), min_size=1)) if on else frozenset()
        if not sound and draw(st.booleans()):
            on, if_chosen = f"q{draw(st.integers(place, 9))}", frozenset({1})
        made.append(Asked(f"q{place}", kind, choices, draw(st.booleans()), on, if_chosen))
    return made


@st.composite
def sheets(draw, questions):
    """Draw answers to some of the questions, whether they are asked or not."""
    answers = {}
    for question in questions:
        if draw(st.booleans()):
            continue
        if question.kind == "text":
            answers[question.key] = draw(st.sampled_from(["길", "밝게"]))
        elif question.kind == "number":
            answers[question.key] = draw(st.integers(0, 50))
        elif question.kind == "multiple":
            answers[question.key] = tuple(sorted(draw(st.sets(st.integers(1, question.span), min_size=1))))
        else:
            answers[question.key] = draw(st.integers(1, question.span))
    return answers


def keys(questions):
    return [question.key for question in questions]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ["a", "d", "e"]),
        ({"a": 2}, ["a", "d", "e"]),
        ({"a": 1}, ["a", "b", "d", "e"]),
        ({"a": 1, "b": (1, 3)}, ["a", "b", "c", "d", "e"]),
        ({"a": 2, "b": (1, 3)}, ["a", "d", "e"]),
    ],
)
def test_a_question_is_asked_only_where_the_way_leads(answers, expected):
    assert keys(asking.shown(ALL, answers)) == expected


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (Asked("b", "text", depends_on="c", if_chosen=frozenset({1})), Fault.NOT_EARLIER),
        (Asked("b", "text", depends_on="b", if_chosen=frozenset({1})), Fault.NOT_EARLIER),
        (Asked("b", "text", depends_on="a", if_chosen=frozenset({3})), Fault.NO_SUCH_CHOICE),
        (Asked("b", "text", depends_on="a"), Fault.NO_SUCH_CHOICE),
    ],
)
def test_a_condition_that_cannot_work_is_found(question, fault):
    assert asking.branching_faults([AWARE, question, Asked("c", "scale")]) == {"b": fault}
    assert asking.branching_faults(ALL) == {}


def test_a_condition_on_a_free_text_cannot_work():
    later = Asked("z", "text", depends_on="e", if_chosen=frozenset({1}))
    assert asking.branching_faults([WISH, later]) == {"z": Fault.NOT_COUNTABLE}


@given(questionnaires(sound=False))
def test_without_faults_every_condition_looks_back_so_there_is_no_circle(questions):
    places = {question.key: place for place, question in enumerate(questions)}
    faults = asking.branching_faults(questions)
    for place, question in enumerate(questions):
        if question.depends_on and question.key not in faults:
            assert places[question.depends_on] < place


@given(st.data())
def test_what_fits_is_asked_and_fitting_again_changes_nothing(data):
    questions = data.draw(questionnaires())
    answers = data.draw(sheets(questions))
    kept = asking.fitting(questions, answers)
    assert set(kept) <= set(keys(asking.shown(questions, kept)))
    assert keys(asking.shown(questions, kept)) == keys(asking.shown(questions, answers))
    assert asking.fitting(questions, kept) == kept
    assert Fault.NOT_ASKED not in asking.answer_faults(questions, kept).values()


@given(questionnaires())
def test_pages_hold_every_question_once_and_none_beside_what_it_depends_on(questions):
    pages = asking.pages(questions)
    assert [question for page in pages for question in page] == questions
    for page in pages:
        assert 1 <= len(page) <= asking.PAGE
        assert not {question.depends_on for question in page} & set(keys(page))


@given(st.data())
def test_counts_add_up(data):
    questions = data.draw(questionnaires())
    filled = data.draw(st.lists(sheets(questions).map(lambda given: asking.fitting(questions, given)), max_size=12))
    for question in questions:
        found = asking.tally(question, questions, filled)
        assert 0 <= found.answered <= found.asked <= len(filled)
        if question.kind in ("single", "scale"):
            assert sum(found.counts) == found.answered
        if question.kind == "multiple":
            assert all(count <= found.answered for count in found.counts)
        if found.mean is not None:
            assert found.lowest <= found.mean <= found.highest
            assert found.lowest <= found.median <= found.highest


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 2)), max_size=120), st.integers(1, 30))
def test_no_group_under_the_least_is_shown_nor_can_be_worked_out(rows, least):
    by, asked = Asked("g", "single", choices=4), Asked("x", "single", choices=2)
    filled = [{"g": group, "x": choice} for group, choice in rows]
    whole = asking.tally(asked, [by, asked], filled)
    parts = asking.by_group(asked, by, [by, asked], filled, least=least)
    assert all(part.answered >= least for part in parts.values())
    rest = whole.answered - sum(part.answered for part in parts.values())
    assert rest == 0 or rest >= least or not parts


def test_means_and_medians_are_exact():
    found = asking.tally(YEARS, [YEARS], [{"d": 1}, {"d": 2}, {"d": 2}, {"d": 9}, {}])
    assert (found.asked, found.answered, found.mean, found.median) == (5, 4, Fraction(7, 2), Fraction(2))
    assert asking.tally(YEARS, [YEARS], [{"d": 1}, {"d": 4}]).median == Fraction(5, 2)
    assert asking.tally(YEARS, [YEARS], [{}]).mean is None


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        (AWARE, ["2"], 2),
        (WHICH, ["3", "1", "3"], (1, 3)),
        (MARK, ["5"], 5),
        (YEARS, [" 1,200 "], 1200),
        (WISH, [" 밝은 길 "], "밝은 길"),
        (AWARE, ["  "], None),
    ],
)
def test_what_is_typed_is_read(question, typed, answer):
    assert asking.read(question, typed) == answer


@pytest.mark.parametrize(
    ("question", "typed", "fault"),
    [
        (AWARE, ["3"], Fault.NO_SUCH_CHOICE),
        (AWARE, ["0"], Fault.NO_SUCH_CHOICE),
        (AWARE, ["1", "2"], Fault.ONE_ONLY),
        (WHICH, ["1", "5"], Fault.NO_SUCH_CHOICE),
        (MARK, ["6"], Fault.NO_SUCH_CHOICE),
        (YEARS, ["오래"], Fault.NOT_A_NUMBER),
        (YEARS, ["-1"], Fault.NOT_A_NUMBER),
        (YEARS, ["²"], Fault.NOT_A_NUMBER),
        (YEARS, ["9" * 40], Fault.NOT_A_NUMBER),
        (WISH, ["가" * 1001], Fault.TOO_LONG),
    ],
)
def test_what_is_no_answer_is_refused(question, typed, fault):
    with pytest.raises(asking.UnableToRead) as refusal:
        asking.read(question, typed)
    assert refusal.value.fault == fault


def test_a_missing_answer_and_one_nobody_asked_for_are_told_apart():
    assert asking.answer_faults(ALL, {"b": (1,)}) == {"a": Fault.MISSING, "b": Fault.NOT_ASKED}
    assert asking.answer_faults(ALL, {"a": 2, "d": 3}) == {}

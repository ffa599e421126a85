from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from madang.decide.survey import asking
from madang.decide.survey.models import Question, Questionnaire
from madang.decide.survey.states import QuestionKind

LEAST = 20
MOST_TEXTS = 500


@dataclass(frozen=True)
class Line:
    """How often one answer was given: of all who answered, in tenths of a percent; ``groups`` in their order."""

    words: str
    count: int
    tenths: int
    groups: tuple[int, ...] = ()

    @property
    def width(self) -> str:
        """Return the length of the bar on an axis from 0 to 100."""
        return f"{self.tenths // 10}.{self.tenths % 10}"

    @property
    def percent(self) -> str:
        """Return the share as it is printed, with one decimal."""
        return f"{self.width}%"


@dataclass(frozen=True)
class QuestionResult:
    """The result of one question; ``groups`` names the groups that may be shown beside the total."""

    number: int
    question: Question
    tally: asking.Tally
    lines: tuple[Line, ...]
    groups: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def mean(self) -> str:
        """Return the mean, rounded half up to one decimal."""
        if self.tally.mean is None:
            return ""
        tenths = int(self.tally.mean * 10 + Fraction(1, 2))
        return f"{tenths // 10:,}.{tenths % 10}"

    @property
    def median(self) -> str:
        """Return the middle value; between two values it ends in a half."""
        median = self.tally.median
        if median is None:
            return ""
        return f"{int(median):,}" if median.denominator == 1 else f"{int(median):,}.5"


def results_of(questionnaire: Questionnaire, by: Question | None = None) -> list[QuestionResult]:
    """Return the result of every question in order, broken down by the answers to ``by`` where groups are large.

    Groups with fewer than ``LEAST`` answers are never shown, nor what would give them away by subtraction.
    """
    questions = list(questionnaire.questions.order_by("place"))
    asked = {question.pk: question.asked() for question in questions}
    sheets = [_from_json(answers) for answers in questionnaire.sheets.values_list("answers", flat=True)]
    found = []
    for number, question in enumerate(questions, start=1):
        one = asked[question.pk]
        whole = asking.tally(one, list(asked.values()), sheets)
        parts: dict[int, asking.Tally] = {}
        broken_down = by is not None and by.pk != question.pk and bool(one.span)
        if by is not None and broken_down:
            parts = asking.by_group(one, asked[by.pk], list(asked.values()), sheets, least=LEAST)
        names = tuple(by.choices[group - 1] for group in parts) if by is not None else ()
        lines = _lines(question, whole, list(parts.values()))
        found.append(QuestionResult(number, question, whole, lines, names, broken_down and not parts))
    return found


def groupable(questionnaire: Questionnaire) -> list[Question]:
    """Return the questions by whose answers the others can be broken down: one choice, asked of everybody."""
    found = questionnaire.questions.filter(kind=QuestionKind.SINGLE, depends_on=None)
    return list(found.order_by("place"))


def texts_of(questionnaire: Questionnaire) -> list[tuple[Question, list[str]]]:
    """Return what was written to the open questions, in no order that tells who; for officers only."""
    questions = list(questionnaire.questions.filter(kind=QuestionKind.TEXT).order_by("place"))
    answers = list(questionnaire.sheets.order_by("pk").values_list("answers", flat=True))
    return [
        (question, sorted(sheet[str(question.pk)] for sheet in answers if str(question.pk) in sheet)[:MOST_TEXTS])
        for question in questions
    ]


def _from_json(answers: Mapping[str, object]) -> dict[str, asking.Answer]:
    """Return stored answers with several choices as a tuple again."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in answers.items()}  # type: ignore[misc]


def _lines(question: Question, whole: asking.Tally, parts: list[asking.Tally]) -> tuple[Line, ...]:
    words = list(question.choices)
    if question.kind == QuestionKind.SCALE:
        low, high = (f" {word}" for word in words) if words else ("", "")
        words = [f"1{low}", "2", "3", "4", f"5{high}"]
    return tuple(
        Line(
            word,
            count,
            (count * 2000 + whole.answered) // (2 * whole.answered) if whole.answered else 0,
            tuple(part.counts[place] for part in parts),
        )
        for place, (word, count) in enumerate(zip(words, whole.counts, strict=False))
    )

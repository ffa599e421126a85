"""What somebody ticks or types in answer to questions, kept as it is until it can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.decide.survey import asking
from madang.decide.survey.models import Question
from madang.ground.workflow import fields

MOST_VALUES = 60
FAULTS: dict[asking.Fault, str | Promise] = {
    asking.Fault.MISSING: _("꼭 답해 주세요."),
    asking.Fault.NOT_ASKED: _("앞의 답에 따라 묻지 않는 문항이에요. 비워 주세요."),
    asking.Fault.NO_SUCH_CHOICE: _("그 번호의 답은 없어요."),
    asking.Fault.NOT_A_NUMBER: _("숫자로 적어 주세요. 예: 12"),
    asking.Fault.ONE_ONLY: _("하나만 골라 주세요."),
    asking.Fault.TOO_LONG: _("1,000자까지 적을 수 있어요."),
}

Split = Callable[[Question, list[str]], list[str]]


@dataclass
class Box:
    """One question on a page with what stands in it, and what is wrong."""

    question: Question
    number: int
    values: list[str] = field(default_factory=list)
    error: str | Promise = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Return number, words and whether chosen of every choice."""
        words = list(self.question.choices)
        if self.question.kind == "scale":
            words = [words[0], "", "", "", words[1]] if words else [""] * asking.SCALE
        return [(str(number), word, str(number) in self.values) for number, word in enumerate(words, start=1)]


class Sheet:
    """All questions of a questionnaire with what was ticked or typed."""

    def __init__(self, questions: Sequence[Question], data: Any = None, split: Split | None = None) -> None:
        self.boxes: dict[str, Box] = {}
        for number, question in enumerate(questions, start=1):
            typed = data.getlist(question.field)[:MOST_VALUES] if data else []
            values = [value[: asking.MOST_TEXT + 1].replace("\0", "") for value in typed if value.strip()]
            self.boxes[str(question.pk)] = Box(question, number, split(question, values) if split else values)
        self.questions = [question.asked() for question in questions]

    def read(self) -> dict[str, asking.Answer]:
        """Return the answers that can be read, and note at the others what is wrong."""
        answers: dict[str, asking.Answer] = {}
        for question in self.questions:
            box = self.boxes[question.key]
            try:
                answer = asking.read(question, box.values)
            except asking.UnableToRead as refusal:
                box.error = FAULTS[refusal.fault]
            else:
                if answer is not None:
                    answers[question.key] = answer
        return answers

    def note(self, faults: Mapping[str, asking.Fault]) -> None:
        """Note faults at their questions, unless something is wrong there already."""
        for key, fault in faults.items():
            self.boxes[key].error = self.boxes[key].error or FAULTS[fault]

    def wrong(self, keys: Sequence[str] | None = None) -> list[Box]:
        """Return the questions with something wrong, of all or of some."""
        return [box for key, box in self.boxes.items() if box.error and (keys is None or key in keys)]


def typed_from_paper(question: Question, values: list[str]) -> list[str]:
    """Return what an officer typed in one line: several numbers for several choices."""
    if question.kind == "multiple":
        return [word for value in values for word in re.split(r"[\s,./]+", value) if word]
    return values


class PaperForm(fields.RefusingForm):
    """The number on a paper sheet."""

    paper_number = forms.IntegerField(
        label=_("설문지 번호"), min_value=1, max_value=1_000_000, widget=forms.NumberInput(attrs={"class": "in"})
    )


class RemovePaperForm(PaperForm):
    """A paper sheet to take back, and why."""

    reason = forms.CharField(label=_("빼는 까닭"), max_length=200, widget=fields.line())

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.decide.survey.models import Question, Questionnaire
from madang.decide.survey.operations import Frame, Wording
from madang.decide.survey.states import Access, QuestionKind, QuestionnaireKind
from madang.ground.workflow import fields


class FrameForm(fields.RefusingForm):
    """A questionnaire without its questions."""

    kind = forms.ChoiceField(label=_("종류"), choices=QuestionnaireKind.choices, widget=fields.choice())
    title = forms.CharField(label=_("제목"), max_length=120, widget=fields.line())
    intro = forms.CharField(
        label=_("안내하는 글"),
        required=False,
        max_length=1000,
        widget=fields.text(4),
        help_text=_("왜 묻는지, 얼마나 걸리는지, 답이 어디에 쓰이는지 적어 주세요."),
    )
    access = forms.ChoiceField(label=_("누가 답하나요"), choices=Access.choices, widget=forms.RadioSelect)
    opens_on = forms.DateField(label=_("첫날"), widget=fields.day())
    closes_on = forms.DateField(label=_("마지막 날"), widget=fields.day())

    def frame(self) -> Frame:
        """Return what was filled in."""
        return Frame(**self.cleaned_data)


class QuestionForm(fields.RefusingForm):
    """One question with its choices and its condition."""

    kind = forms.ChoiceField(label=_("답하는 방법"), choices=QuestionKind.choices, widget=fields.choice())
    text = forms.CharField(label=_("물음"), max_length=300, widget=fields.line())
    choices = forms.CharField(
        label=_("고를 답"),
        required=False,
        widget=fields.text(6),
        help_text=_("한 줄에 하나씩 적어요. 1–5점이면 1점과 5점의 뜻을 두 줄로 적어요. 숫자와 글은 비워 둬요."),
    )
    required = forms.BooleanField(label=_("꼭 답해야 해요"), required=False)
    depends_on = forms.ModelChoiceField(
        label=_("이 문항을 묻는 조건"),
        queryset=None,
        required=False,
        empty_label=_("모두에게 물어요"),
        widget=fields.choice(),
    )
    if_chosen = forms.RegexField(
        r"^[\d\s,]*$",
        label=_("그 문항에서 고른 답의 번호"),
        required=False,
        max_length=100,
        widget=fields.line(inputmode="numeric"),
        help_text=_("예: 1, 2. 이 번호 가운데 하나를 고른 분에게만 물어요."),
        error_messages={"invalid": _("번호를 쉼표로 나누어 적어 주세요. 예: 1, 2")},
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, question: Question | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = questionnaire.questions.filter(kind__in=["single", "multiple", "scale"]).order_by("place")
        if question is not None:
            earlier = earlier.filter(place__lt=question.place)
        self.fields["depends_on"].queryset = earlier  # type: ignore[attr-defined]
        self.fields["depends_on"].label_from_instance = lambda known: f"{known.place}. {known.text}"  # type: ignore[attr-defined]

    def wording(self) -> Wording:
        """Return the question as it was filled in."""
        data = self.cleaned_data
        return Wording(
            kind=data["kind"],
            text=data["text"],
            choices=data["choices"].splitlines(),
            required=data["required"],
            depends_on=data["depends_on"],
            if_chosen=[int(number) for number in re.findall(r"\d{1,4}", data["if_chosen"])],
        )


def initial_of(question: Question) -> dict[str, Any]:
    """Return a question as its form shows it."""
    return {
        "kind": question.kind,
        "text": question.text,
        "choices": "\n".join(question.choices),
        "required": question.required,
        "depends_on": question.depends_on_id,
        "if_chosen": ", ".join(map(str, question.if_chosen)),
    }

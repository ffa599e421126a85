from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.decide.survey.states import DoerKind, Heading, MethodKind, Way
from madang.ground.workflow import fields


def reason_field() -> forms.CharField:
    """Return the field for why something published is changed."""
    return forms.CharField(
        label=_("고치는 까닭"),
        max_length=300,
        widget=fields.line(),
        help_text=_("공개한 뒤에 고친 것은 까닭과 함께 모두에게 보여요."),
    )


class SurveyForm(fields.RefusingForm):
    """How the survey is run; a published one asks why it is changed."""

    way = forms.ChoiceField(label=_("조사 방식"), choices=Way.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("첫날"), widget=fields.day())
    ends_on = forms.DateField(label=_("마지막 날"), widget=fields.day())
    outline = forms.CharField(
        label=_("조사 개요"),
        required=False,
        widget=fields.text(5),
        help_text=_("무엇을 알고 싶어서, 어디까지 조사하는지 두세 문장으로 적어 주세요."),
    )

    def __init__(self, *args: Any, published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if published:
            self.fields["reason"] = reason_field()


class FindingForm(fields.RefusingForm):
    """What was found under one heading; a published one asks why it is corrected."""

    text = forms.CharField(
        label=_("알게 된 것"),
        widget=fields.text(12),
        help_text=_("이름과 연락처처럼 사람을 알아볼 수 있는 것은 적지 마세요."),
    )

    def __init__(self, *args: Any, published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if published:
            self.fields["reason"] = reason_field()


class DoerForm(fields.RefusingForm):
    """Who did what."""

    kind = forms.ChoiceField(label=_("누가"), choices=DoerKind.choices, widget=fields.choice())
    who = forms.CharField(
        label=_("이름"),
        max_length=80,
        widget=fields.line(),
        help_text=_("기구, 부서, 업체 이름이에요. 사람 이름은 적지 않아요."),
    )
    what = forms.CharField(label=_("한 일"), max_length=300, widget=fields.line())


class MethodForm(fields.RefusingForm):
    """One look into documents or in the field."""

    kind = forms.ChoiceField(label=_("방법"), choices=MethodKind.choices, widget=fields.choice())
    heading = forms.ChoiceField(label=_("항목"), choices=Heading.choices, widget=fields.choice())
    what = forms.CharField(label=_("무엇을"), max_length=200, widget=fields.line())
    starts_on = forms.DateField(label=_("첫날"), widget=fields.day())
    ends_on = forms.DateField(label=_("마지막 날"), widget=fields.day())
    who = forms.CharField(label=_("누가"), max_length=80, widget=fields.line())
    source = forms.CharField(
        label=_("자료나 만난 곳"),
        max_length=200,
        widget=fields.line(),
        help_text=_("예: 2019년 도봉통계연보, 창동 골목 열두 곳"),
    )

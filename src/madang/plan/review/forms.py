from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.plan.review.operations import Letter


def _long(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 4, "class": "in"}))


def _short(label: Any, hint: Any = "", required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "in"})
    return forms.CharField(label=label, help_text=hint, max_length=120, required=required, widget=widget)


class LetterForm(forms.Form):
    """What form 3-1 asks beside the plan itself."""

    consultation = _long(_("협의 체계"), _("민간과 행정이 어떻게 함께 의논했는지 적어요."))
    goal = _long(_("목표"))
    background = _long(_("배경"))
    content = _long(_("내용"))
    schedule = _long(_("일정"))
    public_head = _short(_("공공 대표"), _("예: 도봉구청장 이름"))
    private_head = _short(_("민간 대표"), _("예: 협치회의 민간 공동의장 이름"))
    public_staff = _short(_("행정 실무자"))
    private_staff = _short(_("민간 실무자"))
    contacts = forms.CharField(
        label=_("연락처"),
        help_text=_("서울시와 구의 담당자에게만 보여요."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "in"}),
    )

    def letter(self) -> Letter:
        return Letter(**self.cleaned_data)


class ReopenForm(forms.Form):
    """Until when and why the city takes a late plan."""

    until_at = forms.DateTimeField(
        label=_("언제까지"), widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "in"})
    )
    reason = forms.CharField(label=_("까닭"), widget=forms.Textarea(attrs={"rows": 3, "class": "in"}))

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.plan.plans.operations import GivenFile


def _reason(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "in", "rows": 4}),
        error_messages={"required": _("까닭을 적어 주세요.")},
    )


class AskWaiverForm(forms.Form):
    """Why the district asks the city to waive a finding."""

    reason = _reason(_("예외가 필요한 까닭"), _("서울시 담당자가 이 글과 위의 숫자를 보고 결정해요."))


class DecideWaiverForm(forms.Form):
    """What the city decides about a waiver: its reason, and the document that it rests on."""

    reason = _reason(_("까닭"), _("인정하면 계획서와 화면에서 이 항목이 나올 자리에 그대로 적혀요."))
    document = forms.FileField(
        label=_("근거 문서"),
        help_text=_("예외로 인정하려면 꼭 올려 주세요. 결재한 공문이나 회의록이에요."),
        error_messages={
            "required": _("근거 문서를 올려 주세요."),
            "empty": _("빈 파일이에요. 내용이 있는 파일을 골라 주세요."),
        },
        widget=forms.FileInput(attrs={"class": "in"}),
    )

    def __init__(self, *values: Any, waives: bool = True, **more: Any) -> None:
        super().__init__(*values, **more)
        self.fields["document"].required = waives

    def refuse(self, reason: str) -> None:
        """Say at the document's field why its file is refused, instead of anything else."""
        self.errors["document"] = self.error_class([reason])

    def given(self) -> GivenFile | None:
        """Return the document that was handed in, or None."""
        file = self.cleaned_data.get("document")
        return GivenFile(file.read(), file.name, file.content_type or "") if file else None


class TakeBackWaiverForm(forms.Form):
    """Why the city takes a waiver back."""

    reason = _reason(_("거두는 까닭"), _("거두면 이 항목이 다시 막아요."))

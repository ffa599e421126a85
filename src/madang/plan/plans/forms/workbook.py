from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """A filled workbook."""

    file = forms.FileField(
        label=_("적어 넣은 엑셀 파일"),
        help_text=_("이 계획에서 ‘엑셀로 내보내기’로 받은 .xlsx 파일이에요."),
        widget=forms.FileInput(attrs={"class": "in", "accept": ".xlsx"}),
        error_messages={
            "required": _("파일을 골라 주세요."),
            "empty": _("빈 파일이에요. 내용이 있는 파일을 골라 주세요."),
        },
    )

    def refuse(self, reason: str) -> None:
        """Say at the field why its file is refused, instead of anything else."""
        self.errors["file"] = self.error_class([reason])


class ConfirmForm(forms.Form):
    """The hash of the draft that a workbook was held against."""

    draft_sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

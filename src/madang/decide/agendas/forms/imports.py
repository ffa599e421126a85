from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A file of proposals."""

    file = forms.FileField(
        label=_("제안 파일"),
        help_text=_("CSV, XLSX, JSONL 가운데 하나예요. 20MB, 5만 줄까지 한 번에 올릴 수 있어요."),
        widget=forms.FileInput(attrs={"class": "in", "accept": ".csv,.xlsx,.jsonl"}),
        error_messages={
            "required": _("파일을 골라 주세요."),
            "empty": _("빈 파일이에요. 내용이 있는 파일을 골라 주세요."),
        },
    )

    def refuse(self, reason: str) -> None:
        """Say at the field why its file is refused, instead of anything else."""
        self.errors["file"] = self.error_class([reason])


class ConfirmForm(forms.Form):
    """The hash of the file that was previewed."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

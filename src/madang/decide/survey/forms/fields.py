"""How the fields of this room look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "in", **attrs})


def text(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "in", "rows": rows})


def choice() -> forms.Select:
    return forms.Select(attrs={"class": "in"})


def day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"class": "in", "type": "date"})


def number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "in", "inputmode": "numeric"})


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("고치는 까닭"),
        max_length=300,
        widget=line(),
        help_text=_("공개한 뒤에 고친 것은 까닭과 함께 모두에게 보여요."),
    )


class RefusingForm(forms.Form):
    """A form that shows a refusal at its field, or above all where the field is not on the page."""

    def refuse(self, refusal: Any) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.reason))

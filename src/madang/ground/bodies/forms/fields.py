"""How the fields of this room look."""

from __future__ import annotations

from typing import Any

from django import forms


def line() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "in"})


def choice() -> forms.Select:
    return forms.Select(attrs={"class": "in"})


def day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"class": "in", "type": "date"})


def number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "in", "inputmode": "numeric"})


class RefusingForm(forms.Form):
    """A form that shows a refusal at its field, or above all where the field is not on the page."""

    def refuse(self, refusal: Any) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.reason))

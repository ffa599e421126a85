"""Forms that show a refusal at its place, and how their fields look."""

from __future__ import annotations

from django import forms

from madang.ground.workflow.life import UnableTo


class RefusingForm(forms.Form):
    """A form that shows a refusal at its field, or above all where the field is not on the page."""

    def refuse(self, refusal: UnableTo) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.reason))


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

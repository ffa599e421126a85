from __future__ import annotations

from django import forms

from madang.ground.workflow import UnableTo


def say_in_form(form: forms.Form, refusal: UnableTo) -> None:
    """Put the reason of a refusal at the field it belongs to, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.reason))

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CallMeetingForm(forms.Form):
    """A meeting to be called: what for, where, and when."""

    title = forms.CharField(label=_("회의 이름"), max_length=120, widget=forms.TextInput(attrs={"class": "in"}))
    place = forms.CharField(label=_("장소"), max_length=120, widget=forms.TextInput(attrs={"class": "in"}))
    day = forms.DateField(label=_("날짜"), widget=forms.DateInput(attrs={"class": "in", "type": "date"}))
    hour = forms.TimeField(
        label=_("시각"), initial=time(14, 0), widget=forms.TimeInput(attrs={"class": "in", "type": "time"})
    )

    def held_at(self) -> datetime:
        """Return the instant of the meeting in Korean time."""
        day: date = self.cleaned_data["day"]
        return timezone.make_aware(datetime.combine(day, self.cleaned_data["hour"]))

    def refuse(self, refusal: Any) -> None:
        """Show a refusal at its field."""
        field = "day" if refusal.field == "held_at" else refusal.field
        self.add_error(field if field in self.fields else None, str(refusal.reason))


class MotionForm(forms.Form):
    """A question to the meeting."""

    title = forms.CharField(label=_("안건"), max_length=200, widget=forms.TextInput(attrs={"class": "in"}))


class MinutesForm(forms.Form):
    """The minutes of a meeting that ends."""

    minutes = forms.CharField(label=_("회의록"), max_length=20000, widget=forms.Textarea(attrs={"class": "in"}))

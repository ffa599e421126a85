from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.cycles.states import YEAR


class StageForm(forms.Form):
    """The stage a district's year enters."""

    stage = forms.ChoiceField(
        label=_("들어갈 단계"),
        choices=YEAR.choices(),
        widget=forms.RadioSelect,
        help_text=_("앞뒤로 옮길 수 있어요. 바꾼 때와 사람이 기록돼요."),
    )

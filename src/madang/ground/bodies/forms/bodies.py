from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.bodies.models import Ordinance
from madang.ground.bodies.operations import OrdinanceText
from madang.ground.bodies.states import BodyKind, Proportion
from madang.ground.workflow import fields

MOST_PEOPLE = 1000
MOST_YEARS = 10


class FoundBodyForm(fields.RefusingForm):
    """A new body: kind, name, first and perhaps last day."""

    kind = forms.ChoiceField(label=_("종류"), widget=fields.choice())
    name = forms.CharField(label=_("이름"), max_length=80, widget=fields.line())
    since_on = forms.DateField(label=_("첫날"), widget=fields.day())
    until_on = forms.DateField(
        label=_("마지막 날"), required=False, widget=fields.day(), help_text=_("정해져 있을 때만 적어요.")
    )

    def __init__(self, *args: Any, kinds: Iterable[BodyKind], day: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since_on": day}, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class EndBodyForm(fields.RefusingForm):
    """The last day of a body."""

    until_on = forms.DateField(
        label=_("마지막 날"), required=False, widget=fields.day(), help_text=_("비우면 계속 이어져요.")
    )


class OrdinanceForm(fields.RefusingForm):
    """A governance ordinance and what it says of the council."""

    title = forms.CharField(
        label=_("조례 이름"),
        max_length=120,
        widget=fields.line(),
        help_text=_("예: ○○구 민관협치 활성화를 위한 기본 조례"),
    )
    enacted_on = forms.DateField(
        label=_("제정하거나 고친 날"),
        widget=fields.day(),
        help_text=_("조례를 고쳤으면 고친 날로 새로 적어요. 그 앞의 기록은 남아요."),
    )
    council_by_it = forms.BooleanField(label=_("이 조례에 따라 협치회의를 두었어요"), required=False, initial=True)
    size_min = forms.IntegerField(
        label=_("협치회의 최소 인원"), required=False, min_value=1, max_value=MOST_PEOPLE, widget=fields.number()
    )
    size_max = forms.IntegerField(
        label=_("협치회의 최대 인원"), required=False, min_value=1, max_value=MOST_PEOPLE, widget=fields.number()
    )
    term_years = forms.IntegerField(
        label=_("위촉직 임기(년)"), required=False, min_value=1, max_value=MOST_YEARS, widget=fields.number()
    )
    present = forms.ChoiceField(
        label=_("회의를 열 때 와야 하는 위원"), choices=Proportion.choices, widget=fields.choice()
    )
    decides = forms.ChoiceField(
        label=_("찬성해야 정해지는 위원(온 위원 가운데)"), choices=Proportion.choices, widget=fields.choice()
    )

    def __init__(self, *args: Any, kept: Ordinance | None, **kwargs: Any) -> None:
        initial = {name: getattr(kept, name) for name in self.base_fields} if kept else {}
        super().__init__(*args, initial=initial, **kwargs)

    def text(self) -> OrdinanceText:
        """Return what was typed."""
        found = dict(self.cleaned_data)
        return OrdinanceText(
            **{**found, "present": Proportion(found["present"]), "decides": Proportion(found["decides"])}
        )

"""What is recorded of an agenda beside its review: invitations, who came, and the ordinance's exclusions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madang.decide.agendas.forms.agendas import LINE, REASON_MISSING, words
from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.agendas.queries.judging import exclusions, proposals_to_invite, rulebook_of
from madang.decide.agendas.states import InvitationStep


def _step() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("어느 자리인가요"),
        choices=InvitationStep.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("어느 단계인지 골라 주세요.")},
    )


def _proposals(agenda: Agenda, label: Any, *, required: bool) -> forms.ModelMultipleChoiceField:
    field = forms.ModelMultipleChoiceField(
        label=label,
        queryset=Proposal.objects.filter(pk__in=[one.pk for one in proposals_to_invite(agenda)])
        .select_related("district", "cycle", "proposer")
        .order_by("number"),
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("초대한 제안자를 골라 주세요.")},
    )
    field.label_from_instance = lambda one: f"{one.public_proposer} · {one.public_number} {one.title}"
    return field


class InviteForm(forms.Form):
    """To which step which proposers were invited, when and how (AGENDA-6)."""

    step = _step()
    how = forms.CharField(
        label=_("어떻게 초대했나요"),
        help_text=_("예: 전화와 문자. 누리집 회원에게는 지금 알림도 보내요."),
        max_length=120,
        widget=forms.TextInput(attrs=LINE),
        error_messages={"required": _("어떻게 초대했는지 적어 주세요.")},
    )
    invited_on = forms.DateField(
        label=_("초대한 날"),
        widget=forms.DateInput(attrs={**LINE, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("초대한 날을 적어 주세요."), "invalid": _("2020-05-29처럼 써 주세요.")},
    )

    def __init__(self, *args: Any, agenda: Agenda, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"] = _proposals(agenda, _("누구를 초대했나요"), required=True)
        self.fields["invited_on"].initial = day
        if not self.is_bound:
            self.fields["proposals"].initial = [one.pk for one in proposals_to_invite(agenda)]


class CameForm(forms.Form):
    """Which of the invited proposers came to a step; nobody ticked means that nobody came."""

    step = _step()

    def __init__(self, *args: Any, agenda: Agenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"] = _proposals(agenda, _("누가 왔나요"), required=False)


class ExclusionsForm(forms.Form):
    """Which exclusions of the ordinance apply, and why (AGENDA-7)."""

    points = forms.TypedMultipleChoiceField(
        label=_("해당하는 것"),
        help_text=_("해당하는 것이 없으면 비워 두세요. 살폈다는 기록이 남아요."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = words(_("그렇게 판단하는 까닭"), _("누구나 볼 수 있어요. 이름과 연락처는 쓰지 마세요."), REASON_MISSING)

    def __init__(self, *args: Any, agenda: Agenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = exclusions(rulebook_of(agenda.cycle, agenda.district))
        english = get_language() == "en"
        self.fields["points"].choices = [
            (number, f"{number}. {one.en if english else one.ko}") for number, one in found.items()
        ]

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.operations.criteria import Judgement
from madang.decide.agendas.queries.merge_desk import forums_with_proposals, open_agendas
from madang.decide.agendas.states import Criterion, Verdict
from madang.decide.agendas.texts import TITLE_MOST
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import Cycle
from madang.ground.people.models import Appointment, Department
from madang.ground.people.roles import Role
from madang.ground.places.models import District, Dong
from madang.ground.places.queries import dongs_of

LINE = {"class": "in"}
USUAL_DAYS_TO_ANSWER = 14
TEXT_MOST = 4000


REASON_MISSING = _("까닭을 써 주세요. 누구나 볼 수 있어요.")


def words(label: Any, help_text: Any, required: Any, rows: int = 3) -> forms.CharField:
    """Return a field for a few sentences, with its own words for when they are missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={**LINE, "rows": rows}),
        error_messages={"required": required},
    )


class DeskFilterForm(forms.Form):
    """Which received proposals the merge desk shows."""

    q = forms.CharField(
        label=_("글에 있는 말"), required=False, max_length=60, widget=forms.TextInput(attrs={**LINE, "type": "search"})
    )
    dong = forms.ModelChoiceField(
        label=_("동"),
        queryset=Dong.objects.none(),
        required=False,
        empty_label=_("모든 동"),
        widget=forms.Select(attrs=LINE),
    )
    forum = forms.ModelChoiceField(
        label=_("공론장"),
        queryset=Forum.objects.none(),
        required=False,
        empty_label=_("모든 공론장"),
        widget=forms.Select(attrs=LINE),
    )

    def __init__(self, *args: Any, district: District, cycle: Cycle, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"].queryset = dongs_of(district, day)
        self.fields["forum"].queryset = forums_with_proposals(district, cycle)


class MergeForm(forms.Form):
    """What the new agenda is called, what it is about, and why these proposals belong together."""

    title = forms.CharField(
        label=_("의제 이름"),
        help_text=_("예: 밤에도 걷고 싶은 방학천"),
        max_length=TITLE_MOST,
        widget=forms.TextInput(attrs={**LINE, "autocomplete": "off"}),
        error_messages={"required": _("의제 이름을 써 주세요.")},
    )
    summary = words(
        _("무엇을 하려는 의제인가요"),
        _("모은 제안이 모두 살아 있게 두세 문장으로 써 주세요."),
        _("무엇을 하려는 의제인지 써 주세요."),
        rows=4,
    )
    reason = words(_("왜 함께 모으나요"), _("제안자에게 그대로 보여요."), REASON_MISSING)


class AddForm(forms.Form):
    """To which gathered agenda the proposals are added, and why."""

    agenda = forms.ModelChoiceField(
        label=_("어느 의제에 보탤까요"),
        queryset=Agenda.objects.none(),
        empty_label=_("의제를 골라 주세요"),
        widget=forms.Select(attrs=LINE),
        error_messages={"required": _("의제를 골라 주세요.")},
    )
    reason = words(
        _("왜 이 의제에 보태나요"), _("제안자에게 그대로 보여요."), _("까닭을 써 주세요. 누구나 볼 수 있어요.")
    )

    def __init__(self, *args: Any, district: District, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agenda"].queryset = open_agendas(district, cycle)
        self.fields["agenda"].label_from_instance = lambda agenda: f"{agenda.public_number} {agenda.title}"


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = words(_("까닭"), _("제안자에게 알리고 누구나 볼 수 있어요."), REASON_MISSING)


class ConcludeForm(forms.Form):
    """Why an agenda stays on the list; one that goes to the vote needs no further words."""

    reason = words(
        _("목록에 남기는 까닭"),
        _("제안자에게 알리고 누구나 볼 수 있어요."),
        _("까닭을 써 주세요. 누구나 볼 수 있어요."),
    )

    def __init__(self, *args: Any, is_fit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_fit:
            del self.fields["reason"]


class AskForm(forms.Form):
    """Which departments are asked, and by when they answer."""

    departments = forms.ModelMultipleChoiceField(
        label=_("어느 부서에 물을까요"),
        queryset=Department.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("물어볼 부서를 하나 이상 골라 주세요.")},
    )
    due_on = forms.DateField(
        label=_("언제까지 답하나요"),
        widget=forms.DateInput(attrs={**LINE, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("답할 날을 정해 주세요."), "invalid": _("2020-05-29처럼 써 주세요.")},
    )

    def __init__(self, *args: Any, agenda: Agenda, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = Appointment.objects.on(day).filter(role=Role.DEPARTMENT_OFFICER).values("pk")
        asked = agenda.department_reviews.values("department_id")
        self.fields["departments"].queryset = (
            Department.objects.filter(district_id=agenda.district_id)
            .exclude(pk__in=asked)
            .annotate(officer_count=Count("officers", filter=Q(officers__pk__in=in_force)))
        )
        self.fields["departments"].label_from_instance = _department_label
        self.fields["due_on"].initial = day + timedelta(days=USUAL_DAYS_TO_ANSWER)


def _department_label(department: Any) -> str:
    if department.officer_count:
        return str(department.name)
    return str(_("%(name)s (담당자가 아직 없어 알림이 가지 않아요)")) % {"name": department.name}


class AnswerForm(forms.Form):
    """What a department answers."""

    verdict = forms.ChoiceField(
        label=_("할 수 있나요"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("할 수 있는지 하나를 골라 주세요.")},
    )
    reason = words(
        _("그렇게 답하는 까닭"),
        _("누구나 볼 수 있어요. 이름과 연락처는 쓰지 마세요."),
        _("까닭을 써 주세요. 누구나 볼 수 있어요."),
        rows=4,
    )
    conditions = forms.CharField(
        label=_("어떤 조건이면 되나요"),
        help_text=_("조건부로 답할 때 꼭 써 주세요."),
        max_length=TEXT_MOST,
        required=False,
        widget=forms.Textarea(attrs={**LINE, "rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("verdict") == Verdict.CONDITIONAL and not data.get("conditions", "").strip():
            self.add_error("conditions", _("어떤 조건이면 할 수 있는지 써 주세요."))
        return data


MEANINGS = {
    Criterion.OPENNESS: _("많은 주민이 함께할 수 있는 과정에서 찾았나요"),
    Criterion.DELIBERATION: _("여러 이해관계자가 충분히 이야기했나요"),
    Criterion.PUBLIC_INTEREST: _("한 집단의 관심을 넘어서나요"),
    Criterion.COOPERATION: _("주민과 행정이 함께 계획하고 실행하나요"),
}
FOUND = [("yes", _("갖췄어요")), ("no", _("모자라요"))]


class JudgeForm(forms.Form):
    """One reviewer's judgement of the four criteria, each with a reason (G 2.3.1)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion, meaning in MEANINGS.items():
            self.fields[criterion.value] = forms.ChoiceField(
                label=criterion.label,
                help_text=meaning,
                choices=FOUND,
                widget=forms.RadioSelect,
                error_messages={"required": _("하나를 골라 주세요.")},
            )
            self.fields[f"{criterion.value}_reason"] = words(
                _("%(criterion)s 판단의 까닭") % {"criterion": criterion.label},
                "",
                _("그렇게 판단한 까닭을 써 주세요."),
                rows=2,
            )

    def judgements(self) -> dict[Criterion, Judgement]:
        """Return what was judged, for the operation."""
        data = self.cleaned_data
        return {
            criterion: Judgement(data[criterion.value] == "yes", data[f"{criterion.value}_reason"])
            for criterion in Criterion
        }

"""What people type about the draft that goes round, and about what follows the approval."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.bodies.models import Body
from madang.plan.plans.forms.plans import text_area, text_line
from madang.plan.plans.models import OpinionRound, Plan, Project
from madang.plan.plans.operations import GivenFile
from madang.plan.plans.operations.opinions import HOW_MOST, REASON_MOST, TEXT_MOST
from madang.plan.plans.queries.opinions import rounds_of, working_groups
from madang.plan.plans.queries.plans import approved_version
from madang.plan.plans.queries.site_rules import partners_of
from madang.plan.plans.states import Answer, Way


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"class": "in", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("날을 적어 주세요."), "invalid": _("2020-05-29처럼 써 주세요.")},
    )


def _projects(plan: Plan) -> forms.ModelChoiceField:
    field = forms.ModelChoiceField(
        label=_("어느 세부사업인가요"),
        queryset=Project.objects.filter(plan=plan).order_by("part", "id"),
        required=False,
        empty_label=_("계획 전체"),
        widget=forms.Select(attrs={"class": "in"}),
        error_messages={"invalid_choice": _("이 계획의 세부사업을 골라 주세요.")},
    )
    field.label_from_instance = lambda project: f"{project.number} {project.title}"
    return field


class OpinionForm(forms.Form):
    """What a resident thinks of the draft."""

    text = forms.CharField(
        label=_("의견"),
        help_text=_("1,000자까지 쓸 수 있어요. 누구나 읽으니 이름과 연락처는 쓰지 마세요."),
        max_length=TEXT_MOST,
        widget=text_area(5),
        error_messages={
            "required": _("의견을 적어 주세요."),
            "max_length": _("의견은 %(limit_value)d자까지 쓸 수 있어요."),
        },
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"] = _projects(plan)
        self.order_fields(["round", "project", "text"])


class EnterOpinionForm(OpinionForm):
    """What was said at a meeting or sent in, written down by an officer."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, **kwargs)
        field = forms.ModelChoiceField(
            label=_("어디에서 나온 의견인가요"),
            queryset=rounds_of(plan),
            empty_label=_("골라 주세요"),
            widget=forms.Select(attrs={"class": "in"}),
            error_messages={"required": _("어디에서 나왔는지 골라 주세요.")},
        )
        field.label_from_instance = round_label
        self.fields["round"] = field
        self.order_fields(["round", "project", "text"])


def round_label(found: OpinionRound) -> str:
    """Return a round as a choice: to whom, and its days."""
    first, last = found.starts_on, found.ends_on
    return f"{found.name} · {first.month}. {first.day}.–{last.month}. {last.day}."


class ShareForm(forms.Form):
    """To whom the draft goes, how, and from which day to which."""

    way = forms.ChoiceField(
        label=_("누구에게 돌리나요"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("누구에게 돌렸는지 골라 주세요.")},
    )
    how = forms.CharField(
        label=_("어떻게 돌리나요"),
        help_text=_("예: 방학1동 주민센터에서 설명하고 쪽지로 의견을 받았어요."),
        max_length=HOW_MOST,
        widget=text_line(),
        error_messages={"required": _("어떻게 돌렸는지 200자까지 적어 주세요.")},
    )
    starts_on = day_field(_("시작하는 날"), _("이미 마친 모임은 그날을 적어 주세요. 온라인은 오늘부터 열 수 있어요."))
    ends_on = day_field(_("끝나는 날"))

    def __init__(self, *args: Any, plan: Plan, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = forms.ModelChoiceField(
            label=_("워킹그룹"),
            help_text=_("워킹그룹에 돌릴 때만 골라요."),
            queryset=working_groups(plan.district, day) if plan.pk else Body.objects.none(),
            required=False,
            empty_label=_("고르지 않음"),
            widget=forms.Select(attrs={"class": "in"}),
        )
        self.order_fields(["way", "body", "how", "starts_on", "ends_on"])
        self.fields["starts_on"].initial = day


class AnswerForm(forms.Form):
    """What became of an opinion, and why."""

    answer = forms.ChoiceField(
        label=_("반영했나요"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("반영했는지 골라 주세요.")},
    )
    reason = forms.CharField(
        label=_("까닭"),
        help_text=_("의견을 주신 분께 알리고, 누구나 읽을 수 있어요."),
        max_length=REASON_MOST,
        widget=text_area(5),
        error_messages={"required": _("까닭을 2,000자까지 적어 주세요.")},
    )


class HandoutForm(forms.Form):
    """Where and when the approved plan was handed out."""

    place = forms.CharField(
        label=_("어디에 두었나요"),
        help_text=_("예: 14개 동주민센터 민원실, 구 누리집 협치 쪽"),
        max_length=200,
        widget=text_line(),
        error_messages={"required": _("어디에 두었는지 200자까지 적어 주세요.")},
    )
    handed_on = day_field(_("나눈 날"))


class AgreementForm(forms.Form):
    """Which carrying partners signed, when, and the signed document."""

    signed_on = day_field(_("협약한 날"))
    document = forms.FileField(
        label=_("협약서"),
        help_text=_("서명한 협약서예요. 담당자만 내려받을 수 있어요."),
        required=False,
        widget=forms.FileInput(attrs={"class": "in"}),
        error_messages={"empty": _("빈 파일이에요. 내용이 있는 파일을 골라 주세요.")},
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = approved_version(plan)
        signed = set(plan.agreements.values_list("partner", flat=True))
        rest = [name for name in (partners_of(version.content) if version else ()) if name not in signed]
        self.fields["partners"] = forms.MultipleChoiceField(
            label=_("협약한 곳"),
            choices=[(name, name) for name in rest],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("계획에 적힌 실행 주체를 골라 주세요.")},
        )
        self.order_fields(["partners", "signed_on", "document"])

    @property
    def rest(self) -> bool:
        """Say whether a partner is left that has not signed."""
        return bool(self.fields["partners"].choices)

    def given(self) -> GivenFile | None:
        """Return the document that was handed in, or None."""
        file = self.cleaned_data.get("document")
        return GivenFile(file.read(), file.name, file.content_type or "") if file else None

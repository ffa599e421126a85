from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from madang.decide.forums.models import Forum
from madang.decide.voting.models import Election, Preparation
from madang.decide.voting.operations.elections import Terms
from madang.decide.voting.operations.preparing import Prepared
from madang.decide.voting.queries.elections import Candidate
from madang.decide.voting.states import TieChoice, Viewpoint

MOST_MATERIAL = 4000


def _moment_box() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local", "class": "in"}, format="%Y-%m-%dT%H:%M")


def _number_box() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "in", "inputmode": "numeric"})


class TermsForm(forms.Form):
    """What voters are told about a vote beforehand; with ``forums`` also to which open forum it belongs."""

    title = forms.CharField(label=_("이름"), max_length=120, widget=forms.TextInput(attrs={"class": "in"}))
    opens_at = forms.DateTimeField(label=_("시작"), widget=_moment_box())
    closes_at = forms.DateTimeField(label=_("마감"), widget=_moment_box())
    picks_most = forms.IntegerField(
        label=_("한 사람이 고를 수 있는 의제 수"), min_value=1, max_value=30, initial=5, widget=_number_box()
    )
    seats = forms.IntegerField(label=_("뽑는 의제 수"), min_value=1, max_value=100, initial=8, widget=_number_box())
    age_least = forms.IntegerField(
        label=_("투표할 수 있는 나이"),
        min_value=0,
        max_value=99,
        initial=14,
        help_text=_("마감일에 만 나이로 따져요."),
        widget=_number_box(),
    )
    tie_rule = forms.ChoiceField(
        label=_("마지막 자리가 동점이면"),
        choices=TieChoice.choices,
        initial=TieChoice.DECIDE,
        help_text=_("투표를 열기 전에 알려야 해서, 열고 나면 바꿀 수 없어요."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, forums: QuerySet[Forum] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if forums is not None:
            self.fields["forum"] = forms.ModelChoiceField(
                label=_("열린 공론장"),
                queryset=forums,
                help_text=_("우선순위 투표는 열린 공론장에 속해요. 적격 의제가 모두 투표에 올라요."),
                widget=forms.Select(attrs={"class": "in"}),
            )
            self.order_fields(["forum"])

    @classmethod
    def of(cls, election: Election) -> dict[str, Any]:
        """Return the form's first values from a vote."""
        return {name: getattr(election, name) for name in cls.base_fields}

    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in TermsForm.base_fields})


class OptionsForm(forms.Form):
    """For each agenda of the year: whether it stands on the ballot, where, and with what material."""

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for candidate in candidates:
            key = candidate.agenda.pk
            self.fields[f"place_{key}"] = forms.IntegerField(
                label=_("순서"),
                required=False,
                min_value=1,
                max_value=999,
                initial=candidate.place,
                help_text=_("비우면 투표에 올리지 않아요."),
                widget=_number_box(),
            )
            self.fields[f"material_{key}"] = forms.CharField(
                label=_("미리 볼 자료"),
                required=False,
                max_length=MOST_MATERIAL,
                initial=candidate.material,
                widget=forms.Textarea(attrs={"class": "in", "rows": 4}),
            )

    def rows(self) -> list[tuple[Candidate, forms.BoundField, forms.BoundField]]:
        """Return each agenda with its two boxes, for the template."""
        return [(c, self[f"place_{c.agenda.pk}"], self[f"material_{c.agenda.pk}"]) for c in self.candidates]

    def options(self) -> list[tuple[Any, str]]:
        """Return the agendas that got a place, in the order of their places, each with its material."""
        data = self.cleaned_data
        placed = [c.agenda for c in self.candidates if data.get(f"place_{c.agenda.pk}")]
        placed.sort(key=lambda agenda: data[f"place_{agenda.pk}"])
        return [(agenda, data[f"material_{agenda.pk}"]) for agenda in placed]


class IdentifyForm(forms.Form):
    """Who votes online: the number on the roll and the access code."""

    reference = forms.CharField(
        label=_("선거인 번호"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off", "autocapitalize": "off"}),
    )
    code = forms.CharField(
        label=_("접근 번호"),
        max_length=30,
        help_text=_("안내와 함께 받은 열 글자예요. 줄표와 대소문자는 달라도 괜찮아요."),
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off", "autocapitalize": "characters"}),
    )
    claim = forms.BooleanField(label=_("다음에는 이 계정으로 바로 들어오기"), required=False)

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not signed_in:
            del self.fields["claim"]


class FindVoterForm(forms.Form):
    """Whom the desk looks for: by number, or by name and day of birth."""

    reference = forms.CharField(
        label=_("선거인 번호"), max_length=20, required=False, widget=forms.TextInput(attrs={"class": "in"})
    )
    name = forms.CharField(
        label=_("이름"), max_length=60, required=False, widget=forms.TextInput(attrs={"class": "in"})
    )
    birth_on = forms.DateField(
        label=_("생년월일"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "in"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("reference") and not (data.get("name") and data.get("birth_on")):
            raise forms.ValidationError(_("선거인 번호를 적거나, 이름과 생년월일을 함께 적어 주세요."))
        return data


class RollFileForm(forms.Form):
    file = forms.FileField(
        label=_("명부 파일"),
        help_text=_("CSV, XLSX, JSONL. 열 이름은 number, name, birth, dong이에요. 생년월일은 2001-02-03처럼 적어요."),
        widget=forms.FileInput(attrs={"class": "in", "accept": ".csv,.xlsx,.jsonl"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("까닭"), max_length=300, widget=forms.TextInput(attrs={"class": "in"}))

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed


class CertifyForm(forms.Form):
    """The decision of an open tie; without one there is nothing to fill in."""

    def __init__(self, *args: Any, tied: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tied:
            self.fields["tie_winners"] = forms.TypedMultipleChoiceField(
                label=_("동점 의제 가운데 뽑힌 의제"), choices=tied, coerce=int, widget=forms.CheckboxSelectMultiple
            )
            self.fields["tie_reason"] = forms.CharField(
                label=_("어떻게 정했나요"),
                max_length=1000,
                help_text=_("결과와 함께 공개돼요."),
                widget=forms.Textarea(attrs={"class": "in", "rows": 3}),
            )


class PreparationForm(forms.Form):
    """How the open forum prepared the vote (AGENDA-8)."""

    material_given_on = forms.DateField(
        label=_("자료를 나눈 날"),
        widget=forms.DateInput(attrs={"type": "date", "class": "in"}, format="%Y-%m-%d"),
        error_messages={"required": _("자료를 나눈 날을 적어 주세요."), "invalid": _("2020-05-29처럼 써 주세요.")},
    )
    material_how = forms.CharField(
        label=_("어떻게 나눴나요"),
        help_text=_("예: 누리집에 올리고 동주민센터에 인쇄물을 두었어요."),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "in"}),
        error_messages={"required": _("어떻게 나눴는지 120자까지 적어 주세요.")},
    )
    viewpoints = forms.MultipleChoiceField(
        label=_("공론장에서 함께 견주어 본 것"),
        choices=Viewpoint.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    paper_instructions = forms.BooleanField(
        label=_("종이 투표용지에도 두 가지 안내를 실었어요"),
        help_text=_("화면의 투표용지에는 언제나 실려요."),
        required=False,
    )

    @staticmethod
    def of(election: Election) -> dict[str, Any]:
        """Return what is recorded already, as the form begins."""
        told = Preparation.objects.filter(election=election).first()
        names = ("material_given_on", "material_how", "viewpoints", "paper_instructions")
        return {name: getattr(told, name) for name in names} if told else {}

    def prepared(self) -> Prepared:
        """Return what was typed."""
        return Prepared(**self.cleaned_data)

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.decide.survey.models import PERSONAL
from madang.decide.survey.operations import Contact, Facts
from madang.decide.survey.states import ConsentWay, ResourceKind, Theme
from madang.ground.places.models import District
from madang.ground.places.queries import dongs_of
from madang.ground.workflow import fields


class FactsForm(fields.RefusingForm):
    """What is told of a resource, with the contact of a person who consents."""

    kind = forms.ChoiceField(label=_("무엇인가요"), choices=ResourceKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("한마디로"),
        max_length=120,
        widget=fields.line(),
        help_text=_("예: 저녁에 비는 마을회관 2층, 자전거를 고칠 줄 아는 이웃. 사람 이름은 여기 적지 마세요."),
    )
    about = forms.CharField(
        label=_("어떻게 쓸 수 있나요"),
        widget=fields.text(4),
        help_text=_("언제, 몇 명이, 무엇을 할 수 있는지 적어 주세요."),
    )
    theme = forms.ChoiceField(label=_("분야"), choices=Theme.choices, widget=fields.choice())
    dong = forms.ModelChoiceField(
        label=_("동"), queryset=None, required=False, empty_label=_("구 전체"), widget=fields.choice()
    )
    place = forms.CharField(label=_("곳"), max_length=120, required=False, widget=fields.line())
    person_name = forms.CharField(
        label=_("이름"), max_length=40, required=False, widget=fields.line(autocomplete="off")
    )
    phone = forms.RegexField(
        r"^[0-9+() -]{8,20}$",
        label=_("전화"),
        required=False,
        widget=fields.line(inputmode="tel", autocomplete="off"),
        error_messages={"invalid": _("전화번호를 숫자로 적어 주세요. 예: 02-2091-0000")},
    )
    email = forms.EmailField(
        label=_("전자우편"),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"class": "in", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, district: District, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"].queryset = dongs_of(district, day)  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """Return what names nobody."""
        data = self.cleaned_data
        return Facts(data["kind"], data["theme"], data["title"], data["about"], data["dong"], data["place"])

    def contact(self) -> Contact:
        """Return the contact with its consent, as far as the form asks for it."""
        data = self.cleaned_data
        known = (*PERSONAL, "consent_way", "consent_on")
        return Contact(**{name: data[name] for name in known if name in data})

    def told(self) -> list[forms.BoundField]:
        """Return the fields that name nobody, for the template."""
        return [field for field in self if field.name in ("kind", "title", "about", "theme", "dong", "place")]

    def named(self) -> list[forms.BoundField]:
        """Return the fields of the contact and its consent, for the template."""
        told = {field.name for field in self.told()}
        return [field for field in self if field.name not in told]


class SuggestForm(FactsForm):
    """What a resident suggests; a contact only of themselves."""

    consents = forms.BooleanField(
        label=_("제 이름과 연락처예요. 확인이 끝나면 모두에게 보여도 좋아요. 언제든 거둘 수 있어요."), required=False
    )


class ResourceForm(FactsForm):
    """A resource as an officer writes it down, with the consent on record."""

    consent_on = forms.DateField(label=_("동의를 받은 날"), required=False, widget=fields.day())
    consent_way = forms.ChoiceField(
        label=_("동의를 받은 방법"),
        required=False,
        choices=[("", _("동의 없음")), *ConsentWay.choices],
        widget=fields.choice(),
    )


class ReasonForm(fields.RefusingForm):
    """Why something is not, or no longer, shown."""

    reason = forms.CharField(label=_("까닭"), max_length=300, widget=fields.line())

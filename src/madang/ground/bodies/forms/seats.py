from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.operations import Seat
from madang.ground.bodies.states import ASKED_OF, CITY_KINDS, BodyKind, Gender, MemberClass, StandsFor
from madang.ground.people.models import Department, Person
from madang.ground.workflow import fields

# What nobody asks of a member of the city's bodies.
OF_DISTRICTS = ("position", "field", "appointed", "elected")


def _yes(value: bool) -> str:
    return "yes" if value else "no"


class SeatForm(fields.RefusingForm):
    """A member of a body: who it is, as what, for how long, and what the rules of this kind of body ask."""

    name = forms.CharField(label=_("이름"), max_length=60, widget=fields.line())
    affiliation = forms.CharField(label=_("소속"), max_length=120, required=False, widget=fields.line())
    position = forms.CharField(label=_("맡은 일"), max_length=60, required=False, widget=fields.line())
    field = forms.CharField(label=_("주요 활동 분야"), max_length=60, required=False, widget=fields.line())
    member_class = forms.ChoiceField(
        label=_("구분"),
        choices=MemberClass.choices,
        widget=fields.choice(),
        help_text=_("구청장과 의원처럼 뽑힌 공직자는 행정이나 의원으로 적어요."),
    )
    elected = forms.BooleanField(label=_("선거로 뽑힌 공직자예요"), required=False)
    appointed = forms.TypedChoiceField(
        label=_("위촉직인가요"),
        choices=[("yes", _("위촉직")), ("no", _("당연직"))],
        coerce=lambda value: value == "yes",
        widget=fields.choice(),
        help_text=_("당연직은 자리 때문에 저절로 위원이 된 사람이에요."),
    )
    gender = forms.ChoiceField(label=_("성별"), choices=Gender.choices, initial=Gender.UNKNOWN, widget=fields.choice())
    department = forms.ModelChoiceField(
        label=_("부서"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("부서에서 오지 않았어요"),
        widget=fields.choice(),
    )
    stands_for = forms.MultipleChoiceField(
        label=_("이 기구에서의 몫"), required=False, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(
        label=_("계정의 전자우편"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "in"}),
        help_text=_("계정이 있으면 적어 주세요. 회의 소식을 받고 자기 표를 낼 수 있어요."),
    )
    starts_on = forms.DateField(label=_("임기 첫날"), widget=fields.day())
    ends_on = forms.DateField(
        label=_("임기 마지막 날"), required=False, widget=fields.day(), help_text=_("그날까지 위원이에요.")
    )

    def __init__(self, *args: Any, body: Body, day: date, member: Member | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"starts_on": max(day, body.since_on)}
        if member is not None:
            initial = {name: getattr(member, name) for name in self.base_fields if name != "email"}
            initial |= {"email": member.person.email if member.person else "", "appointed": _yes(member.appointed)}
        super().__init__(*args, initial=initial, **kwargs)
        kind = BodyKind(body.kind)
        for name in OF_DISTRICTS if kind in CITY_KINDS else ():
            del self.fields[name]
        if kind == BodyKind.WORKING_GROUP:
            self.fields["department"].queryset = Department.objects.filter(district=body.district)  # type: ignore[attr-defined]
        else:
            del self.fields["department"]
        if kind in ASKED_OF:
            asked = [(part.value, part.label) for part in ASKED_OF[kind]]
            self.fields["stands_for"].choices = asked  # type: ignore[attr-defined]
            if StandsFor.COUNCIL_MEMBER in ASKED_OF[kind]:
                self.fields["stands_for"].help_text = _("협치회의 위원은 계정이 이어져 있으면 표시하지 않아도 세요.")
        else:
            del self.fields["stands_for"]

    def clean_email(self) -> Person | None:
        """Return the account of the address; an address without an account is refused."""
        address = self.cleaned_data["email"].strip().lower()
        if not address:
            return None
        person = Person.objects.filter(email=address, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("이 주소의 계정이 없어요. 계정이 없으면 비워 두세요."))
        return person

    def seat(self) -> Seat:
        """Return what was typed."""
        found = self.cleaned_data
        return Seat(
            name=found["name"],
            member_class=MemberClass(found["member_class"]),
            appointed=found.get("appointed", True),
            elected=found.get("elected", False),
            gender=Gender(found["gender"]),
            position=found.get("position", ""),
            field=found.get("field", ""),
            affiliation=found["affiliation"],
            person=found["email"],
            department=found.get("department"),
            stands_for=tuple(found.get("stands_for", ())),
        )

    def refuse(self, refusal: Any) -> None:
        """Show a refusal at its field; one about the account at its address."""
        if refusal.field == "person":
            refusal.field = "email"
        super().refuse(refusal)

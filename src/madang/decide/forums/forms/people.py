from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.decide.forums.states import COUNTED, Dimension


class _Boxes(forms.Form):
    """A form whose boxes look like all others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", "in")


class RegisterForm(_Boxes):
    """Whom somebody counts as, and that their data may be used for this forum."""

    origin = forms.ChoiceField(label=_("어디에 속해 있나요"), choices=COUNTED[Dimension.ORIGIN], initial="residents")
    gender = forms.ChoiceField(label=_("성별"), choices=COUNTED[Dimension.GENDER], initial="unknown")
    age = forms.ChoiceField(label=_("나이대"), choices=COUNTED[Dimension.AGE], initial="unknown")
    consent = forms.BooleanField(
        label=_("이 자리를 준비하고 알리는 데 이름과 연락처를 쓰는 데 동의해요. 언제든 지울 수 있어요."), required=False
    )


class PhoneForm(RegisterForm):
    """Somebody who calls."""

    name = forms.CharField(label=_("이름"), max_length=60)
    phone = forms.CharField(label=_("전화번호"), max_length=30, required=False)
    consent = forms.BooleanField(
        label=_("이름과 번호를 이 자리가 끝날 때까지 적어 두는 데 동의를 받았어요."), required=False
    )
    field_order = ("name", "phone", "origin", "gender", "age", "consent")


class WalkInForm(RegisterForm):
    """Somebody who comes without a registration."""

    name = forms.CharField(label=_("이름"), max_length=60, required=False)
    consent = forms.BooleanField(label=_("이름을 적는 데 동의를 받았어요."), required=False)
    field_order = ("origin", "gender", "age", "name", "consent")


class FindForm(_Boxes):
    name = forms.CharField(label=_("이름으로 찾기"), max_length=60)


class MaterialForm(_Boxes):
    """Something to read, hear or see before a forum."""

    title = forms.CharField(label=_("자료 이름"), max_length=120)
    text = forms.CharField(
        label=_("글"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "in"})
    )
    link = forms.URLField(
        label=_("링크"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("예: 설명 영상 주소"),
    )
    file = forms.FileField(label=_("파일"), required=False)


class TablesForm(_Boxes):
    """Tables, one a line: topic, then a slash and who leads the talk."""

    tables = forms.CharField(
        label=_("탁자"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "in"}),
        help_text=_("한 줄에 탁자 하나예요. 주제 / 진행자 순서로 적어요. 예: 밤길과 골목 / 김이웃"),
    )

    def rows(self) -> list[tuple[str, str]]:
        """Return topic and facilitator of each table."""
        lines = [line.strip() for line in self.cleaned_data["tables"].splitlines() if line.strip()]
        return [
            (topic.strip()[:80], name.strip()[:60]) for topic, _slash, name in (line.partition("/") for line in lines)
        ]

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.decide.forums.models import Forum
from madang.decide.forums.states import COUNTED, ForumKind
from madang.ground.places.models import District
from madang.ground.places.queries import dongs_of

MOST_PEOPLE = 100_000


def _moment_box() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class PlanForumForm(forms.Form):
    """What is known before a forum is held."""

    kind = forms.ChoiceField(label=_("종류"), choices=ForumKind.choices)
    title = forms.CharField(label=_("이름"), max_length=120)
    purpose = forms.CharField(
        label=_("무엇을 이야기하나요"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "in"}),
    )
    place = forms.CharField(
        label=_("곳"), max_length=120, help_text=_("예: 쌍문2동 주민센터 3층. 온라인이면 주소를 적어요.")
    )
    address = forms.CharField(
        label=_("찾아오는 주소"), max_length=200, required=False, help_text=_("길 이름과 번호, 가까운 정류장")
    )
    dong = forms.ModelChoiceField(label=_("동"), queryset=None, required=False, empty_label=_("구 전체"))
    starts_at = forms.DateTimeField(label=_("시작"), widget=_moment_box())
    ends_at = forms.DateTimeField(label=_("끝"), widget=_moment_box())
    method = forms.CharField(label=_("진행 방법"), max_length=120, required=False, help_text=_("예: 거닐며 의견적기"))
    registration_closes_at = forms.DateTimeField(
        label=_("신청 마감"),
        required=False,
        widget=_moment_box(),
        help_text=_("비워 두면 신청 없이 누구나 오는 자리예요."),
    )
    capacity = forms.IntegerField(
        label=_("자리 수"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("비워 두면 제한이 없어요. 넘치면 대기 명단에 올라요."),
    )

    def __init__(self, *args: Any, district: District, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"].queryset = dongs_of(district, day)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "in")

    @classmethod
    def written(cls, forum: Forum) -> dict[str, Any]:
        """Return what is written of a forum, to begin a change with."""
        return {name: getattr(forum, name) for name in cls.base_fields}


class RecordForumForm(forms.Form):
    """Who came and what came out of it."""

    material = forms.CharField(
        label=_("미리 나눈 자료"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "in"})
    )
    material_days_before = forms.IntegerField(
        label=_("며칠 전에 나누었나요"),
        required=False,
        min_value=0,
        max_value=365,
        widget=forms.NumberInput(attrs={"class": "in"}),
    )
    opinions_made = forms.IntegerField(
        label=_("나온 의견 수"),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "in"}),
    )
    opinions_taken_up = forms.IntegerField(
        label=_("결과에 담은 의견 수"),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "in"}),
    )
    minutes = forms.CharField(
        label=_("회의록"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "in"}),
        help_text=_("오간 이야기를 적어요. 공개되니 이름은 적지 마세요."),
    )
    decisions = forms.CharField(
        label=_("정한 것"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "in"}),
        help_text=_("한 줄에 하나씩 적어요."),
    )
    outcome = forms.CharField(
        label=_("나온 결과"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "in"}),
        help_text=_("무엇을 정했는지, 무엇이 남았는지 주민이 읽을 말로 적어 주세요."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for dimension, keys in COUNTED.items():
            for key, label in keys:
                self.fields[f"{dimension.value}_{key}"] = forms.IntegerField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_value=MOST_PEOPLE,
                    widget=forms.NumberInput(attrs={"class": "in", "inputmode": "numeric"}),
                )

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the people that were typed, by dimension and key; an empty box is nobody."""
        return {
            dimension.value: {key: self.cleaned_data.get(f"{dimension.value}_{key}") or 0 for key, _label in keys}
            for dimension, keys in COUNTED.items()
        }

    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """Return the boxes of each dimension with its name, for the template."""
        return [
            (dimension.value, dimension.label, [self[f"{dimension.value}_{key}"] for key, _label in keys])
            for dimension, keys in COUNTED.items()
        ]


class CancelForumForm(forms.Form):
    reason = forms.CharField(label=_("취소하는 까닭"), max_length=300, widget=forms.TextInput(attrs={"class": "in"}))

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.decide.forums.forms.people import _Boxes
from madang.decide.forums.operations.notes import LETTERS_ON_PAPER
from madang.decide.forums.states import QUESTIONS

SCALE = [(str(step), str(step)) for step in range(1, 6)]


class BoardForm(_Boxes):
    """A walking board before it is opened."""

    title = forms.CharField(label=_("판의 물음"), max_length=80, help_text=_("예: 우리 골목에서 바꾸고 싶은 것"))
    topics = forms.CharField(
        label=_("주제"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "in"}),
        help_text=_("한 줄에 주제 하나예요. 아홉 개까지 적을 수 있어요."),
    )
    limit_each = forms.IntegerField(label=_("한 사람이 쓸 수 있는 장수"), min_value=1, max_value=50, initial=5)
    minutes = forms.IntegerField(label=_("쓰는 시간 (분)"), min_value=5, max_value=240, initial=30)

    def sheets(self) -> list[str]:
        """Return the topics."""
        return [line.strip()[:60] for line in self.cleaned_data["topics"].splitlines() if line.strip()]


class NoteForm(forms.Form):
    """One thought: the sheet it goes to, its words, and the name of the attempt."""

    topic = forms.IntegerField()
    text = forms.CharField(max_length=1000)
    key = forms.UUIDField()


class SlipForm(_Boxes):
    """One paper slip, typed without the mouse."""

    topic = forms.IntegerField(
        label=_("주제 번호"),
        min_value=1,
        max_value=9,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 1, "class": "in", "data-topic": ""}
        ),
    )
    text = forms.CharField(
        label=_("쪽지에 적힌 말"),
        max_length=LETTERS_ON_PAPER,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "in", "data-text": ""}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))


class CodeForm(_Boxes):
    code = forms.CharField(
        label=_("화면에 보이는 번호"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class FeedbackForm(_Boxes):
    """Four questions from 1 to 5 and a few words."""

    said = forms.CharField(
        label=_("더 하고 싶은 말"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "in"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS:
            self.fields[name] = forms.ChoiceField(
                label=label, choices=SCALE, widget=forms.RadioSelect, help_text=_("1은 전혀 아니에요, 5는 정말 그래요")
            )
        self.order_fields([*(name for name, _label in QUESTIONS), "said"])

    def answers(self) -> dict[str, int]:
        """Return the answer to each question."""
        return {name: int(self.cleaned_data[name]) for name, _label in QUESTIONS}

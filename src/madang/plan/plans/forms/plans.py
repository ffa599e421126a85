from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.ground.bodies.models import Meeting
from madang.plan.plans.models import Goal, Plan, Task
from madang.plan.plans.queries.plans import chosen_agendas
from madang.plan.plans.sections import SECTIONS, Section
from madang.plan.plans.states import Part, TextPart

LONG_TEXT = 20_000


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "in", "rows": rows})


def text_line() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "in"})


class PlanTextsForm(forms.Form):
    """The vision and every section of base plan, action plan and process statement."""

    vision = forms.CharField(label=_("비전"), max_length=200, required=False, widget=text_line())
    vision_note = forms.CharField(label=_("비전의 뜻"), max_length=LONG_TEXT, required=False, widget=text_area(3))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        written = {(text.part, text.key): text.body for text in plan.texts.all()}
        initial = {"vision": plan.vision, "vision_note": plan.vision_note}
        initial |= {f"{part}-{key}": body for (part, key), body in written.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for section in SECTIONS:
            self.fields[self.name_of(section)] = forms.CharField(
                label=section.title, max_length=LONG_TEXT, required=False, widget=text_area(4)
            )

    @staticmethod
    def name_of(section: Section) -> str:
        return f"{section.part}-{section.key}"

    def chapters(self, part: TextPart) -> Iterator[tuple[Any, list[tuple[Section, forms.BoundField]]]]:
        """Yield the chapters of a part with their sections and fields."""
        chapters: dict[str, list[tuple[Section, forms.BoundField]]] = {}
        for section in SECTIONS:
            if section.part == part:
                chapters.setdefault(str(section.chapter), []).append((section, self[self.name_of(section)]))
        yield from chapters.items()

    def base_chapters(self) -> list[Any]:
        return list(self.chapters(TextPart.BASE))

    def action_chapters(self) -> list[Any]:
        return list(self.chapters(TextPart.ACTION))

    def process_chapters(self) -> list[Any]:
        return list(self.chapters(TextPart.PROCESS))

    def texts(self) -> dict[tuple[str, str], str]:
        """Return the sections as typed by (part, key)."""
        return {(section.part.value, section.key): self.cleaned_data[self.name_of(section)] for section in SECTIONS}


class GoalForm(forms.Form):
    """A goal: its number decides whether it is new."""

    number = forms.CharField(label=_("번호"), max_length=10, widget=text_line())
    title = forms.CharField(label=_("제목"), max_length=120, widget=text_line())
    summary = forms.CharField(label=_("설명"), max_length=2000, required=False, widget=text_area(2))


class TaskForm(GoalForm):
    """A task under a goal."""

    goal = forms.ModelChoiceField(
        label=_("목표"), queryset=Goal.objects.none(), widget=forms.Select(attrs={"class": "in"})
    )
    field_order = ["goal", "number", "title", "summary"]

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = plan.goals.all()  # type: ignore[attr-defined]


class _TaskChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.title}"


def task_field(plan: Plan) -> forms.ModelChoiceField:
    return _TaskChoice(
        label=_("추진과제"),
        queryset=plan.tasks.all() if plan.pk else Task.objects.none(),
        required=False,
        empty_label=_("아직 고르지 않음"),
        widget=forms.Select(attrs={"class": "in"}),
    )


class AddAgendaForm(forms.Form):
    """A chosen agenda that becomes a project."""

    part = forms.ChoiceField(
        label=_("갈래"), choices=Part.choices, initial=Part.SECTORAL, widget=forms.Select(attrs={"class": "in"})
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agenda"] = forms.ModelChoiceField(
            label=_("뽑힌 의제"),
            queryset=chosen_agendas(plan),
            empty_label=None,
            widget=forms.RadioSelect(),
            error_messages={"invalid_choice": _("뽑힌 의제 가운데 아직 담지 않은 것을 골라 주세요.")},
        )
        self.fields["task"] = task_field(plan)
        self.order_fields(["agenda", "part", "task"])


class FoundationForm(forms.Form):
    """A project of governance-foundation work without an agenda."""

    title = forms.CharField(label=_("제목"), max_length=200, widget=text_line())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"] = task_field(plan)


class _MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{timezone.localtime(obj.held_at):%Y-%m-%d %H:%M} · {obj.title}"


class MeetingChoiceForm(forms.Form):
    """The meeting of the council to which a version goes."""

    meeting = _MeetingChoice(
        label=_("회의"), queryset=Meeting.objects.none(), empty_label=None, widget=forms.RadioSelect()
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]

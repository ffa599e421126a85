from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.plan.plans.forms.plans import LONG_TEXT, task_field, text_area, text_line
from madang.plan.plans.models import Project
from madang.plan.plans.states import PartyKind

LONGEST_CELL = 200
SPARE_ROWS = 2
TABLES: dict[str, tuple[tuple[str, Any], ...]] = {
    "parties": (("kind", _("구분")), ("name", _("이름")), ("role", _("맡은 일"))),
    "schedule": (("when", _("시기")), ("what", _("내용")), ("private", _("민간")), ("administration", _("행정"))),
    "indicators": (("name", _("지표")), ("now", _("지금")), ("target", _("목표")), ("method", _("재는 방법"))),
}
NOT_FUNDABLE = (
    (1, _("기존 공공기관의 운영비")),
    (2, _("공공청사의 단순한 개선")),
    (3, _("단체의 기본 운영비")),
    (4, _("제품을 팔려고 낸 사업")),
    (5, _("법으로 정한 국고보조의 지방비")),
)


def _text(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG_TEXT, required=False, widget=text_area(rows))


class ProjectForm(forms.Form):
    """The texts of a project in the order of appendix 6; its small tables come as rows of inputs."""

    title = forms.CharField(label=_("제목"), max_length=200, widget=text_line())
    one_line = forms.CharField(label=_("한 줄 소개"), max_length=300, required=False, widget=text_line())
    period = forms.CharField(label=_("추진시기"), max_length=60, required=False, widget=text_line())
    ends_within_year = forms.BooleanField(label=_("한 해 안에 마칠 수 있어요"), required=False)
    need = _text(_("추진 배경과 필요성"), 5)
    links = _text(_("다른 계획과의 연계, 겹침 없음"))
    goals = _text(_("사업 목표"))
    direction = _text(_("추진방향"))
    last_year = _text(_("전년도 추진경과"))
    method = _text(_("추진방법"))
    publicity = _text(_("홍보계획"))
    monitoring = _text(_("모니터링과 평가계획"))
    effects = _text(_("기대효과"))
    not_fundable = forms.TypedMultipleChoiceField(
        label=_("편성할 수 없는 것에 해당하나요"),
        help_text=_("검토한 사람이 해당한다고 본 것만 표시해요. 운영지침 3.2.1"),
        choices=NOT_FUNDABLE,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, data: Any = None, *, project: Project) -> None:
        names = [name for name in self.base_fields if hasattr(project, name)]
        initial = {name: getattr(project, name) for name in names} | {"task": project.task_id}
        super().__init__(data, initial=initial)
        self.project = project
        self.fields["task"] = task_field(project.plan)
        self.order_fields(["title", "task", "one_line"])

    def tables(self) -> Iterator[dict[str, Any]]:
        """Yield the small tables with their heads and rows as typed or stored, and some empty rows."""
        titles = {"parties": _("함께하는 곳"), "schedule": _("추진일정"), "indicators": _("성과지표")}
        for name, columns in TABLES.items():
            rows = self._typed(name) if self.is_bound else getattr(self.project, name)
            filled = [[str(row.get(key, "")) for key, _label in columns] for row in rows]
            filled += [[""] * len(columns)] * SPARE_ROWS
            yield {
                "name": name,
                "title": titles[name],
                "heads": [label for _key, label in columns],
                "rows": [
                    [
                        {"field": f"{name}-{number}-{key}", "value": value, "label": label, "kind": key == "kind"}
                        for (key, label), value in zip(columns, row, strict=True)
                    ]
                    for number, row in enumerate(filled)
                ],
            }

    def kinds(self) -> list[tuple[str, Any]]:
        return list(PartyKind.choices)

    def _typed(self, name: str) -> list[dict[str, str]]:
        columns = [key for key, _label in TABLES[name]]
        rows: list[dict[str, str]] = []
        for number in range(100):
            if f"{name}-{number}-{columns[0]}" not in self.data:
                break
            row = {key: _cell(self.data, f"{name}-{number}-{key}") for key in columns}
            if any(value for key, value in row.items() if key != "kind"):
                rows.append(row)
        return rows

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed, with the rows of the small tables."""
        return {**self.cleaned_data, **{name: self._typed(name) for name in TABLES}}


def _cell(data: Mapping[str, str], name: str) -> str:
    return data.get(name, "").replace("\x00", "").strip()[:LONGEST_CELL]

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.decide.survey.states import PlanKind
from madang.ground.files.tables import Table, UnableToReadTable
from madang.ground.workflow import fields

MOST_ROWS = 300
FIRST_YEAR, LAST_YEAR = 1990, 2100


class EntryForm(fields.RefusingForm):
    """What both registers ask."""

    title = forms.CharField(label=gettext_lazy("이름"), max_length=120, widget=fields.line())
    department = forms.CharField(label=gettext_lazy("부서"), max_length=80, widget=fields.line())
    from_year = forms.IntegerField(
        label=gettext_lazy("시작한 해"), min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=fields.number()
    )
    to_year = forms.IntegerField(
        label=gettext_lazy("끝난 해"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=fields.number(),
        help_text=gettext_lazy("이어지고 있으면 비워 둬요."),
    )
    link = forms.URLField(
        label=gettext_lazy("링크"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "in"}),
    )


class ProjectForm(EntryForm):
    """A project of residents and administration."""

    partners = forms.CharField(
        label=gettext_lazy("함께한 곳"),
        max_length=200,
        widget=fields.line(),
        help_text=gettext_lazy("단체와 모임 이름이에요. 사람 이름은 적지 않아요."),
    )
    amount_kwon = forms.IntegerField(
        label=gettext_lazy("금액(천원)"), required=False, min_value=0, max_value=2_000_000_000, widget=fields.number()
    )
    what = forms.CharField(label=gettext_lazy("무엇을 했나요"), max_length=2000, widget=fields.text(4))


class PlanForm(EntryForm):
    """A plan, an ordinance or a rule."""

    kind = forms.ChoiceField(label=gettext_lazy("종류"), choices=PlanKind.choices, widget=fields.choice())
    meaning = forms.CharField(label=gettext_lazy("우리 계획에 뜻하는 것"), max_length=2000, widget=fields.text(4))


class TableForm(fields.RefusingForm):
    """A file with many lines."""

    file = forms.FileField(
        label=gettext_lazy("파일"),
        widget=forms.FileInput(attrs={"class": "in", "accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("CSV나 XLSX, 300줄까지. 첫 줄은 열 이름이에요."),
    )


@dataclass(frozen=True)
class Read:
    """A file as it was read: good rows as they were typed, and the number and fault of each bad row."""

    good: tuple[dict[str, str], ...]
    bad: tuple[tuple[int, str], ...]


def column_names(form: type[EntryForm]) -> list[str]:
    """Return the headings of a file in the reader's language, those that are needed first."""
    return [str(field.label) for field in form.base_fields.values()]


def read_rows(table: Table, form: type[EntryForm]) -> Read:
    """Read every row of a file as if it were typed into the form; headings may be Korean or English.

    Raises ``UnableToReadTable`` without a heading that is needed.
    """
    names = _names(form)
    found = {names[column]: column for column in table.columns if column in names}
    missing = [str(field.label) for name, field in form.base_fields.items() if field.required and name not in found]
    if missing:
        raise UnableToReadTable(_("%(names)s 열이 없어요.") % {"names": ", ".join(missing)})
    good: list[dict[str, str]] = []
    bad: list[tuple[int, str]] = list(table.faults)
    for number, cells in table.rows:
        typed = {name: _typed(name, cells[column]) for name, column in found.items()}
        filled = form(typed)
        if filled.is_valid():
            good.append(typed)
        else:
            bad.append((number, _faults(filled)))
    return Read(tuple(good), tuple(sorted(bad)))


def valid(rows: Iterable[Any], form: type[EntryForm]) -> list[dict[str, Any]]:
    """Return rows that were read before as values; what no longer fits is left out."""
    filled = [form(row) for row in rows if isinstance(row, dict)]
    return [one.cleaned_data for one in filled if one.is_valid()]


def _names(form: type[EntryForm]) -> dict[str, str]:
    found = {}
    for language in ("ko", "en"):
        with translation.override(language):
            found |= {str(field.label): name for name, field in form.base_fields.items()}
    return found


def _typed(name: str, cell: str) -> str:
    """Return what stands in a cell; the kind of a plan may be written out in words."""
    if name in ("from_year", "to_year", "amount_kwon"):
        return cell.replace(",", "")
    if name == "kind":
        for language in ("ko", "en"):
            with translation.override(language):
                words = {str(label): key for key, label in PlanKind.choices}
            if cell in words:
                return str(words[cell])
    return cell


def _faults(form: EntryForm) -> str:
    return " ".join(f"{form.fields[name].label}: {' '.join(said)}" for name, said in form.errors.items())

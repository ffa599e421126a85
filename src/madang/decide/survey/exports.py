"""The results of a questionnaire as a table: what was asked, what was answered how often; nobody's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.decide.survey.models import Questionnaire
from madang.decide.survey.queries.results import QuestionResult
from madang.engines.papers import Column, Paper, Row, Table
from madang.ground.files.handing_out import csv_response
from madang.ground.files.paper_files import demo_mark, file_name, paper_response

Cells = tuple[int | str, ...]


def rows_of(results: Sequence[QuestionResult]) -> list[Cells]:
    """Return a row for every choice of every question: number, question, answer, count, percent, asked, answered."""
    rows: list[Cells] = []
    for result in results:
        head: Cells = (result.number, result.question.text)
        tail: Cells = (result.tally.asked, result.tally.answered)
        rows += [(*head, line.words, line.count, line.percent, *tail) for line in result.lines]
        if result.tally.mean is not None:
            rows.append((*head, _("평균"), "", result.mean, *tail))
        if not result.lines and result.tally.mean is None:
            rows.append((*head, _("글로 쓴 답"), result.tally.answered, "", *tail))
    return rows


def heading() -> tuple[str, ...]:
    """Return the names of the columns."""
    return (_("번호"), _("물음"), _("답"), _("답한 수"), _("비율"), _("물은 사람"), _("답한 사람"))


def as_csv(questionnaire: Questionnaire, results: Sequence[QuestionResult]) -> HttpResponse:
    """Return the results as CSV that a spreadsheet opens in Korean and takes for no formula."""
    return csv_response([heading(), *rows_of(results)], name=f"survey-{questionnaire.pk}.csv")


def as_xlsx(questionnaire: Questionnaire, results: Sequence[QuestionResult], at: datetime) -> HttpResponse:
    """Return the results as XLSX, texts as texts and counts as numbers."""
    counted = (0, 3, 5, 6)
    columns = tuple(Column(name, kind="number" if place in counted else "text") for place, name in enumerate(heading()))
    table = Table(columns=columns, rows=tuple(Row(row) for row in rows_of(results)), caption=_("설문 결과"))
    paper = Paper(
        title=questionnaire.title,
        blocks=(table,),
        language="en" if get_language() == "en" else "ko",
        status_mark=demo_mark(),
    )
    return paper_response(paper, kind="xlsx", name=file_name(questionnaire.title), at=at)

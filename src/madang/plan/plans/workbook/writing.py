"""Writing the workbook: the engine's sheets with drop-down lists, instructions, protected totals and hidden ids."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from madang.engines import rulebook
from madang.engines.rulebook.workbook import (
    GUIDE_SHEET,
    LINES_SHEET,
    PLAN_SHEET,
    PROJECTS_SHEET,
    TASKS_SHEET,
    TOTALS_SHEET,
    sheets_from_plan,
)
from madang.plan.plans.models import Plan
from madang.plan.plans.queries.documents import content_hash, draft_content
from madang.plan.plans.queries.facts import plan_facts, rulebook_of
from madang.plan.plans.workbook.guide import FLAGS, GUIDE, NATURES, PARTS, YES_NO, item_rows

FORMAT = "madang-plan-workbook/1"
KEY_TITLE = "관리번호"
EMPTY_ROWS = 300
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WIDTHS = {
    PLAN_SHEET: (20, 30),
    TASKS_SHEET: (10, 50),
    PROJECTS_SHEET: (8, 36, 18, 12, 28, 28, 24, 48, 48, 16, 16),
    LINES_SHEET: (9, 11, 44, 13, 13, 13, 13, 20, 44, 14, 16),
}
SOURCE_NAMES = ("시비", "구비", "국비", "기타")
LOCKED_OF_PROJECT = ("번호", "구분")
AMOUNT = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 2_000_000_000}
AMOUNT_ERROR = {"error_title": "천원 단위의 정수", "error_message": "0 이상의 정수를 천원 단위로 적어 주세요. 예: 3000"}


def workbook_key(plan: Plan) -> str:
    """Return the name by which a workbook is known to belong to a plan."""
    return f"{plan.district.slug}/{plan.fiscal_year}/{plan.pk}"


def workbook_facts(plan: Plan) -> rulebook.PlanFacts:
    """Return the draft as the workbook carries it: without members, with texts as a cell can hold them."""
    facts = plan_facts(plan)
    projects = facts.projects or ()
    return replace(facts, projects=tuple(_fit_project(project) for project in projects))


def _fit(text: str) -> str:
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _fit_project(project: rulebook.Project) -> rulebook.Project:
    joint = project.joint_operation or rulebook.JointOperation()
    lines = (replace(line, basis=_fit(line.basis), reason=_fit(line.reason or "")) for line in project.lines)
    return replace(
        project,
        lines=tuple(lines),
        title=_fit(project.title),
        transfer_reason=_fit(project.transfer_reason or ""),
        joint_operation=rulebook.JointOperation(
            tuple(_fit(name) for name in joint.departments),
            tuple(_fit(name) for name in joint.private_partners),
            _fit(joint.when),
            _fit(joint.how),
        ),
    )


def plan_workbook(plan: Plan, *, at: datetime) -> bytes:
    """Return the draft as an XLSX file; ``at`` is the date written into it."""
    facts = workbook_facts(plan)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": at.astimezone(UTC).replace(tzinfo=None, microsecond=0)})
        _Writer(book, plan, facts).write()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, plan: Plan, facts: rulebook.PlanFacts) -> None:
        self.book, self.plan, self.facts = book, plan, facts
        self.items = rulebook_of(plan).items(plan.fiscal_year)
        base = {"font_size": 10, "valign": "top", "text_wrap": True}
        self.head = book.add_format(base | {"bold": True, "bg_color": "#DDE7E1", "border": 1})
        self.fixed = book.add_format(base | {"bg_color": "#F1F1EE"})
        self.text = book.add_format(base | {"num_format": "@", "locked": False})
        self.figure = book.add_format(base | {"num_format": "#,##0", "locked": False})
        self.total = book.add_format(base | {"num_format": "#,##0", "bg_color": "#F1F1EE", "bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})

    def write(self) -> None:
        """Write the guide, the plan's sheets in the engine's layout, and the totals."""
        self._guide()
        sheets = sheets_from_plan(self.facts)
        for name, rows in sheets.items():
            sheet = self.book.add_worksheet(name)
            self._rows(sheet, name, rows)
            for column, width in enumerate(WIDTHS[name]):
                sheet.set_column(column, column, width)
            if name != PLAN_SHEET:
                sheet.freeze_panes(1, 0)
        lists = self._totals(self.book.add_worksheet(TOTALS_SHEET))
        self._choices(sheets, lists)
        for name in (PLAN_SHEET, TASKS_SHEET):
            self.book.get_worksheet_by_name(name).protect()
        self.book.get_worksheet_by_name(PROJECTS_SHEET).protect("", {"format_columns": True, "format_rows": True})
        self.book.get_worksheet_by_name(LINES_SHEET).activate()

    def _rows(self, sheet: Any, name: str, rows: list[list[object]]) -> None:
        titles = [str(title) for title in rows[0]]
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                fixed = name in (PLAN_SHEET, TASKS_SHEET) or (
                    name == PROJECTS_SHEET and titles[column] in LOCKED_OF_PROJECT
                )
                heading = number == 0 and name != PLAN_SHEET
                cell = self.head if heading else self.fixed if fixed else self.text
                if isinstance(value, int):
                    sheet.write_number(number, column, value, self.figure if name == LINES_SHEET else cell)
                else:
                    sheet.write_string(number, column, str(value), cell)
        if name == LINES_SHEET:
            self._empty_lines(sheet, titles, len(rows))

    def _empty_lines(self, sheet: Any, titles: list[str], after: int) -> None:
        """Give the rows below the lines their formats, and hide the ids of the lines."""
        for number in range(after, after + EMPTY_ROWS):
            for column, title in enumerate(titles):
                sheet.write_blank(number, column, None, self.figure if title.endswith("(천원)") else self.text)
        sheet.set_column(len(titles) - 1, len(titles) - 1, None, None, {"hidden": True})

    def _guide(self) -> None:
        """Write the instructions in Korean, and in a hidden row which plan the file belongs to."""
        sheet = self.book.add_worksheet(GUIDE_SHEET)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 90)
        sheet.write_row(0, 0, [KEY_TITLE, FORMAT, workbook_key(self.plan), content_hash(draft_content(self.plan))])
        sheet.set_row(0, None, None, {"hidden": True})
        district, year = self.plan.district.name, self.plan.fiscal_year
        sheet.write_string(1, 0, f"{district} {year}년 실행계획 예산표", self.title)
        plain = self.book.add_format({"text_wrap": True, "valign": "top"})
        rows = [*GUIDE, ("", ""), ("통계목", f"{year}회계연도. 표에 없는 코드는 ‘성격’ 칸을 함께 적는다.")]
        rows = rows if not self.items.complete else [*GUIDE, ("", ""), ("통계목", f"{year}회계연도의 코드와 이름이다.")]
        for number, (name, text) in enumerate([*rows, *item_rows(self.items)], 3):
            sheet.write_string(number, 0, name, plain)
            sheet.write_string(number, 1, text, plain)
        sheet.protect()

    def _totals(self, sheet: Any) -> Mapping[str, str]:
        """Write totals by project that follow the lines, and in hidden columns the lists of the drop-downs."""
        sheet.write_row(0, 0, ["번호", "이름", *SOURCE_NAMES, "합계(천원)"], self.head)
        whole = [0] * (len(SOURCE_NAMES) + 1)
        row = 0
        for row, project in enumerate(self.facts.projects or (), 1):
            sheet.write_string(row, 0, project.id, self.fixed)
            sheet.write_string(row, 1, project.title, self.fixed)
            sums = [sum(getattr(line, source) for line in project.lines) for source in rulebook.SOURCES]
            for place, (letter, amount) in enumerate(zip("DEFG", sums, strict=True), 2):
                lines = f"'{LINES_SHEET}'!${letter}:${letter},'{LINES_SHEET}'!$A:$A"
                sheet.write_formula(row, place, f"=SUMIFS({lines},$A{row + 1})", self.total, amount)
            sheet.write_formula(row, 6, f"=SUM(C{row + 1}:F{row + 1})", self.total, sum(sums))
            whole = [one + more for one, more in zip(whole, [*sums, sum(sums)], strict=True)]
        last = row + 1
        sheet.write_string(last, 1, "합계", self.total)
        for place, (letter, amount) in enumerate(zip("CDEFG", whole, strict=True), 2):
            sheet.write_formula(last, place, f"=SUM({letter}1:{letter}{last})", self.total, amount)
        for first, end, width in ((0, 0, 8), (1, 1, 40), (2, 6, 14)):
            sheet.set_column(first, end, width)
        sheet.protect()
        return self._lists(sheet)

    def _lists(self, sheet: Any) -> Mapping[str, str]:
        """Write the lists of the drop-downs into hidden columns; return the range of each."""
        codes = [item.code for item in self.items]
        tasks = [task.id for task in self.facts.tasks or ()]
        projects = [project.id for project in self.facts.projects or ()]
        lists = {"통계목": codes, "추진과제": tasks, "사업": projects}
        found: dict[str, str] = {}
        for column, (name, values) in enumerate(lists.items(), 26):
            for number, value in enumerate(values):
                sheet.write_string(number, column, value)
            where = xl_range_abs(0, column, max(len(values), 1) - 1, column)
            found[name] = f"='{TOTALS_SHEET}'!{where}"
        sheet.set_column(26, 26 + len(lists) - 1, None, None, {"hidden": True})
        return found

    def _choices(self, sheets: Mapping[str, list[list[object]]], lists: Mapping[str, str]) -> None:
        """Attach the drop-down lists and the check of amounts to their columns."""
        free = {"error_type": "warning", "error_title": "목록에 없는 값"}
        several = free | {"error_message": "여럿이면 쉼표로 이어 적는다. 예: 재산성 물품, 회의 수당"}
        code = free | {"error_message": "표에 없는 코드는 ‘성격’ 칸을 함께 적는다."}
        of_projects = {
            "구분": {"validate": "list", "source": PARTS},
            "추진과제": {"validate": "list", "source": lists["추진과제"]},
            "행정 단독 집행": {"validate": "list", "source": YES_NO},
            "편성 불가 번호": {"validate": "list", "source": ["1", "2", "3", "4", "5"]} | several,
        }
        of_lines = {
            "사업": {"validate": "list", "source": lists["사업"]},
            "통계목": {"validate": "list", "source": lists["통계목"]} | ({} if self.items.complete else code),
            **{f"{source}(천원)": AMOUNT | AMOUNT_ERROR for source in SOURCE_NAMES},
            "표시": {"validate": "list", "source": FLAGS} | several,
            "물품등록대장": {"validate": "list", "source": YES_NO},
            "성격": {"validate": "list", "source": NATURES},
        }
        for name, rules, more in ((PROJECTS_SHEET, of_projects, 0), (LINES_SHEET, of_lines, EMPTY_ROWS)):
            rows = sheets[name]
            last = max(len(rows) - 1 + more, 1)
            sheet = self.book.get_worksheet_by_name(name)
            for column, title in enumerate(rows[0]):
                if title in rules:
                    sheet.data_validation(1, column, last, column, rules[str(title)])

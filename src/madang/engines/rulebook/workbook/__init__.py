"""The plan workbook: one layout of sheets that a plan is written to and read from (interfaces.md).

Sheets are rows of plain values, so that any XLSX reader or writer can carry them.
"""

from .layout import LINES_SHEET, MEMBERS_SHEET, PLAN_SHEET, PROJECTS_SHEET, TASKS_SHEET
from .reading import plan_from_sheets
from .writing import sheets_from_plan

__all__ = [
    "LINES_SHEET",
    "MEMBERS_SHEET",
    "PLAN_SHEET",
    "PROJECTS_SHEET",
    "TASKS_SHEET",
    "plan_from_sheets",
    "sheets_from_plan",
]

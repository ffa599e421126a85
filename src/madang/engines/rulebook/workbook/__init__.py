"""The plan workbook: one layout of sheets that a plan is written to and read from (interfaces.md).

Sheets are rows of plain values, so that any XLSX writer can carry them; `sheets_of` opens the file itself.
"""

from .file import sheets_of
from .layout import GUIDE_SHEET, LINES_SHEET, MEMBERS_SHEET, PLAN_SHEET, PROJECTS_SHEET, TASKS_SHEET, TOTALS_SHEET
from .reading import address, filled_rows, plan_from_sheets
from .writing import sheets_from_plan

__all__ = [
    "GUIDE_SHEET",
    "LINES_SHEET",
    "MEMBERS_SHEET",
    "PLAN_SHEET",
    "PROJECTS_SHEET",
    "TASKS_SHEET",
    "TOTALS_SHEET",
    "address",
    "filled_rows",
    "plan_from_sheets",
    "sheets_from_plan",
    "sheets_of",
]

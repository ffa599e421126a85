"""The plan workbook: the draft as an XLSX that an officer fills in, and what a filled one would change."""

from madang.plan.plans.workbook.changes import Kind, LineChange, ProjectChange, changes_of, read_alike
from madang.plan.plans.workbook.limits import problems_of
from madang.plan.plans.workbook.reading import PlanFile, UnableToReadWorkbook, cells_refused, read_workbook
from madang.plan.plans.workbook.writing import plan_workbook, workbook_facts, workbook_key

__all__ = [
    "Kind",
    "LineChange",
    "PlanFile",
    "ProjectChange",
    "UnableToReadWorkbook",
    "cells_refused",
    "changes_of",
    "plan_workbook",
    "problems_of",
    "read_alike",
    "read_workbook",
    "workbook_facts",
    "workbook_key",
]

"""What the plan's papers say: the whole plan and one agenda action plan, from one version's frozen content.

The papers are the guide's own Korean forms (appendices 4, 5 and 6) in whatever language the reader has; every figure
in them derives from the lines of the content.
"""

from madang.plan.plans.papers.agenda_plan import UnableToFindProject, project_paper
from madang.plan.plans.papers.whole_plan import plan_paper

__all__ = ["UnableToFindProject", "plan_paper", "project_paper"]

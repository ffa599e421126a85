from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from madang.decide.survey.models import Finding, Survey
from madang.decide.survey.states import ASKED, Heading
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District


@dataclass(frozen=True)
class Section:
    """One heading of a survey: its number in the guide's table, what is asked, and the finding that counts."""

    number: int
    heading: Heading
    asked: str | Promise
    finding: Finding | None

    @property
    def corrected(self) -> bool:
        return self.finding is not None and self.finding.version > 1


def survey_of(district: District, cycle: Cycle | None) -> Survey | None:
    """Return the survey of a district's year, or None."""
    found = Survey.objects.filter(district=district, cycle=cycle).select_related("district", "cycle")
    return found.first() if cycle is not None else None


def surveyed_years(district: District) -> list[int]:
    """Return the planning years in which a district has a published survey, newest first."""
    found = Survey.objects.filter(district=district, state="published")
    return list(found.order_by("-cycle__planning_year").values_list("cycle__planning_year", flat=True))


def latest_findings(survey: Survey) -> dict[str, Finding]:
    """Return the finding that counts under each heading that has one."""
    return {finding.heading: finding for finding in survey.findings.order_by("version")}


def sections(survey: Survey) -> list[Section]:
    """Return every heading in the order of the guide with its finding."""
    found = latest_findings(survey)
    return [
        Section(number, heading, ASKED[heading], found.get(heading.value))
        for number, heading in enumerate(Heading, start=1)
    ]


def versions_of(survey: Survey, heading: Heading) -> list[Finding]:
    """Return every version of a finding, newest first."""
    return list(survey.findings.filter(heading=heading.value).order_by("-version"))

"""The evaluation kept with a version, and judging it again with the rulebook of its revision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.engines.rulebook.view import DATA
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Evaluation, PlanVersion, Waiver
from madang.plan.plans.queries.facts import judge_facts
from madang.plan.plans.queries.findings import decision_of, facts_from_document, finding_from_document
from madang.plan.plans.queries.overview import view_of
from madang.plan.plans.queries.waivers import Mark


class UnableToRerun(UnableTo):
    """The rulebook of the revision can no longer be read as it was."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """A kept evaluation judged again: what is found now, whether it is the same answer, and by which rulebook.

    ``revision_now`` is that of the rulebook on disk; when it is another than the evaluation's, the kept data was used.
    """

    judgement: rulebook.Judgement
    same: bool
    revision: str
    revision_now: str

    @property
    def rulebook_changed(self) -> bool:
        return self.revision != self.revision_now


def evaluation_of(version: PlanVersion) -> Evaluation | None:
    """Return the evaluation that was kept when a version was frozen, or None."""
    return Evaluation.objects.filter(version=version).first() if version.pk else None


def found_then(evaluation: Evaluation) -> tuple[tuple[rulebook.Finding, Waiver | None], ...]:
    """Return what was found when the version was frozen, each with the waiver that covered it."""
    numbers = [row["waiver"] for row in evaluation.findings if row["waiver"]]
    waivers = Waiver.objects.select_related("document").in_bulk(numbers) if numbers else {}
    return tuple((finding_from_document(row["finding"]), waivers.get(row["waiver"])) for row in evaluation.findings)


def frozen_judgement(version: PlanVersion) -> tuple[rulebook.Judgement, dict[rulebook.Finding, Mark]]:
    """Return what a frozen version was judged to be, with the marks of waived findings.

    A version without a kept evaluation is judged by its content alone.
    """
    content = version.content
    evaluation = evaluation_of(version)
    if evaluation is None:
        return rulebook.judge(rulebook.plan_from_dict(content["plan"]), view_of(content)), {}
    judged = judge_facts(*facts_from_document(evaluation.facts), view_of(content))
    then = found_then(evaluation)
    marks = {finding: Mark(waiver) for finding, waiver in then if waiver is not None}
    return replace(judged, findings=tuple(finding for finding, _waiver in then)), marks


def files_of(edition: str) -> dict[str, str]:
    """Return the policy data of an edition on disk, as texts by their path."""
    folder = DATA / edition
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in sorted(folder.rglob("*.toml"))}


def rerun(evaluation: Evaluation) -> Rerun:
    """Judge the kept inputs again, with the policy data of the kept revision; wording apart, the answer is compared.

    Raises ``UnableToRerun`` when the kept data does not give the kept revision.
    """
    facts, records = facts_from_document(evaluation.facts)
    now = rulebook.on(evaluation.view_day, facts.district, edition=facts.rulebook)
    view = now if now.revision == evaluation.revision_id else _kept_view(evaluation, facts)
    judged = judge_facts(facts, records, view)
    before = [decision_of(finding_from_document(row["finding"])) for row in evaluation.findings]
    same = before == [decision_of(found) for found in judged.findings]
    return Rerun(judged, same, evaluation.revision_id, now.revision)


def _kept_view(evaluation: Evaluation, facts: rulebook.PlanFacts) -> rulebook.View:
    """Return the rulebook as it was, read from the kept files."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in evaluation.revision.files.items():
            path = root / facts.rulebook / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        try:
            view = rulebook.on(evaluation.view_day, facts.district, edition=facts.rulebook, root=root)
        except rulebook.UnableToLoadRulebook as broken:
            raise UnableToRerun(_("그때의 규정집을 읽을 수 없어요: %(reason)s") % {"reason": broken}) from broken
    if view.revision != evaluation.revision_id:
        raise UnableToRerun(_("보관한 규정집이 그때의 것과 달라요."))
    return view

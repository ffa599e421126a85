from __future__ import annotations

from datetime import datetime

from madang.plan.plans.models import Evaluation, PlanVersion, RulebookRevision
from madang.plan.plans.queries.evaluations import files_of
from madang.plan.plans.queries.findings import facts_document, finding_document
from madang.plan.plans.queries.waivers import Ruling


def keep_evaluation(version: PlanVersion, ruled: Ruling, *, at: datetime) -> Evaluation:
    """Keep what a version was judged by and what was found, inside the operation that freezes it.

    The policy data itself is kept once a revision, so that the answer can be given again when it has changed.
    """
    judged = ruled.judgement
    edition = ruled.facts.rulebook
    revision = RulebookRevision.objects.filter(pk=judged.revision).first()
    if revision is None:
        revision, _made = RulebookRevision.objects.get_or_create(
            sha=judged.revision, defaults={"edition": edition, "files": files_of(edition), "kept_at": at}
        )
    return Evaluation.objects.create(
        version=version,
        revision=revision,
        view_day=judged.day,
        facts=facts_document(ruled.facts, ruled.records),
        findings=[
            {
                "finding": finding_document(found),
                "waiver": ruled.waivers[found].pk if found in ruled.waivers else None,
            }
            for found in judged.findings
        ],
        judged_at=at,
    )

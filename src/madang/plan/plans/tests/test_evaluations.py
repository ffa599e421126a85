"""What was judged when a version was frozen is kept, and years later the same answer is given again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from django.urls import reverse

from madang.engines import rulebook
from madang.engines.rulebook import Finding, Place, Severity, judging
from madang.engines.rulebook import view as rulebook_view
from madang.plan.plans import operations
from madang.plan.plans.models import Evaluation, RulebookRevision
from madang.plan.plans.queries import evaluations
from madang.plan.plans.queries.evaluations import UnableToRerun, rerun
from madang.plan.plans.queries.facts import draft_facts, judge_facts, rulebook_of
from madang.plan.plans.queries.findings import (
    decision_of,
    facts_document,
    facts_from_document,
    finding_document,
    finding_from_document,
)
from madang.plan.plans.testing import ready_room

KEPT = Path(__file__).parent / "evaluation-2020.json"
VIEW = rulebook.on(date(2020, 7, 10), "도봉구")


def kept() -> dict:
    return json.loads(KEPT.read_text("utf-8"))


def test_an_evaluation_of_the_first_rulebook_is_answered_as_it_was() -> None:
    """Should this fail, a rule has changed silently: leave the old one as it is and write a second, dated function."""
    case = kept()
    facts, site = facts_from_document(case["facts"])
    judged = judge_facts(facts, site, rulebook.on(date.fromisoformat(case["view_day"]), facts.district))
    answer = [decision_of(found) for found in judged.findings]
    assert answer == [decision_of(finding_from_document(one)) for one in case["findings"]]


def test_the_kept_evaluation_touches_most_rules() -> None:
    rules = {one["rule"] for one in kept()["findings"]}
    assert len(rules) >= 20, sorted(rules)
    assert {"PLAN-4", "PLAN-7", "PLAN-8", "BODY-1", "BUDGET-4", "BUDGET-12"} <= rules


def test_facts_and_findings_come_back_from_their_documents_as_they_were() -> None:
    case = kept()
    facts, site = facts_from_document(case["facts"])
    assert facts_document(facts, site) == case["facts"]
    for one in case["findings"]:
        assert finding_document(finding_from_document(json.loads(json.dumps(one)))) == one


@pytest.fixture
def frozen(at, db):
    found = ready_room(at)
    return found.freeze()


def test_a_frozen_version_keeps_revision_inputs_and_findings(frozen, at) -> None:
    evaluation = frozen.evaluation
    assert evaluation.revision_id == rulebook.load().revision
    assert evaluation.revision.files["rules.toml"].startswith("#")
    assert evaluation.view_day == rulebook.plan_day(2020)
    assert evaluation.facts["plan"]["projects"][0]["lines"]
    assert {one["name"] for one in evaluation.facts["plan"]["members"]} == {""}
    assert evaluation.judged_at == at
    again = rerun(evaluation)
    assert again.same
    assert not again.rulebook_changed


def test_what_is_written_later_does_not_change_the_answer(frozen, at) -> None:
    project = frozen.plan.projects.first()
    operations.save_budget(project=project, lines=[], actor=_staff(at), at=at)
    frozen.plan.texts.all().delete()
    assert rerun(Evaluation.objects.get()).same


def _staff(at):
    from madang.ground.people.roles import Role
    from madang.ground.people.testing import holder

    return holder(Role.SUPPORT_OFFICER, at)


def test_an_unchanged_draft_keeps_one_evaluation_and_the_data_is_kept_once(frozen, at) -> None:
    plan = frozen.plan
    operations.freeze_version(plan=plan, actor=_staff(at), at=at)
    assert Evaluation.objects.count() == 1
    operations.edit_project(project=plan.projects.first(), one_line="고침", actor=_staff(at), at=at)
    operations.freeze_version(plan=plan, actor=_staff(at), at=at)
    assert (Evaluation.objects.count(), RulebookRevision.objects.count()) == (2, 1)


def test_a_rule_that_answers_otherwise_is_noticed(frozen, monkeypatch) -> None:
    def stricter(facts, view):
        yield Finding("PLAN-3", Severity.BLOCK, Place("plan"), "G", "", "", "", "")

    monkeypatch.setattr(judging, "JUDGES", MappingProxyType({**judging.JUDGES, "PLAN-3": stricter}))
    assert not rerun(frozen.evaluation).same


def test_with_another_rulebook_on_disk_the_kept_one_is_used_and_it_is_said(frozen, monkeypatch, tmp_path) -> None:
    stricter = RulebookRevision.objects.get().files | {}
    stricter["city/budget.toml"] = stricter["city/budget.toml"].replace("is = 40", "is = 1")
    folder = tmp_path / "2020"
    for name, text in stricter.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    real = rulebook_view.on

    def on_changed(day, place="", *, edition="2020", root=tmp_path):
        return real(day, place, edition=edition, root=root)

    monkeypatch.setattr(evaluations.rulebook, "on", on_changed)
    again = rerun(frozen.evaluation)
    assert again.rulebook_changed
    assert again.judgement.revision == frozen.evaluation.revision_id
    assert again.same
    files = frozen.evaluation.revision.files
    RulebookRevision.objects.update(files=files | {"rules.toml": files["rules.toml"] + "\n"})
    with pytest.raises(UnableToRerun):
        rerun(Evaluation.objects.get())


def test_the_version_page_shows_the_evaluation_and_judges_it_again(client, frozen, settings, at) -> None:
    settings.MADANG_DAY = date(2020, 5, 21)
    client.force_login(_staff(at).person)
    address = reverse("plans:version", args=["dobong", 2021, frozen.number])
    page = client.get(address).content.decode()
    assert frozen.evaluation.revision_id in page
    assert "다시 살펴보기" in page
    assert "그때와 답이 같아요" in client.get(f"{address}?again").content.decode()
    Evaluation.objects.all().delete()
    assert "보관한 평가가 없어서" in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_project_that_does_not_end_within_the_year_blocks_at_its_place(at) -> None:
    ready = ready_room(at)
    operations.edit_project(project=ready.project(), ends_within_year=False, actor=ready.staff, at=at)
    facts, site = draft_facts(ready.plan, day=at.date())
    found = judge_facts(facts, site, rulebook_of(ready.plan)).of("PLAN-7")
    assert [(one.severity, str(one.where)) for one in found] == [(Severity.BLOCK, "project S1")]
    with pytest.raises(operations.UnableToFreeze):
        ready.freeze()

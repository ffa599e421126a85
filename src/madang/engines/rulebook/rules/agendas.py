"""What an agenda must be and how priorities are decided: AGENDA-1 to 8 over the site's records."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import PLAN, Finding, Measure, NotJudged, Severity
from ..records import CRITERIA, OPEN_FORUM, VIEWPOINTS, AgendaFacts, PlanRecords, Transferred, VoteFacts
from ..shares import exceeds, percent
from ..view import View
from .say import Both, found

Results = Iterator[Finding | NotJudged]
AgendaJudge = Callable[[AgendaFacts, View], Results]

CRITERION_RULES = dict(zip(("AGENDA-1", "AGENDA-2", "AGENDA-3", "AGENDA-4"), CRITERIA, strict=True))
BACKED_BY_FORUMS = frozenset({"AGENDA-1", "AGENDA-2"})
CRITERION_NAMES = {
    "openness": Both("개방성", "Openness"),
    "deliberation": Both("숙의성", "Deliberation"),
    "public_interest": Both("공익성", "Public interest"),
    "cooperation": Both("협력성", "Cooperation"),
}
STEP_NAMES = {
    "deliberation": Both("숙의", "the deliberation"),
    "open_forum": Both("열린 공론장", "the open forum"),
    "planning": Both("세부 계획 수립", "the detailed planning"),
}
VIEWPOINT_NAMES = {
    "importance": Both("중요도", "importance"),
    "public_interest": Both("공익성", "public interest"),
    "urgency": Both("시급성", "urgency"),
    "feasibility": Both("단기 실행 가능성", "short-term feasibility"),
}


def criterion(rule: str) -> AgendaJudge:
    """Return the judge of one of the four criteria: AGENDA-1 to 4 (G 2.3.1)."""

    def judged(facts: AgendaFacts, view: View) -> Results:
        return _criterion(rule, facts, view)

    return judged


def _criterion(rule: str, facts: AgendaFacts, view: View) -> Results:
    """Yield that most reviewers did not find a criterion met, or that no recorded forum stands behind it."""
    of, name = CRITERION_RULES[rule], CRITERION_NAMES[CRITERION_RULES[rule]]
    passed, judged = next(((met, whole) for key, met, whole in facts.reviews if key == of), (0, 0))
    least, share = view.number("agendas.reviewers_min"), view.number("agendas.criterion_share")
    if judged < least:
        yield NotJudged(
            rule,
            f"{_of(facts).ko}{least}명 이상이 까닭과 함께 판단해야 하는데 {judged}명이 판단했어요",
            f"{_of(facts).en}{least} reviewers have to judge it with reasons; {judged} did",
            facts.where,
        )
        return
    if not exceeds(passed, judged, share):
        message = Both(
            f"{_of(facts).ko}{name.ko}을 갖췄다고 본 사람이 {judged}명 가운데 {passed}명이에요.",
            f"{_of(facts).en}{passed} of {judged} reviewers found the criterion met ({name.en.lower()}).",
        )
        remedy = Both(
            "투표에 올리지 말고 목록에 남겨 주세요. 다음 해에 이어서 다룰 수 있어요.",
            "Keep it on the public list; it can be carried over to the next year.",
        )
        measure = Measure(passed, judged, percent(passed, judged, share), share, None)
        yield found(rule, view, facts.where, message, remedy, measure=measure)
    elif rule in BACKED_BY_FORUMS and not facts.forums:
        message = Both(
            f"{_of(facts).ko}{name.ko}을 뒷받침하는 기록된 공론장이 없어요.",
            f"{_of(facts).en}No recorded forum backs the criterion ({name.en.lower()}).",
        )
        remedy = Both("의제가 나온 공론장의 결과를 기록해 주세요.", "Record the forum that the agenda came from.")
        yield found(rule, view, facts.where, message, remedy, severity=Severity.WARN)


def _of(facts: AgendaFacts) -> Both:
    """Return the agenda's name as the head of a sentence, or nothing."""
    return Both(f"{facts.name}: ", f"{facts.name}: ") if facts.name else Both("", "")


def transferred_outcomes(facts: Transferred, view: View) -> Results:
    """AGENDA-5: every transferred proposal has an outcome (P guideline)."""
    if not facts.total:
        yield NotJudged("AGENDA-5", "이관된 제안이 없어요", "no proposal was transferred")
        return
    if facts.open:
        numbers = ", ".join(facts.open)
        message = Both(
            f"이관 제안 {facts.total}건 가운데 {len(facts.open)}건에 처리 결과가 없어요: {numbers}.",
            f"{len(facts.open)} of {facts.total} transferred proposals have no outcome: {numbers}.",
        )
        remedy = Both(
            "의제로 모으거나, 구 주민참여예산으로 넘기거나, 까닭을 적고 맡지 않는다고 답해 주세요.",
            "Merge them, hand them to the district's own participatory budget, or decline them with a reason.",
        )
        yield found("AGENDA-5", view, PLAN, message, remedy)


def invitations(facts: AgendaFacts, view: View) -> Results:
    """AGENDA-6: the proposers were invited to every step that has come; a missing invitation warns (C3)."""
    if not facts.proposers:
        yield NotJudged(
            "AGENDA-6",
            f"{_of(facts).ko}초대할 제안자를 모르는 의제예요",
            f"{_of(facts).en}nobody is known as proposer",
            facts.where,
        )
        return
    if not facts.invited:
        yield NotJudged(
            "AGENDA-6",
            f"{_of(facts).ko}아직 초대할 단계가 아니에요",
            f"{_of(facts).en}no step to invite to has come yet",
            facts.where,
        )
    missing = [(STEP_NAMES[step], invited) for step, invited in facts.invited if invited < facts.proposers]
    if missing:
        message = Both(
            f"{_of(facts).ko}제안자 {facts.proposers}명을 다 초대하지 않았어요: "
            + ", ".join(f"{name.ko} {invited}명" for name, invited in missing)
            + ".",
            f"{_of(facts).en}Not all {facts.proposers} proposers were invited: "
            + ", ".join(f"{invited} to {name.en}" for name, invited in missing)
            + ".",
        )
        remedy = Both("제안자를 초대하고 언제 어떻게 불렀는지 적어 주세요.", "Invite them and record when and how.")
        yield found("AGENDA-6", view, facts.where, message, remedy)


def ordinance_exclusions(facts: AgendaFacts, view: View) -> Results:
    """AGENDA-7: what the ordinance excludes, as a reviewer found, is not in the sectoral plan (P guideline)."""
    if facts.excluded is None:
        yield NotJudged(
            "AGENDA-7",
            f"{_of(facts).ko}조례의 부적격 사업인지 살핀 기록이 없어요",
            f"{_of(facts).en}no reviewer has looked whether the ordinance excludes it",
            facts.where,
        )
    for number in facts.excluded or ():
        exclusion = view[f"ordinance.excluded_{number}"]
        message = Both(
            f"{_of(facts).ko}조례의 부적격 사업이에요: {exclusion.ko}", f"{_of(facts).en}Excluded: {exclusion.en}."
        )
        remedy = Both(
            "계획에서 빼고 목록에 남기거나, 내용을 바꿔 다시 살펴 주세요.",
            "Leave it out and keep it on the list, or change it and have it looked at again.",
        )
        yield found("AGENDA-7", view, facts.where, message, remedy, clause=exclusion.clause)


def open_forum(facts: VoteFacts, view: View) -> Results:
    """AGENDA-8: priorities are decided at an open forum, with material beforehand, viewpoints and instructions."""
    if facts.forum_kind != OPEN_FORUM:
        message = Both("열린 공론장이 아닌 자리의 투표예요.", "The vote does not belong to an open forum.")
        remedy = Both("열린 공론장을 열고 거기에서 투표해 주세요.", "Hold an open forum and vote there.")
        yield found("AGENDA-8", view, PLAN, message, remedy)
    if facts.without_material:
        message = Both(
            f"의제 {facts.options}개 가운데 {facts.without_material}개에 미리 볼 자료가 없어요.",
            f"{facts.without_material} of {facts.options} agendas have no material.",
        )
        remedy = Both("의제마다 자료를 적어 주세요.", "Write the material of every agenda.")
        yield found("AGENDA-8", view, PLAN, message, remedy)
    yield from _beforehand(facts, view)
    yield from _discussed(facts, view)
    yield from _instructed(facts, view)


def _beforehand(facts: VoteFacts, view: View) -> Results:
    """Yield that the material did not come before the vote."""
    least = view.number("agendas.material_days_before_min")
    if facts.material_days_before is None:
        yield NotJudged("AGENDA-8", "자료를 언제 나눴는지 기록이 없어요", "when the material was given is not recorded")
    elif facts.material_days_before < least:
        late = least - facts.material_days_before
        message = Both(f"자료를 투표를 연 뒤 {late}일 만에 나눴어요.", f"The material came {late} days too late.")
        remedy = Both("투표를 열기 전에 모두에게 자료를 나눠 주세요.", "Give it to everybody before the vote opens.")
        yield found("AGENDA-8", view, PLAN, message, remedy)


def _discussed(facts: VoteFacts, view: View) -> Results:
    """Yield the viewpoints that were not discussed."""
    if facts.viewpoints is None:
        yield NotJudged("AGENDA-8", "무엇을 견주어 이야기했는지 기록이 없어요", "what was discussed is not recorded")
        return
    missing = [VIEWPOINT_NAMES[one] for one in VIEWPOINTS if one not in facts.viewpoints]
    if missing:
        message = Both(
            "함께 이야기하지 않은 것이 있어요: " + ", ".join(one.ko for one in missing) + ".",
            "Not discussed: " + ", ".join(one.en for one in missing) + ".",
        )
        remedy = Both("투표를 열기 전에 네 가지를 모두 이야기해 주세요.", "Discuss all four before the vote opens.")
        yield found("AGENDA-8", view, PLAN, message, remedy)


def _instructed(facts: VoteFacts, view: View) -> Results:
    """Yield that an instruction to voters is missing on a ballot."""
    needed = view.number("agendas.ballot_instructions")
    if facts.instructions is None:
        yield NotJudged(
            "AGENDA-8",
            "종이 투표용지에 두 가지 안내가 있는지 기록이 없어요",
            "whether paper ballots carry the two instructions is not recorded",
        )
    elif facts.instructions < needed:
        message = Both(
            f"모든 투표용지에 실린 안내가 {facts.instructions}가지예요 (필요 {needed}가지).",
            f"Every ballot carries {facts.instructions} of the {needed} instructions to voters.",
        )
        remedy = Both("종이 투표용지에도 두 가지 안내를 실어 주세요.", "Print both on the paper ballots too.")
        yield found("AGENDA-8", view, PLAN, message, remedy)


AGENDA_JUDGES: dict[str, AgendaJudge] = {
    **{rule: criterion(rule) for rule in CRITERION_RULES},
    "AGENDA-6": invitations,
    "AGENDA-7": ordinance_exclusions,
}


def of_plan(rule: str) -> Callable[[PlanRecords, View], Results]:
    """Return the judge of an agenda rule over all agendas that a plan takes up."""

    def judged(records: PlanRecords, view: View) -> Results:
        if records.agendas is None:
            yield _unrecorded(rule)
        elif not records.agendas:
            yield NotJudged(rule, "의제에서 온 사업이 없어요", "no project comes from an agenda")
        for agenda in records.agendas or ():
            yield from AGENDA_JUDGES[rule](agenda, view)

    return judged


def transferred_of_plan(records: PlanRecords, view: View) -> Results:
    """AGENDA-5 over the year of a plan."""
    if records.transferred is None:
        yield _unrecorded("AGENDA-5")
    else:
        yield from transferred_outcomes(records.transferred, view)


def votes_of_plan(records: PlanRecords, view: View) -> Results:
    """AGENDA-8 over the votes that decided about the agendas of a plan."""
    if records.votes is None:
        yield _unrecorded("AGENDA-8")
    elif not records.votes:
        yield NotJudged("AGENDA-8", "사업이 된 의제의 투표 기록이 없어요", "no vote is recorded for its agendas")
    for vote in records.votes or ():
        yield from open_forum(vote, view)


def _unrecorded(rule: str) -> NotJudged:
    return NotJudged(rule, "그때는 남기지 않던 기록이에요", "was not recorded at that time")

"""How the review of an agenda stands: what departments answered and how the four criteria were judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda, CriteriaReview, DepartmentReview
from madang.decide.agendas.queries.judging import rulebook_of
from madang.decide.agendas.states import AGENDA, Criterion, Verdict
from madang.decide.forums.models import Forum
from madang.engines.rulebook.shares import exceeds

BACKED_BY_FORUMS = (Criterion.OPENNESS, Criterion.DELIBERATION)


@dataclass(frozen=True, slots=True)
class Tally:
    """How one criterion was judged: by how many reviewers, how many found it met, and their judgements."""

    criterion: Criterion
    passed: int
    judged: int
    share: int
    judgements: tuple[CriteriaReview, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether more than the share of the reviewers, in percent, found the criterion met."""
        return exceeds(self.passed, self.judged, self.share)

    @property
    def without_forum(self) -> bool:
        """Whether a criterion that forums must back was found met with none recorded."""
        unbacked = any(row.passed and not row.forums_seen for row in self.judgements)
        return self.criterion in BACKED_BY_FORUMS and unbacked


@dataclass(frozen=True, slots=True)
class Standing:
    """How a review stands: unanswered departments, verdicts, the four tallies, reviewers needed, exclusions found."""

    waiting: int
    verdicts: tuple[str, ...]
    tallies: tuple[Tally, ...]
    needed: int
    excluded: tuple[int, ...] = ()

    @property
    def reviewers(self) -> int:
        return max((tally.judged for tally in self.tallies), default=0)

    @property
    def why_not_judged_yet(self) -> str | None:
        """Why reviewers cannot judge yet, or None: every department that was asked has to answer first."""
        if self.waiting:
            return _("부서 %(count)s곳의 답이 아직 오지 않았어요. 모두 답한 다음에 판단해요.") % {"count": self.waiting}
        if not self.verdicts:
            return _("아직 어느 부서에도 묻지 않았어요.")
        return None

    @property
    def why_not_concluded_yet(self) -> str | None:
        """Why the criteria cannot be concluded yet, or None: enough reviewers have to judge."""
        if self.reviewers < self.needed:
            return _("분과위원 %(needed)s명 이상이 판단해야 해요. 지금 %(count)s명이 판단했어요.") % {
                "needed": self.needed,
                "count": self.reviewers,
            }
        return self.why_not_judged_yet

    @property
    def can_be_done(self) -> bool:
        """Whether at least one department can do it, with or without conditions."""
        return any(verdict != Verdict.NOT_FEASIBLE for verdict in self.verdicts)

    @property
    def unmet(self) -> tuple[Tally, ...]:
        return tuple(tally for tally in self.tallies if not tally.is_met)

    @property
    def is_fit(self) -> bool:
        """Whether it goes to the vote: four criteria met, nothing excluded, some department able (AGENDA-1 to 4, 7)."""
        return not self.unmet and not self.excluded and self.can_be_done


def standing_of(agenda: Agenda) -> Standing:
    """Return how an agenda's review stands in its present round."""
    verdicts = list(agenda.department_reviews.values_list("verdict", flat=True))
    judgements = list(agenda.criteria_reviews.filter(round=agenda.round))
    view = rulebook_of(agenda.cycle, agenda.district)
    return Standing(
        waiting=sum(not verdict for verdict in verdicts),
        verdicts=tuple(verdict for verdict in verdicts if verdict),
        tallies=tallies_of(judgements, view.number("agendas.criterion_share")),
        needed=view.number("agendas.reviewers_min"),
        excluded=tuple(agenda.exclusion_reviews.values_list("points", flat=True).first() or ()),
    )


def tallies_of(judgements: Sequence[CriteriaReview], share: int) -> tuple[Tally, ...]:
    """Return the four tallies of one round's judgements, in the order of the guide."""
    by_criterion = {key: tuple(row for row in judgements if row.criterion == key) for key in Criterion.values}
    return tuple(
        Tally(Criterion(key), sum(row.passed for row in rows), len(rows), share, rows)
        for key, rows in by_criterion.items()
    )


def forums_behind(agenda: Agenda) -> QuerySet[Forum]:
    """Return the recorded forums out of which the agenda's proposals came: evidence of openness and deliberation."""
    numbers = agenda.strands.filter(undone_at=None, proposal__forum__isnull=False).values("proposal__forum_id")
    return Forum.objects.filter(pk__in=numbers, state="recorded").select_related("dong").order_by("starts_at")


def has_judged(agenda: Agenda, person_id: int | None) -> bool:
    """Whether a person has judged the agenda in its present round."""
    return agenda.criteria_reviews.filter(round=agenda.round, reviewer_id=person_id).exists()


def why_not_answered(review: DepartmentReview) -> str | None:
    """Return why a department's answer can neither be given nor corrected now, or None."""
    agenda = review.agenda
    if agenda.state != "in_review":
        state = AGENDA.state(agenda.state).staff
        return _("이 의제는 지금 「%(state)s」 상태라서 답을 받지 않아요.") % {"state": state}
    if agenda.criteria_reviews.filter(round=agenda.round).exists():
        return _("분과위원이 네 가지 성격을 판단하기 시작해서 부서검토는 더 바꿀 수 없어요.")
    return None


def reviews_for(departments: Sequence[int] | frozenset[int], district_id: int) -> QuerySet[DepartmentReview]:
    """Return what departments of a district were asked, what waits first, the earliest day before the later.

    ``is_judged`` tells whether a reviewer has judged the agenda, so that the answer stands.
    """
    judgements = CriteriaReview.objects.filter(agenda=OuterRef("agenda"), round=OuterRef("agenda__round"))
    return (
        DepartmentReview.objects.filter(department_id__in=departments, agenda__district_id=district_id)
        .select_related("agenda__district", "agenda__cycle", "department")
        .annotate(is_judged=Exists(judgements))
        .order_by("answered_at", "due_on", "id")
    )

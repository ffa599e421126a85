from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.ground.people.actors import Actor
from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role

if TYPE_CHECKING:
    from madang.decide.agendas.models import Agenda, DepartmentReview, Proposal


def _own_and_open(actor: Actor, proposal: Proposal) -> str | Promise | None:
    if proposal.state == "withdrawn":
        return _("이미 거둔 제안이에요.")
    if proposal.proposer_id is not None and proposal.proposer_id == actor.person_id:
        return None
    # A proposal without an account behind it is withdrawn for its proposer by the people of the district.
    if proposal.proposer_id is None and actor.holds(DISTRICT_STAFF, proposal.district_id):
        return None
    return _("제안한 사람만 거둘 수 있어요.")


def _own_department(actor: Actor, subject: DepartmentReview | Agenda) -> str | Promise | None:
    asked = getattr(subject, "department_id", None)
    own = {post.department_id for post in actor.posts if post.role == Role.DEPARTMENT_OFFICER}
    if asked is not None and asked not in own:
        return _("다른 부서에 온 의제예요. 그 부서 담당자만 답할 수 있어요.")
    return None


PERMISSIONS = register(
    {
        "agendas.propose": Who.signed_in(),
        "agendas.write_down": Who.of(*DISTRICT_STAFF, Role.DESK_OFFICER),
        "agendas.withdraw": Who.signed_in(extra=_own_and_open),
        "agendas.decline": Who.of(*DISTRICT_STAFF),
        "agendas.import": Who.of(Role.SUPPORT_OFFICER, Role.SECRETARIAT),
        "agendas.merge": Who.of(*DISTRICT_STAFF),
        "agendas.ask_review": Who.of(*DISTRICT_STAFF),
        "agendas.answer_review": Who.of(Role.DEPARTMENT_OFFICER, extra=_own_department),
        "agendas.judge": Who.of(Role.SUBCOMMITTEE_MEMBER),
        "agendas.judge_exclusions": Who.of(*DISTRICT_STAFF, Role.SUBCOMMITTEE_MEMBER),
        "agendas.invite": Who.of(*DISTRICT_STAFF),
        "agendas.conclude": Who.of(*DISTRICT_STAFF),
        "agendas.take_result": Who.of(*DISTRICT_STAFF),
    }
)

"""What holds back a payment, over the site's records: the second half of BUDGET-11."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, NotJudged
from ..records import DepositPayment
from ..view import View
from .say import Both, found


def deposit_paid(facts: DepositPayment, view: View) -> Iterator[Finding | NotJudged]:
    """BUDGET-11: the local government is the tenant and its claim secured, at every extension again (G 3.2.2(5))."""
    if facts.local_government_is_tenant is None:
        yield NotJudged("BUDGET-11", "임차인이 적혀 있지 않아요", "the tenant is not recorded")
    elif not facts.local_government_is_tenant:
        message = Both("임차인이 지방자치단체가 아니에요.", "The tenant is not the local government.")
        remedy = Both("구 이름으로 계약해 주세요.", "Sign the lease in the name of the district.")
        yield found("BUDGET-11", view, facts.where, message, remedy)
    if facts.claim_is_secured is None:
        yield NotJudged(
            "BUDGET-11", "보증금의 채권 확보가 적혀 있지 않아요", "whether the claim is secured is not recorded"
        )
    elif not facts.claim_is_secured:
        message = Both("보증금을 돌려받을 채권을 확보하지 않았어요.", "The claim to the deposit is not secured.")
        remedy = Both(
            "전세권 설정 등으로 채권을 확보해 주세요. 계약을 연장할 때도 다시 해요.",
            "Secure it, by a registered right for one, and again at every extension.",
        )
        yield found("BUDGET-11", view, facts.where, message, remedy)

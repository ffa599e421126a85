from __future__ import annotations

from datetime import date

from madang.engines.rulebook import DepositPayment, judge_deposit, on

VIEW = on(date(2020, 7, 10), "도봉구")


def test_what_nobody_wrote_down_about_a_deposit_is_not_judged_rather_than_passed() -> None:
    judgement = judge_deposit(DepositPayment(), VIEW)
    assert judgement.findings == ()
    assert [one.rule for one in judgement.not_judged] == ["BUDGET-11", "BUDGET-11"]


def test_a_deposit_of_an_organisation_without_security_is_held_back_for_both() -> None:
    judgement = judge_deposit(DepositPayment(local_government_is_tenant=False, claim_is_secured=False), VIEW)
    assert [(one.rule, one.severity) for one in judgement.findings] == [("BUDGET-11", "block")] * 2
    assert judgement.findings[0].clause == "G 3.2.2(5)"

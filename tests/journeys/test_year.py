"""One district's planning year, end to end, by twelve people in their browsers."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser
from tests.journeys import deciding, handing_in, planning, proposing
from tests.journeys.journey import Journey
from tests.journeys.visitor import day
from tests.journeys.yard import HOST, Yard

STEPS = (
    proposing.a_resident_signs_up_and_proposes,
    proposing.a_file_of_proposals_comes_in,
    proposing.a_forum_is_held_and_written_down,
    proposing.proposals_become_agendas,
    deciding.departments_answer,
    deciding.the_subcommittee_judges,
    deciding.a_vote_is_prepared,
    deciding.residents_vote_once_by_any_channel,
    deciding.the_result_is_certified_by_another_officer,
    planning.a_project_with_a_budget_is_written,
    planning.the_texts_are_filled_and_the_plan_is_frozen,
    planning.the_council_approves_exactly_this_version,
    planning.a_later_edit_is_not_approved,
    handing_in.the_plan_reaches_the_city,
    handing_in.the_papers_say_what_was_approved,
    handing_in.everybody_can_follow_the_sentence_to_the_money,
    handing_in.the_log_holds_every_change,
)


@pytest.mark.browser
def test_a_sentence_of_a_resident_becomes_a_plan_that_reaches_the_city(yard: Yard, browser: Browser) -> None:
    year = Journey(yard, browser, yard.prepare("prepare.py"))
    try:
        for step in STEPS:
            step(year)
    except BaseException:
        print(yard.last_words())
        raise
    finally:
        year.close()


@pytest.mark.browser
def test_two_hundred_idle_browsers_keep_nobody_out(yard: Yard) -> None:
    """Browsers keep connections open between pages; those must not count as work."""
    yard.on(day(7, 8))
    with ExitStack() as held:
        for _number in range(200):
            connection = held.enter_context(socket.create_connection((HOST, yard.port), timeout=10))
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")

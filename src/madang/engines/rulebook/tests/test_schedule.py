"""The calendar of a cycle: printed days stand, computed days move to a working day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from madang.engines.rulebook import KOREAN_TIME, calendar, closing, months_after, next_working_day, plan_day


def steps(year=2020, holidays=()):
    return {step.key: step for step in calendar(year, holidays=holidays)}


def test_the_printed_days_of_2020():
    found = steps()
    assert (found["application"].starts_on, found["application"].ends_on) == (date(2020, 3, 10), date(2020, 4, 20))
    assert found["briefing"].ends_on == date(2020, 2, 29)
    assert found["submission"].ends_on == plan_day(2020) == date(2020, 7, 10)
    assert found["approval"].ends_on == date(2020, 8, 29)
    assert found["carrying_out"].ends_on == date(2021, 12, 31)
    assert found["submission"].printed


def test_a_printed_day_does_not_move_on_a_weekend_or_holiday():
    assert steps(holidays={date(2020, 7, 10)})["submission"].ends_on == date(2020, 7, 10)
    assert date(2020, 8, 29).weekday() == 5


def test_a_computed_day_moves_to_the_next_working_day():
    assert steps()["settlement"].ends_on == date(2022, 2, 28)
    assert steps(holidays={date(2022, 2, 28), date(2022, 3, 1)})["settlement"].ends_on == date(2022, 3, 2)
    assert steps(2024)["settlement"].ends_on == date(2026, 3, 2)
    assert not steps()["settlement"].printed


def test_in_another_year_the_days_are_a_proposal():
    found = steps(2026)["submission"]
    assert found.ends_on == date(2026, 7, 10)
    assert not found.printed


def test_stages_of_a_district_carry_no_days_and_stand_in_order():
    stages = [step for step in calendar() if step.kind == "planning"]
    assert [step.key for step in stages][:4] == ["discuss_process", "local_survey", "vision_goals", "find_agendas"]
    assert len(stages) == 11
    assert all(step.starts_on is None and step.ends_on is None for step in stages)


def test_every_step_is_named_in_both_languages_and_cites_its_clause():
    found = calendar()
    assert len({step.key for step in found}) == len(found)
    for step in found:
        assert all((step.name_ko, step.name_en, step.who, step.who_en, step.clause))
        assert step.starts_on is None or step.ends_on is None or step.starts_on <= step.ends_on


def test_no_hour_given_means_midnight_korean_time():
    assert closing(date(2020, 7, 10)) == datetime(2020, 7, 11, tzinfo=KOREAN_TIME)
    assert closing(date(2020, 7, 10)).utcoffset() == timedelta(hours=9)
    assert steps()["strategic_plan"].closes_at == datetime(2020, 7, 31, 18, tzinfo=KOREAN_TIME)
    assert steps()["local_survey"].closes_at is None


def test_months_after_end_on_the_last_day_of_a_short_month():
    assert months_after(date(2021, 12, 31), 2) == date(2022, 2, 28)
    assert months_after(date(2020, 11, 30), 2, holidays={date(2021, 2, 1)}) == date(2021, 2, 2)
    assert next_working_day(date(2022, 2, 28)) == date(2022, 2, 28)

"""The example year adds up: arithmetic, references, rules."""

from collections import Counter
from datetime import date, datetime, time, timedelta, timezone
from itertools import combinations

import pytest

from madang.engines import rulebook
from madang.ground.places.data import dongs_on, read_districts
from madang.site.demo import content
from madang.site.demo.content.ballots import approvals, ballots

DEMO_DAY = date(2020, 6, 5)
KOREA = timezone(timedelta(hours=9))
STAGES = (
    *("discuss", "survey", "vision", "find", "merge", "priorities"),
    *("detail", "draft", "final", "approval", "submitted"),
)


def judged(variant):
    facts = rulebook.plan_from_dict(content.plan_document(variant))
    return rulebook.judge(facts, rulebook.on(date(2020, 7, 3), "도봉구"))


def projects(variant="mended", part=None):
    return [project for project in content.plan(variant)["project"] if part in (None, project["part"])]


def total(chosen, groups=("",), source=None):
    lines = [line for project in chosen for line in project["lines"] if line["item"].startswith(tuple(groups))]
    return sum(line[source] if source else content.line_kwon(line) for line in lines)


def held():
    return [forum for forum in content.forums() if forum.get("held", True)]


class TestBudget:
    @pytest.mark.parametrize("variant", ["mended", "broken"])
    def test_every_basis_comes_to_exactly_its_amount(self, variant):
        for project in projects(variant):
            for line in project["lines"]:
                assert content.basis_won(line["basis"]) == content.line_kwon(line) * 1000, (project["key"], line)

    def test_a_basis_multiplies_the_last_number_of_each_part(self):
        assert content.basis_won("워크숍 14개 동 × 2회 × 400,000원") == 11_200_000
        assert content.basis_won("2022년 의제 찾는 공론장 20회 × 1,500,000원") == 30_000_000

    @pytest.mark.parametrize("basis", ["워크숍 6회", "워크숍 × 500,000원"])
    def test_a_basis_that_names_no_amount_is_refused(self, basis):
        with pytest.raises(content.UnableToReadContent):
            content.basis_won(basis)

    def test_the_mended_plan_has_no_finding_at_all(self):
        assert [finding.rule for finding in judged("mended").findings] == []

    def test_the_draft_of_june_breaks_exactly_the_two_rules_it_announces(self):
        found = [
            (finding.rule, finding.where.project, finding.measure.part, finding.measure.whole)
            for finding in judged("broken").findings
        ]
        expected = [
            (entry["rule"], entry["project"], entry["part_kwon"], entry["whole_kwon"])
            for entry in content.broken()["expected"]
        ]
        assert sorted(found) == sorted(expected)

    def test_banghakcheon_agrees_with_the_figures_of_the_look(self):
        chosen = {
            variant: [project for project in projects(variant) if project["agenda"] == "의12"]
            for variant in ("mended", "broken")
        }
        assert [total(chosen[variant]) for variant in ("mended", "broken")] == [86_000, 86_000]
        assert total(chosen["broken"], ("401", "405")) == 62_300
        assert total(chosen["mended"], ("401", "405")) == 59_750
        assert (total(chosen["mended"], source="city"), total(chosen["mended"], source="district")) == (70_000, 16_000)

    def test_the_draft_leaves_the_room_that_the_budget_page_shows(self):
        sectoral = projects("broken", "sectoral")
        whole = total(sectoral)
        assert whole * 40 // 100 - total(sectoral, ("401", "405")) == 23_400
        assert whole * 30 // 100 - total(sectoral, ("307",)) == 42_600
        assert whole * 10 // 100 - total(sectoral, ("101",)) == 18_200
        assert 700_000 - total(sectoral, source="city") == 12_000

    def test_the_city_grant_is_used_to_the_last_won(self):
        assert total(projects(), source="city") == content.plan()["city_grant_kwon"] == 1_000_000

    def test_the_own_funding_in_the_text_is_the_own_funding_in_the_table(self):
        district = total(projects(), source="district")
        funding = content.plan()["base_plan"]["realisation"]["funding"]
        assert district == 158_000
        assert "구비 1억 5,800만 원" in funding

    def test_only_known_items_tasks_agendas_and_departments_are_named(self):
        plan = content.plan()
        tasks = {task["number"]: task["part"] for task in plan["task"]}
        agendas = {agenda["number"] for agenda in content.agendas()}
        names = {department["name"] for department in content.departments()}
        for project in plan["project"]:
            assert tasks[project["task"]] == project["part"]
            assert project["agenda"] in agendas | {""}
            assert {entry["department"] for entry in [project["lead"], *project["cooperating"]]} <= names
            assert {line["item"] for line in project["lines"]} <= set(plan["item"])


class TestBodies:
    def seats(self, key):
        people = {person["key"]: person for person in content.people()}
        body = next(body for body in content.bodies() if body["key"] == key)
        return [(seat, people[seat["person"]]) for seat in body["member"]]

    def test_the_council_has_25_members_and_two_elected_councillors(self):
        seats = self.seats("council")
        assert len(seats) == 25
        assert sum(seat["class"] == "district_councillor" for seat, _ in seats) == 2

    def test_a_private_ex_officio_member_counts_for_seventy_and_not_for_sixty_per_cent(self):
        seats = self.seats("council")
        assert [person["name"] for seat, person in seats if seat["class"] == "private" and not seat["appointed"]] == [
            "함누리"
        ]
        assert sum(seat["class"] == "private" for seat, _ in seats) * 100 >= 25 * 70

    def test_no_gender_is_over_sixty_per_cent_of_the_appointed(self):
        genders = Counter(person["gender"] for seat, person in self.seats("council") if seat["appointed"])
        assert max(genders.values()) * 100 <= sum(genders.values()) * 60

    def test_subcommittees_are_private_and_mixed_enough(self):
        for body in content.bodies():
            if body["kind"] == "subcommittee":
                seats = self.seats(body["key"])
                genders = Counter(person["gender"] for _, person in seats)
                assert sum(seat["class"] == "private" for seat, _ in seats) * 100 >= len(seats) * 70, body["name"]
                assert max(genders.values()) * 100 <= len(seats) * 60, body["name"]

    def test_twelve_working_groups_have_the_sizes_of_the_guide(self):
        groups = [body for body in content.bodies() if body["kind"] == "working_group"]
        sizes = {group["name"]: group["size"] for group in groups}
        assert list(sizes.values()) == [21, 17, 21, 18, 16, 18, 19, 18, 18, 20, 18, 19]
        for group in groups:
            assert sum(group["composition"].values()) == group["size"] >= len(group["member"])
            assert {seat["class"] for seat in group["member"]} >= {"private", "administration"}

    def test_votes_of_a_meeting_are_the_votes_of_those_present(self):
        council = next(body for body in content.bodies() if body["key"] == "council")
        for meeting in council["meeting"]:
            for motion in meeting["motion"]:
                assert motion["yes"] + motion["no"] + motion["abstain"] == 25 - len(meeting["absent"])


class TestPeople:
    def test_everyone_has_a_key_and_an_address_that_nobody_can_own(self):
        people = content.people()
        assert len({person["key"] for person in people}) == len({person["email"] for person in people}) == len(people)
        assert {person["email"].split("@")[1] for person in people} == {
            "dobong.example",
            "seoul.example",
            "example.org",
        }

    def test_dongs_and_departments_of_people_exist(self):
        dongs = {dong.name for dong in dongs_on(DEMO_DAY) if dong.district == "11320"}
        departments = {department["key"] for department in content.departments()}
        for person in content.people():
            assert person.get("dong") is None or person["dong"] in dongs
            assert person.get("department") is None or person["department"] in departments


class TestForums:
    def test_participants_by_origin_gender_and_age_add_up_to_the_same(self):
        for forum in held():
            sums = {sum(forum[cut].values()) for cut in ("origin", "gender", "age")}
            assert len(sums) == 1, forum["title"]
            assert 0 < forum["first_time"] <= sums.pop()

    def test_the_plan_tells_the_number_of_forums_people_and_proposals_that_there_are(self):
        heads = sum(sum(forum["origin"].values()) for forum in held())
        before_merging = [entry for entry in content.proposals() if entry["on"] < date(2020, 4, 22)]
        text = content.plan()["base_plan"]["overview"]["made_how"]
        assert f"공론장 {len(held())}회에서 주민과 행정 {heads:,}명" in text
        assert f"제안 {len(before_merging)}건 가운데" in text

    def test_nine_kinds_of_forum_and_one_that_is_still_to_come(self):
        kinds = {forum["kind"] for forum in held()}
        assert kinds == {
            "focus_group",
            "sector",
            "neighbourhood",
            "dong",
            "zone",
            "open",
            "generation",
            "committee",
            "online",
        }
        upcoming = [forum for forum in content.forums() if forum not in held()]
        assert [forum["starts_at"].date() > DEMO_DAY for forum in upcoming] == [True, True, True]

    def test_every_theme_of_the_open_forum_gathers_notes_that_are_on_the_board_and_each_only_once(self):
        told = content.open_forum()
        places = {
            f"{sheet}.{order}"
            for sheet, topic in enumerate(told["topic"], 1)
            for order in range(1, len(topic["notes"]) + 1)
        }
        gathered = [place for theme in told["theme"] for place in theme["notes"]]
        assert (len(places), len(gathered)) == (40, len(set(gathered)))
        assert set(gathered) == places
        assert all(len(note) <= 80 for topic in told["topic"] for note in topic["notes"])

    def test_the_vote_belongs_to_the_open_forum_and_material_came_before(self):
        forum = next(forum for forum in held() if forum["key"] == content.vote()["open_forum"])
        assert forum["kind"] == "open"
        assert forum["material"]["days_before"] >= 7
        assert set(forum["themes"]) == {option["agenda"] for option in content.vote()["option"]}


class TestProposals:
    def test_the_four_sentences_of_banghakcheon_keep_their_numbers(self):
        agenda = next(agenda for agenda in content.agendas() if agenda["number"] == "의12")
        assert agenda["proposals"] == [42, 57, 88, 103]
        proposals = {entry["number"]: entry for entry in content.proposals()}
        assert [proposals[number]["supports"] for number in agenda["proposals"]] == [96, 63, 41, 38]
        assert agenda["supports_once"] == 214

    def test_proposals_come_in_the_order_of_their_days_and_after_their_forum_began(self):
        proposals = content.proposals()
        days = [entry["on"] for entry in proposals]
        assert days == sorted(days)
        starts = {forum["key"]: forum["starts_at"].date() for forum in held()}
        for entry in proposals:
            if entry["source"] == "forum":
                assert starts[entry["forum"]] <= entry["on"], entry["title"]

    def test_each_proposal_has_one_source_and_says_who(self):
        people = {person["key"] for person in content.people()}
        departments = {department["key"] for department in content.departments()}
        for entry in content.proposals():
            who = {"author", "display", "department"} & set(entry)
            assert len(who) == (0 if entry["source"] == "transferred" else 1), entry["title"]
            assert entry.get("author", "kimhaneul") in people
            assert entry.get("department", "parks") in departments

    def test_every_transferred_proposal_has_an_outcome_with_its_reason(self):
        for entry in content.proposals():
            if entry["source"] == "transferred":
                assert entry["outcome"]["reason"], entry["title"]

    def test_a_proposal_goes_into_one_agenda_at_most_and_nothing_before_the_vote_is_lost(self):
        merged = Counter(number for agenda in content.agendas() for number in agenda["proposals"])
        assert max(merged.values()) == 1
        for entry in content.proposals():
            if entry["on"] <= date(2020, 4, 22):
                assert entry["number"] in merged or "outcome" in entry, entry["title"]

    def test_no_two_proposals_share_a_title_or_a_text(self):
        proposals = content.proposals()
        for field in ("title", "problem", "wish"):
            assert len({entry[field] for entry in proposals}) == len(proposals)


class TestAgendas:
    def test_supporters_counted_once_lie_between_the_largest_and_the_sum(self):
        supports = {entry["number"]: entry["supports"] for entry in content.proposals()}
        for agenda in content.agendas():
            each = [supports[number] for number in agenda["proposals"]]
            assert max(each) <= agenda["supports_once"] <= sum(each), agenda["title"]

    def test_only_an_agenda_that_meets_all_four_criteria_is_on_the_ballot(self):
        criteria = ("openness", "deliberation", "public_interest", "cooperation")
        for agenda in content.agendas():
            met = all(judge[key]["met"] for judge in agenda["criteria"] for key in criteria)
            assert met is agenda["on_ballot"], agenda["title"]
            assert len({judge["reviewer"] for judge in agenda["criteria"]}) == 2

    def test_the_agenda_that_stays_on_the_list_says_why(self):
        stays = [agenda for agenda in content.agendas() if not agenda["on_ballot"]]
        assert [agenda["theme"] for agenda in stays] == ["방학중학교 빈교실 공유"]
        assert "2022년" in stays[0]["stays_listed"]
        assert stays[0]["reviews"][0]["verdict"] == "not_feasible"

    def test_a_condition_is_written_exactly_where_the_verdict_is_conditional(self):
        for agenda in content.agendas():
            for review in agenda["reviews"]:
                assert bool(review["condition"]) is (review["verdict"] == "conditional"), agenda["title"]

    def test_nobody_judges_an_agenda_of_the_group_they_chair(self):
        groups = {body["key"]: body for body in content.bodies()}
        for agenda in content.agendas():
            members = {seat["person"] for seat in groups[agenda["working_group"]]["member"]}
            assert not members & {judge["reviewer"] for judge in agenda["criteria"]}, agenda["title"]


class TestVote:
    def test_the_same_ballots_come_out_every_time_and_give_the_printed_result(self):
        assert list(ballots()) == list(ballots())
        assert approvals() == {option["agenda"]: option["chosen_by"] for option in content.vote()["option"]}

    def test_banghakcheon_comes_second_with_38_2_per_cent(self):
        counted = approvals().most_common()
        cast = sum(channel["ballots"] for channel in content.vote()["channel"])
        assert counted[1][0] == "의12"
        assert counted[1][1] * 1000 // cast == 382

    def test_every_ballot_holds_one_to_five_different_agendas_of_the_list(self):
        options = {option["agenda"] for option in content.vote()["option"]}
        for ballot in ballots():
            assert 1 <= len(ballot.choices) == len(set(ballot.choices)) <= 5
            assert set(ballot.choices) <= options

    def test_each_channel_yields_what_was_planned_and_nothing_after_its_close(self):
        planned = {channel["key"]: channel for channel in content.vote()["channel"]}
        assert Counter(ballot.channel for ballot in ballots()) == {
            key: channel["ballots"] for key, channel in planned.items()
        }
        for ballot in ballots():
            assert datetime.combine(ballot.on, time(), KOREA) <= planned[ballot.channel]["closes_at"]

    def test_paper_batches_reconcile_and_hold_at_most_one_hundred(self):
        paper = next(channel for channel in content.vote()["channel"] if channel["key"] == "paper")
        for batch in paper["batches"]:
            assert batch["issued"] == batch["used"] + batch["spoilt"] + batch["unused"] <= 100
        assert sum(batch["used"] for batch in paper["batches"]) == paper["ballots"]

    def test_polling_places_add_up(self):
        on_site = next(channel for channel in content.vote()["channel"] if channel["key"] == "on_site")
        assert sum(place["ballots"] for place in on_site["places"]) == on_site["ballots"]

    def test_the_nine_agendas_chosen_are_the_ones_with_a_project(self):
        chosen = {agenda for agenda, _ in approvals().most_common(content.vote()["selected"])}
        assert chosen == {project["agenda"] for project in projects()} - {""}


class TestDistricts:
    def test_all_25_districts_take_part_as_the_guide_lists_them(self):
        parts = Counter(district["participation"] for district in content.districts())
        assert parts == {"carrying_out": 19, "planning": 4, "other_type": 1, "not_taking_part": 1}
        assert [district["slug"] for district in content.districts()] == [entry.slug for entry in read_districts()]

    def test_the_stages_vary_and_only_seocho_has_none(self):
        districts = content.districts()
        assert [district["name"] for district in districts if "stage" not in district] == ["서초구"]
        stages = {district["stage"] for district in districts if "stage" in district}
        assert stages <= set(STAGES)
        assert len(stages) >= 7

    def test_a_stage_was_entered_before_the_demo_day_and_the_next_date_lies_after_it(self):
        for district in content.districts():
            if "stage" in district:
                assert district["stage_since"] <= DEMO_DAY < district["next"]["on"], district["name"]

    def test_agendas_exist_only_where_merging_has_begun_and_come_from_proposals(self):
        for district in content.districts():
            if district["agendas"]:
                assert STAGES.index(district["stage"]) >= STAGES.index("merge"), district["name"]
            for agenda in district["agendas"]:
                assert all(1 <= number <= len(district["proposals"]) for number in agenda["proposals"])

    def test_dongs_of_texts_exist_in_their_district_on_the_demo_day(self):
        codes = {entry.slug: entry.code for entry in read_districts()}
        for district in content.districts():
            dongs = {dong.name for dong in dongs_on(DEMO_DAY) if dong.district == codes[district["slug"]]}
            named = {entry["dong"] for entry in [*district["proposals"], *district["forums"]]} - {""}
            assert named <= dongs, district["name"]

    def test_no_two_districts_tell_the_same_story(self):
        for one, other in combinations(content.districts(), 2):
            titles = {entry["title"] for entry in one["proposals"] + one["agendas"] + one["forums"]}
            assert not titles & {entry["title"] for entry in other["proposals"] + other["agendas"] + other["forums"]}

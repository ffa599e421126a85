from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.counting.model import Project, election_of
from madang.engines.counting.pabulib import UnableToReadElection, read_election, write_election
from madang.engines.counting.pabulib.columns import read_columns
from madang.engines.counting.pabulib.head import read_head
from madang.engines.counting.pabulib.votes import read_votes
from madang.engines.counting.rules import RULES, count
from madang.engines.counting.tests.naive import built, calmly, elections

HEAD = "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost;name\na;60;A\nb;30,5;B\nc;20;C\n"
VOTES = "VOTES\nvoter_id;vote\n1;a,b\n2;b\n3;c,b\n"


def problems(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(UnableToReadElection) as refused:
        read_election(text if isinstance(text, bytes) else text.encode())
    return [(one.line, one.en) for one in refused.value.problems]


def test_costs_budget_and_votes_are_read_exactly():
    election = read_election((HEAD + VOTES).encode())
    assert [(one.id, one.cost, one.name) for one in election.projects][1] == ("b", Fraction(61, 2), "B")
    assert (election.budget, election.votes, election.ballots.voters) == (100, (1, 3, 1), 3)


@pytest.mark.parametrize(
    "quirk",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("META", "Meta").replace("budget", " Budget ").replace("approval", "Approval"),
        lambda text: text.replace("1;a,b", '1;"a,b"').replace("20;C", '20;"C; ""the"" park"'),
        lambda text: text.replace("1;a,b", "1; a , b ,"),
        lambda text: text.replace("1;a,b", "1;a,b,a"),
        lambda text: text.replace("1;a,b", "1;a,b;34;F"),
        lambda text: text.replace("budget;100", "budget;100.00\nnum_votes;9999\ncomment;anything"),
        lambda text: text.replace("\nMETA", "\n;;\nMETA").replace("PROJECTS\n", "PROJECTS;;\n"),
    ],
)
def test_what_real_files_do_is_forgiven(quirk):
    election = read_election(quirk(HEAD + VOTES).encode())
    assert (election.budget, election.votes, election.ballots.voters) == (100, (1, 3, 1), 3)


def test_a_project_named_twice_is_taken_once_and_said_to_be():
    election = read_election((HEAD + VOTES.replace("2;b", "2;b,b,b")).encode())
    assert (election.votes, election.ballots.doubled) == ((1, 3, 1), 1)


@pytest.mark.parametrize("empty", ["4;\n", "4;None\n", "4;,\n"])
def test_an_empty_ballot_is_a_voter(empty):
    election = read_election((HEAD + VOTES + empty).encode())
    assert (election.votes, election.ballots.voters) == ((1, 3, 1), 4)


def test_points_go_to_the_projects_they_stand_beside():
    head = HEAD.replace("approval", "cumulative")
    election = read_election((head + "VOTES\nvoter_id;vote;points\n1;a,b;3,1.5\n2;b;2\n3;;\n4;c;0\n").encode())
    assert election.points == (3, Fraction(7, 2), 0)
    assert election.votes == (1, 2, 0)


def test_a_ranking_gives_its_last_place_one_point():
    election = read_election((HEAD.replace("approval", "ordinal") + "VOTES\nvoter_id;vote\n1;c,a\n2;a\n").encode())
    assert election.points == (2, 0, 2)


def test_every_place_that_cannot_be_read_is_named_with_its_line():
    text = HEAD.replace("budget;100", "budget;much").replace("a;60", "b;60").replace("c;20", "c;-20") + VOTES
    assert [line for line, _expected in problems(text)] == [3, 8, 9]


@pytest.mark.parametrize(
    ("votes", "line", "expected"),
    [
        ("VOTES\nvoter_id;vote\n1;a\n2;a,zoo\n", 13, "expected a project_id of PROJECTS: zoo"),
        ("VOTES\nvoter_id;vote\n1\n", 12, "expected at least 2 fields, found 1"),
        ('VOTES\nvoter_id;vote\n1;"a\n2;x"\n3;q\n', 12, "expected a project_id of PROJECTS: a\n2;x"),
        ('VOTES\nvoter_id;vote\n1;"a,\nb"\n3;q\n', 14, "expected a project_id of PROJECTS: q"),
        ("VOTES\nvoter;choice\n1;a\n", 11, "expected a column vote of VOTES"),
        ("", 0, "expected a section VOTES"),
    ],
)
def test_a_line_that_is_no_ballot_is_named(votes, line, expected):
    assert (line, expected) in problems(HEAD + votes)


def test_points_that_do_not_match_are_named():
    text = HEAD.replace("approval", "scoring") + "VOTES\nvoter_id;vote;points\n1;a,b;3\n2;a;many\n"
    assert problems(text) == [
        (12, "expected 2 points for 2 projects, found 1"),
        (13, "expected points to be numbers: many"),
    ]


def test_what_is_not_text_is_refused_at_its_line():
    assert problems((HEAD + VOTES).replace(";A\n", ";가\n").encode("cp949")) == [(7, "expected UTF-8 text")]
    assert problems(b"PK\x03\x04")[0] == (1, "expected the file to begin with the line META")


def test_points_too_large_to_be_counted_exactly_are_refused():
    text = HEAD.replace("approval", "scoring") + f"VOTES\nvoter_id;vote;points\n1;a;{10**25}\n"
    assert problems(text) == [(0, "expected points that fit whole numbers of 64 bits")]


def test_more_than_fifty_places_are_counted_not_listed():
    found = problems(HEAD + "VOTES\nvoter_id;vote\n" + "".join(f"{n};zoo{n}\n" for n in range(80)))
    assert (len(found), found[-1][1]) == (51, "30 more such places from here")


@calmly
@given(elections(), st.sampled_from(RULES))
def test_a_file_written_and_read_again_counts_the_same(drawn, rule):
    election = built(drawn)
    again = read_election(write_election(election).encode())
    assert count(again, rule) == count(election, rule)


@calmly
@given(st.lists(st.tuples(st.permutations("abc"), st.lists(st.integers(0, 9), min_size=3, max_size=3)), max_size=9))
def test_rankings_and_points_survive_being_written(ballots):
    projects = [
        Project(one, Fraction(cost, 4), name=f"{one}; the “{one}”") for one, cost in (("a", 3), ("b", 4), ("c", 5))
    ]
    for form, points in (("ordinal", None), ("cumulative", [points for _order, points in ballots])):
        election = election_of(projects, 2, [order for order, _points in ballots], points=points, vote_type=form)
        again = read_election(write_election(election).encode())
        assert (again.projects, again.points, again.votes) == (election.projects, election.points, election.votes)


IDS = st.text("ab1/.-é가", min_size=1, max_size=20)


@calmly
@given(st.lists(IDS, min_size=1, max_size=80, unique=True), st.data())
def test_reading_columns_of_bytes_gives_what_reading_field_by_field_gives(ids, data):
    ballots = data.draw(st.lists(st.lists(st.sampled_from(ids), max_size=6), min_size=1, max_size=30))
    before, after = data.draw(st.integers(0, 2)), data.draw(st.integers(0, 2))
    columns = ["age,"] * before + ["vote"] + ["sex"] * after
    lines = [";".join(["1,2"] * before + [",".join(ballot)] + ["F"] * after) for ballot in ballots]
    projects = "".join(f"{one};1\n" for one in ids)
    text = f"META\nkey;value\nbudget;9\nvote_type;approval\nPROJECTS\nproject_id;cost\n{projects}VOTES\n"
    content = (text + ";".join(columns) + "\n" + "\n".join(lines) + "\n").encode()
    head = read_head(content)
    fast, slow = read_columns(content, head), read_votes(content, head)
    if fast is None:
        assert "" in lines
    else:
        assert _kinds(fast) == _kinds(slow)
        assert (fast.voters, fast.doubled) == (slow.voters, slow.doubled)


def _kinds(ballots):
    """The ballots as how often each set of projects was cast."""
    sets = [frozenset(ballots.project[ballots.ballot == row].tolist()) for row in range(len(ballots.weight))]
    return {one: sum(w for s, w in zip(sets, ballots.weight.tolist(), strict=True) if s == one) for one in sets}

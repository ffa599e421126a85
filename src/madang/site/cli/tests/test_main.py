import subprocess
import sys
from importlib.util import find_spec

import pytest

from madang.site.cli import demo, serve
from madang.site.cli.main import COMMANDS, main


def test_every_command_that_is_offered_exists(capsys):
    assert main(["--help"]) == 0
    offered = capsys.readouterr().out
    for name, command in COMMANDS.items():
        assert name in offered
        assert find_spec(command.module) is not None


def test_an_unknown_command_is_named_and_the_others_are_listed(capsys):
    assert main(["dance"]) == 2
    assert "there is no command 'dance'" in (told := capsys.readouterr().err)
    assert "check" in told


def test_checking_a_file_loads_neither_django_nor_a_database_driver(tmp_path):
    code = (
        "import sys; from madang.site.cli.main import main\n"
        f"main(['check', {str(tmp_path / 'none.json')!r}])\n"
        "raise SystemExit(bool({'django', 'psycopg'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


@pytest.fixture
def production(monkeypatch):
    """An environment that lacks nothing but a database that answers."""
    monkeypatch.setenv("DATABASE_URL", "postgres://madang_app:x@127.0.0.1:1/madang")
    monkeypatch.setenv("SECRET_KEY", "k" * 50)
    monkeypatch.setenv("ALLOWED_HOSTS", "madang.example")
    monkeypatch.delenv("MADANG_DEMO", raising=False)
    monkeypatch.setattr(serve, "database_problems", lambda url: [])
    return monkeypatch


def test_serving_is_allowed_with_everything_set(production):
    assert serve.problems() == []


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"])
def test_serving_is_refused_by_the_name_of_what_is_missing(production, capsys, name):
    production.delenv(name)
    assert serve.main([]) == 2
    assert f"{name} is not set" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "short", "too short"),
        ("ALLOWED_HOSTS", "madang.example,*", "must not be"),
        ("MADANG_DEMO", "1", "MADANG_DEMO"),
    ],
)
def test_serving_is_refused_when_a_setting_opens_the_site(production, name, value, reason):
    production.setenv(name, value)
    assert [reason in problem for problem in serve.problems()] == [True]


def test_a_database_that_does_not_answer_is_named_in_one_line():
    (problem,) = serve.database_problems("postgres://madang_app:secret@127.0.0.1:1/madang")
    assert "127.0.0.1 cannot be reached" in problem
    assert "\n" not in problem
    assert "secret" not in problem


def test_a_second_demo_in_the_same_checkout_is_told_of_the_first(tmp_path):
    lock = demo.take(tmp_path)
    lock.write("http://localhost:8000/, process 1\n")
    lock.flush()
    with pytest.raises(demo.UnableToStartDemo, match="is already running"):
        demo.take(tmp_path)
    lock.close()
    demo.take(tmp_path).close()


def test_a_taken_port_is_refused_when_asked_for_and_passed_over_when_not(monkeypatch):
    monkeypatch.setattr("madang.site.serving.processes.is_free", lambda port, host="": port != demo.FIRST_PORT)
    with pytest.raises(demo.UnableToStartDemo, match="port 8000"):
        demo.choose_port(demo.FIRST_PORT)
    assert demo.choose_port(None) == demo.FIRST_PORT + 1


def test_beginning_anew_deletes_the_demos_data_and_nothing_else(tmp_path):
    for name in ("postgres", "media", "venv", "front"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "thing").touch()
    (tmp_path / "secret-key").touch()
    demo.delete_data(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["front", "venv"]


@pytest.mark.parametrize("day", ["2020-13-01", "yesterday", ""])
def test_a_day_that_is_none_is_refused_with_the_form_it_should_have(capsys, day):
    with pytest.raises(SystemExit):
        demo.read(["--day", day])
    assert "YYYY-MM-DD" in capsys.readouterr().err

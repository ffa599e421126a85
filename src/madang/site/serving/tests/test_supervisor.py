import os
import signal
import sys
import threading
import time

import pytest

from madang.site.serving.supervisor import Child, Stopped, Supervisor, UnableToRun


@pytest.fixture
def supervisor():
    """A supervisor whose children are ended and whose signal handlers are taken back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    made = Supervisor()
    yield made
    made.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def python(code):
    return [sys.executable, "-c", code]


def send_soon(number, seconds=0.5):
    threading.Timer(seconds, os.kill, [os.getpid(), number]).start()


def test_a_step_returns_what_it_printed(supervisor):
    assert supervisor.run("a step", python("print('다 됐어요')"), {**os.environ, "PYTHONUTF8": "1"}) == "다 됐어요\n"


def test_a_failing_step_is_named_with_its_last_line(supervisor):
    with pytest.raises(UnableToRun, match="loading failed: no such year"):
        supervisor.run("loading", python("print('no such year'); raise SystemExit(1)"), dict(os.environ))


def test_a_signal_ends_a_step_at_once(supervisor):
    send_soon(signal.SIGTERM)
    began = time.monotonic()
    with pytest.raises(Stopped):
        supervisor.run("a long step", python("import time; time.sleep(60)"), dict(os.environ))
    assert time.monotonic() - began < 10


def test_a_child_that_dies_is_started_again(supervisor, tmp_path):
    child = Child(
        "worker", python("import time; print('up', flush=True); time.sleep(60)"), dict(os.environ), tmp_path / "log"
    )
    supervisor.add(child)
    first = child.process
    first.kill()
    first.wait()
    send_soon(signal.SIGINT, 2)
    with pytest.raises(Stopped):
        supervisor.keep()
    assert child.process.pid != first.pid
    assert child.process.poll() is None


def test_stopping_ends_the_children_of_a_child_too(supervisor, tmp_path):
    code = (
        "import subprocess, sys, time\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(inner.pid, flush=True); time.sleep(60)"
    )
    child = Child("web server", python(code), dict(os.environ), tmp_path / "log")
    supervisor.add(child)
    supervisor.wait_for(child, lambda: child.last_words() != "")
    inner = int(child.last_words())
    supervisor.stop()
    deadline = time.monotonic() + 5
    while _lives(inner) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(inner)


def _lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_that_ends_before_it_is_ready_is_named_with_its_last_line(supervisor, tmp_path):
    child = Child("web server", python("raise SystemExit('port taken')"), dict(os.environ), tmp_path / "log")
    supervisor.add(child)
    with pytest.raises(UnableToRun, match=r"the web server ended at once\. port taken"):
        supervisor.wait_for(child, lambda: False)

import re

from madang.site.serving import install


def test_the_locks_hold_hashes_for_everything_and_no_addresses():
    for name in ("runtime", "dev", "front"):
        text = (install.LOCKS / f"{name}.txt").read_text()
        pinned = re.findall(r"^[\w.-]+==", text, re.M)
        assert pinned
        assert text.count("==") >= len(pinned)
        assert len(re.findall(r"^[\w.-]+==[^\n]*\\\n    --hash=sha256:", text, re.M)) == len(pinned)
        assert not re.search(r"https?:|file:|--index|--find-links| @ ", text)


def test_the_fonts_lock_holds_hashes_and_no_addresses():
    text = (install.CHECKOUT / "package-lock.json").read_text()
    assert '"integrity": "sha512-' in text
    assert "resolved" not in text
    assert "http" not in text


def test_the_development_lock_agrees_with_the_runtime_lock():
    def pinned(name):
        return dict(re.findall(r"^([\w.-]+)==(\S+)", (install.LOCKS / f"{name}.txt").read_text(), re.M))

    runtime, dev = pinned("runtime"), pinned("dev")
    assert runtime.items() <= dev.items()


def _environment(folder, name):
    """A virtual environment as an installation of the lock leaves it, without any code in it."""
    packages = folder / "lib" / "python3.11" / "site-packages"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    lock = (install.LOCKS / f"{name}.txt").read_text()
    for package, version in re.findall(r"^([\w.-]+)==([^ \\;]+)", lock, re.M):
        record = packages / f"{package.replace('-', '_')}-{version}.dist-info" / "RECORD"
        record.parent.mkdir(parents=True)
        record.touch()
    install.stamp(folder, name).write_text(install.lock_digest(name) + "\n")
    return folder


def test_a_whole_environment_is_left_as_it_is(tmp_path):
    assert install.is_current(_environment(tmp_path / "venv", "runtime"), "runtime")


def test_an_environment_of_another_lock_is_not_current(tmp_path):
    venv = _environment(tmp_path / "venv", "runtime")
    install.stamp(venv, "runtime").write_text("0" * 64)
    assert not install.is_current(venv, "runtime")


def test_an_environment_that_lost_a_package_is_not_current(tmp_path):
    venv = _environment(tmp_path / "venv", "runtime")
    next(venv.glob("lib/*/site-packages/django-5*/RECORD")).unlink()
    assert not install.is_current(venv, "runtime")
    assert any(package.startswith("django-5") for package in install.damaged_packages(venv, "runtime"))


def test_an_environment_without_python_is_not_current(tmp_path):
    venv = _environment(tmp_path / "venv", "runtime")
    (venv / "bin" / "python").unlink()
    assert not install.is_current(venv, "runtime")


def test_an_environment_whose_package_lost_a_file_is_not_current(tmp_path):
    venv = _environment(tmp_path / "venv", "runtime")
    record = next(venv.glob("lib/*/site-packages/django-5*/RECORD"))
    module = record.parents[1] / "django.py"
    module.write_text("x = 1\n")
    record.write_text(f"django.py,sha256=abc,{module.stat().st_size}\n{record.parent.name}/RECORD,,\n")
    assert install.is_current(venv, "runtime")
    module.write_text("")
    assert not install.is_current(venv, "runtime")
    module.unlink()
    assert not install.is_current(venv, "runtime")

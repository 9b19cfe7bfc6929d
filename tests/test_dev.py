"""The developers' door sets up once, mends what is half made, and says in a sentence what it cannot do."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tools import ground, system
from tools.places import ROOT, Stop

BEFORE_SET_UP = ("dev.py", "tools/ground.py", "tools/system.py", "tools/places.py", "backoffice/core/display.py")


class Project:
    """An empty project in which making the environment and pip are played by this class."""

    def __init__(self, root, monkeypatch):
        self.venv = root / ".venv"
        self.locks = {"LOCK": root / "requirements.lock", "DEV_LOCK": root / "requirements-dev.lock"}
        self.lock("LOCK", "sqlmodel")
        self.lock("DEV_LOCK", "sqlmodel", "pytest")
        self.calls: list[str] = []
        self.breaks_at: str | None = None
        places = {"ROOT": root, "VENV": self.venv, "PYTHON": self.venv / "bin" / "python", **self.locks}
        places |= {"STAMP": self.venv / "backoffice-stamp.json", "GUARD": root / ".setup.lock"}
        for name, place in places.items():
            monkeypatch.setattr(ground, name, place)
        monkeypatch.setattr(ground, "_run", self.run)

    def lock(self, name, *packages):
        self.locks[name].write_text("\n".join(packages))

    def run(self, command):
        act = "venv" if "venv" in command else Path(command[-1]).name
        self.calls.append(act)
        if act == self.breaks_at:
            return 1
        if act == "venv":
            (self.venv / "bin").mkdir(parents=True, exist_ok=True)
            if not (self.venv / "bin" / "python").exists():
                (self.venv / "bin" / "python").symlink_to(sys.executable)
            (self.venv / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.2\n")
        else:
            for package in Path(command[-1]).read_text().split():
                self.package(package).mkdir(parents=True, exist_ok=True)
        return 0

    def package(self, name):
        return self.venv / "lib" / "python3.11" / "site-packages" / f"{name}-1.0.dist-info"

    def ready(self, *, dev=False):
        self.calls.clear()
        ground.ready(dev=dev)
        return self.calls


@pytest.fixture
def project(tmp_path, monkeypatch):
    return Project(tmp_path, monkeypatch)


def test_a_fresh_machine_gets_everything_and_the_second_call_does_nothing(project):
    assert project.ready() == ["venv", "requirements.lock"]
    assert project.ready() == []


def test_tests_need_the_developers_lock_and_it_suffices_for_the_program(project):
    project.ready()
    assert project.ready(dev=True) == ["requirements-dev.lock"]
    assert project.ready() == []


def test_a_changed_lock_is_installed_anew_and_developers_keep_their_tools(project):
    project.ready(dev=True)
    project.lock("DEV_LOCK", "sqlmodel", "pytest", "ruff")
    assert project.ready() == ["requirements-dev.lock"]
    assert project.package("ruff").exists()


def test_an_install_that_broke_off_begins_from_nothing(project):
    project.breaks_at = "requirements.lock"
    with pytest.raises(Stop, match="could not be installed"):
        project.ready()
    project.breaks_at = None
    assert project.ready() == ["venv", "requirements.lock"]


def test_an_update_that_broke_off_begins_from_nothing(project):
    project.ready(dev=True)
    project.lock("DEV_LOCK", "ruff")
    project.breaks_at = "requirements-dev.lock"
    with pytest.raises(Stop):
        project.ready(dev=True)
    project.breaks_at = None
    assert project.ready(dev=True) == ["venv", "requirements-dev.lock"]


def spoil_package(project):
    project.package("sqlmodel").rmdir()


def spoil_python(project):
    (project.venv / "bin" / "python").unlink()


def spoil_version(project):
    (project.venv / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.1\n")


def spoil_stamp(project):
    (project.venv / "backoffice-stamp.json").write_text('{"lock": ')


@pytest.mark.parametrize("spoil", [spoil_package, spoil_python, spoil_version, spoil_stamp])
def test_an_environment_that_is_not_whole_is_made_anew(project, spoil):
    project.ready()
    spoil(project)
    assert project.ready() == ["venv", "requirements.lock"]


def test_an_environment_made_by_hand_is_not_trusted(project):
    project.run(["-m", "venv"])
    assert project.ready() == ["venv", "requirements.lock"]


def test_a_python_without_venv_is_one_sentence(project, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(sys, "_base_executable", "/opt/python/bin/python3")
    with pytest.raises(Stop, match="cannot make virtual environments") as stop:
        project.ready()
    assert stop.value.code == 3


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a package of Debian's")
def test_the_systems_own_python_gets_its_venv_from_the_system(project, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(sys, "_base_executable", "/usr/bin/python3")
    asked = {}
    monkeypatch.setattr(system, "provide", lambda wanted, present: asked.update(wanted))
    project.ready()
    assert asked == {"Python's venv": f"python3.{sys.version_info.minor}-venv"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_of_somebody_else_is_one_sentence(project, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(Stop, match="Use a folder that is yours"):
        project.ready()
    tmp_path.chmod(0o700)


def test_no_foreign_packages_reach_the_programs(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    assert "PYTHONPATH" not in ground.child_environment()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries are provided on Linux only")
class TestSystemLibraries:
    lacking = {"libnothere.so.9": "libnothere9", "libc.so.6": "libc6"}  # noqa: RUF012

    def provide(self, **machine):
        system.provide(self.lacking, present=system.loads, **machine)

    def test_what_is_there_is_not_asked_for(self):
        system.provide({"libc.so.6": "libc6"}, present=system.loads, root=False, debian=False)

    def test_who_is_not_root_is_told_the_line(self):
        with pytest.raises(Stop) as stop:
            self.provide(root=False, debian=True)
        sentence, line = stop.value.sentence.splitlines()
        assert "libnothere.so.9" in sentence
        assert line == ("sudo apt-get update && sudo apt-get install -y --no-install-recommends libnothere9")
        assert stop.value.code == 3

    def test_another_linux_is_told_the_names(self):
        with pytest.raises(Stop, match=r"lacks libnothere\.so\.9: install them with its package manager"):
            self.provide(root=True, debian=False)

    def test_root_installs_what_is_missing_and_only_that(self, monkeypatch):
        lines = []
        monkeypatch.setattr(system, "_install", lines.extend)
        with pytest.raises(Stop, match="still lacks"):
            self.provide(root=True, debian=True)
        assert lines[1][-1] == "libnothere9"
        assert "libc6" not in lines[1]

    def test_a_server_that_tests_want_is_only_named_where_it_would_be_started(self, monkeypatch, capsys):
        monkeypatch.setattr(system, "_is_debian", lambda: True)
        monkeypatch.setattr(system, "_install", lambda _lines: pytest.fail("it would serve the whole machine"))
        system.provide_for_tests({"no-such-server": "no-such-serverd"}, serves=True)
        told = capsys.readouterr().err
        assert "left out" in told and "no-such-server: run this line" in told and "no-such-serverd" in told

    def test_a_server_that_cannot_be_installed_stops_no_test(self, monkeypatch, capsys):
        monkeypatch.setattr(system, "_is_debian", lambda: True)
        monkeypatch.setattr(system.os, "geteuid", lambda: 0)
        monkeypatch.setattr(system, "_install", lambda _lines: None)
        system.provide_for_tests({"no-such-server": "no-such-serverd"}, serves=False)
        assert "still lacks no-such-server" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("environment", "library", "needed"),
        [
            ({"DISPLAY": ":0"}, "libxcb-cursor.so.0", True),
            ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "libxcb-cursor.so.0", False),
            ({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-egl.so.1", True),
            ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, "libxcb-cursor.so.0", True),
        ],
    )
    def test_a_window_needs_what_its_window_system_needs(self, environment, library, needed):
        assert (library in system.window_libraries(environment)) is needed


@pytest.mark.parametrize("arguments", [["nonsense"], [], ["lint", "--loud"], ["installer", "now"]])
def test_wrong_usage_ends_with_2(arguments):
    assert dev.main(arguments) == 2


def test_help_tells_every_command(capsys):
    assert dev.main(["--help"]) == 0
    told = capsys.readouterr().out
    assert [name for name in dev.COMMANDS if f"\n{name} " not in told] == []


def test_what_cannot_be_done_is_one_sentence_and_its_code(monkeypatch, capsys):
    def no_network(**_wanted):
        raise Stop("No network.")

    monkeypatch.setattr(ground, "ready", no_network)
    assert dev.main(["lint"]) == 3
    assert capsys.readouterr().err == "No network.\n"


def test_an_old_python_is_told_so_before_it_stumbles():
    pretend = "import sys; sys.version_info = (3, 9, 0); exec(open('dev.py', encoding='utf-8').read())"
    answer = subprocess.run(
        [sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.stderr == "Backoffice needs Python 3.11 or newer; this one is 3.9.\n"
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("name", BEFORE_SET_UP)
def test_what_runs_before_the_set_up_needs_the_standard_library_only(name):
    ours = {
        "tools": {"ground", "system"},
        "tools.ground": {"say"},
        "tools.places": None,
        "backoffice.core.display": None,
    }
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {each.name.split(".")[0] for each in node.names} <= sys.stdlib_module_names
        elif isinstance(node, ast.ImportFrom) and node.module in ours:
            allowed = ours[node.module]
            assert allowed is None or {each.name for each in node.names} <= allowed
        elif isinstance(node, ast.ImportFrom):
            assert str(node.module).split(".")[0] in sys.stdlib_module_names


def test_what_runs_on_every_push_is_lint_and_test():
    script = ROOT / ".ci" / "run"
    assert os.name == "nt" or os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == ["python3 dev.py lint", "python3 dev.py test"]
    assert "set -eu" in lines

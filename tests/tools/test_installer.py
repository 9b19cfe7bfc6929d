"""What was built is tried out, on its own, before anybody trusts it."""

import sys

import pytest

from tools import installer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the played app is a script")


def an_app(folder, body):
    program = folder / "Backoffice"
    program.write_text(f"#!{sys.executable}\nimport os, sys\n{body}\n")
    program.chmod(0o755)
    return program


def test_an_app_that_works_has_no_faults(tmp_path):
    assert installer.try_out(an_app(tmp_path, "print('Backoffice 0.1.0')"), "0.1.0") == []


def test_an_app_of_another_version_is_told(tmp_path):
    (fault,) = installer.try_out(an_app(tmp_path, "print('Backoffice 9')"), "0.1.0")
    assert "'Backoffice 9', not 0.1.0" in fault


def test_an_app_whose_demo_fails_is_told_with_what_it_said(tmp_path):
    body = "print('Backoffice 0.1.0')\nif 'demo' in sys.argv:\n    sys.exit('no such resource')"
    (fault,) = installer.try_out(an_app(tmp_path, body), "0.1.0")
    assert "ended with 1" in fault
    assert "no such resource" in fault


def test_an_app_is_started_without_this_machines_python_and_display(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("DISPLAY", ":0")
    body = "print('0.1.0')\nsys.exit({'PYTHONPATH', 'DISPLAY', 'QT_QPA_PLATFORM'} & set(os.environ) and 1 or 0)"
    assert installer.try_out(an_app(tmp_path, body), "0.1.0") == []


def test_an_app_that_was_not_built_is_a_fault_and_no_crash(tmp_path):
    assert len(installer.try_out(tmp_path / "absent", "0.1.0")) == 2

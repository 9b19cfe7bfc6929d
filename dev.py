"""The developers' one door: python3 dev.py run, demo, test, lint, bench, installer, lock or translate.

Standard library only. Sets up what is missing, in `.venv` and nowhere else, and starts the rest in there.
"""

import sys

if sys.version_info < (3, 11):  # before anything an older Python could stumble over
    sys.exit("Backoffice needs Python 3.11 or newer; this one is {}.{}.".format(*sys.version_info[:2]))

import os
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Callable

from backoffice.core.display import display_answers
from tools import ground, system
from tools.places import PYTHON, ROOT, Stop, say

USAGE = """\
python3 dev.py COMMAND [arguments]

run [COMMAND …]   the window, or one of the program's commands (--help lists them)
demo [--out DIR] [--no-window]
                  the program's main job on the demo shop, in a new folder
test [ARGS …]     the tests; the arguments are pytest's
lint [--fix]      ruff, mypy and the import contracts; --fix mends what ruff can
bench [NAME …] [--scale 10k|100k|1m] [--keep DIR]
                  each workload beside its floor; large shops stay in DIR
installer         a folder with the app for this system, built and tried out
lock [--upgrade]  the two lock files anew from pyproject.toml
translate         the catalogues brought up to the sentences in the code
"""


def run(arguments: list[str]) -> int:
    """The program itself, in the folder the person stands in."""
    if arguments[:1] == ["demo"]:
        return demo(arguments[1:])
    if not arguments:
        _screen_ready()
    ground.ready(dev=False)
    return _become([str(ROOT / "main.py"), *arguments])


def demo(arguments: list[str]) -> int:
    """The demo, which is one of the program's commands; it draws, with a window or without one."""
    if "--no-window" in arguments:
        system.provide(system.DRAWING, present=system.loads)
    else:
        _screen_ready()
    ground.ready(dev=False)
    return _become([str(ROOT / "main.py"), "demo", *arguments])


def test(arguments: list[str]) -> int:
    """pytest; all of it in two processes unless told otherwise."""
    system.provide_for_tests()
    _tests_ready()
    return _become(["-m", "pytest", *(arguments or ["-n", "2"])])


def lint(arguments: list[str]) -> int:
    """Every check, also after one that failed; 1 if any did."""
    if arguments not in ([], ["--fix"]):
        raise Stop("lint knows no arguments but --fix.", 2)
    ground.ready(dev=True)
    mend = bool(arguments)
    contracts = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    checks = {
        "ruff check": ["-m", "ruff", "check", "--quiet", *(["--fix"] if mend else []), "."],
        "ruff format": [
            "-m",
            "ruff",
            "format",
            "--quiet",
            "--output-format",
            "concise",
            *([] if mend else ["--check"]),
            ".",
        ],
        "mypy": ["-m", "mypy", "--no-error-summary"],
        "import contracts": ["-c", contracts, "--no-logo"],
    }
    failed = [name for name, check in checks.items() if not _passes(name, check)]
    if failed:
        say(f"Not clean: {', '.join(failed)}.")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """The workloads of benchmarks/, each in a process of its own."""
    _tests_ready()
    return _become(["-m", "benchmarks", *arguments])


def installer(arguments: list[str]) -> int:
    """The app as one folder under dist/, then a smoke test of what was built."""
    _no_arguments("installer", arguments)
    system.provide(system.DRAWING, present=system.loads)
    system.provide(system.PROGRAMS, present=shutil.which)
    if system.is_the_systems(sys.executable):
        library = str(sysconfig.get_config_var("INSTSONAME"))  # the app takes it along
        system.provide({library: library.partition(".so")[0]}, present=system.loads)
    ground.ready(dev=True)
    return _inside(["-m", "tools.installer"])


def lock(arguments: list[str]) -> int:
    """Both lock files from pyproject.toml; what is locked stays unless --upgrade is given."""
    ground.ready(dev=True)
    return _inside(["-m", "tools.locks", *arguments])


def translate(arguments: list[str]) -> int:
    """The template and every catalogue brought up to the code; 1 while a translation is missing."""
    _no_arguments("translate", arguments)
    ground.ready(dev=True)
    return _inside(["-m", "tools.translations"])


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    each.__name__: each for each in (run, demo, test, lint, bench, installer, lock, translate)
}


def _screen_ready() -> None:
    """What Qt needs to draw, and then what it needs for the window system that answers, if one does."""
    system.provide(system.DRAWING, present=system.loads)
    if display_answers():
        system.provide(system.window_libraries(os.environ), present=system.loads)


def _tests_ready() -> None:
    """Paths in the arguments are the project's, and nothing is drawn on a screen unless asked for."""
    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _screen_ready()
    ground.ready(dev=True)


def _no_arguments(command: str, arguments: list[str]) -> None:
    if arguments:
        raise Stop(f"{command} knows no arguments.", 2)


def _passes(name: str, check: list[str]) -> bool:
    began = time.perf_counter()
    passed = _inside(check) == 0
    print(f"{name}: {'clean' if passed else 'NOT CLEAN'} ({time.perf_counter() - began:.1f} s)", flush=True)
    return passed


def _inside(arguments: list[str]) -> int:
    """Runs the environment's Python in the project's folder and waits."""
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=ground.child_environment())


def _become(arguments: list[str]) -> int:
    """Turns into the environment's Python, so that signals and the answer are that program's own."""
    command = [str(PYTHON), *arguments]
    sys.stdout.flush()
    if os.name == "nt":  # execve would return to the prompt there before the program has ended
        return subprocess.call(command, env=ground.child_environment())
    os.execve(command[0], command, ground.child_environment())


def main(arguments: list[str]) -> int:
    """Runs one command; ends with its code, 2 for wrong usage, 3 when the machine is not ready."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(f"dev.py knows no command {arguments[0]}.\n\n{USAGE}", end="", file=sys.stderr)
        return 2
    try:
        return command(arguments[1:])
    except Stop as stop:
        say(stop.sentence)
        return stop.code
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

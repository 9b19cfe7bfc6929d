"""The benchmarks' harness measures fairly and tells each row in one line."""

import pytest

from benchmarks.__main__ import main, measure, workloads
from benchmarks.floor import Measure, compare, cpu_seconds, within


class Stopwatch:
    """A clock that work moves on by itself."""

    def __init__(self):
        self.now = 0.0
        self.order = []

    def work(self, name, *seconds):
        times = iter(seconds)

        def run():
            self.order.append(name)
            self.now += next(times)

        return run

    def __call__(self):
        return self.now


def test_the_median_of_five_rounds_counts_and_not_one_slow_round():
    watch = Stopwatch()
    ours = watch.work("ours", 2, 2, 90, 2, 2)
    floor = watch.work("floor", 1, 50, 1, 1, 1)
    row = compare("import", ours=ours, floor=floor, goal=2, clock=watch)
    assert (row.ours, row.floor, row.ratio, row.holds) == (2, 1, 2, True)


def test_floor_and_ours_take_turns_at_going_first():
    watch = Stopwatch()
    compare("x", ours=watch.work("o", *[1] * 5), floor=watch.work("f", *[1] * 5), goal=1, clock=watch)
    assert "".join(watch.order) == "foof" + "foof" + "fo"


def test_what_is_made_fresh_is_not_in_the_time():
    watch = Stopwatch()
    made = []

    def fresh():
        watch.now += 100
        made.append(object())
        return made[-1]

    got = []
    row = compare("x", ours=got.append, floor=got.append, goal=1, fresh=fresh, rounds=1, clock=watch)
    assert (row.ours, row.floor) == (0, 0)
    assert got == made


def test_a_short_run_is_repeated_and_told_as_one():
    watch = Stopwatch()
    ours, floor = watch.work("o", *[3] * 10), watch.work("f", *[1] * 10)
    row = compare("x", ours=ours, floor=floor, goal=1, repeat=10, rounds=1, clock=watch)
    assert (row.ours, row.floor, len(watch.order)) == (3, 1, 20)


def test_a_missed_goal_is_said():
    row = Measure("import", ours=3.0, floor=2.0, goal=1.4)
    assert not row.holds
    assert row.line() == "import: ours 3.00 s, floor 2.00 s, ratio 1.5, goal <= 1.4, holds NO"


def test_a_goal_may_allow_a_frame_besides():
    row = Measure("first page", ours=0.017, floor=0.0003, goal=1.5, plus=0.0167)
    assert row.holds
    assert row.line().endswith("goal <= 1.5 + 16.7 ms, holds yes")


@pytest.mark.parametrize(("ours", "answer"), [(48.0, "yes"), (61.5, "NO")])
def test_a_limit_of_its_own_needs_no_floor(ours, answer):
    line = within("memory", ours=ours, goal=60, unit="MB").line()
    assert line == f"memory: ours {ours:.3g} MB, floor none, ratio none, goal <= 60 MB, holds {answer}"


def test_a_floor_too_quick_to_measure_holds_no_goal():
    assert not Measure("x", ours=0.1, floor=0.0, goal=9).holds


def test_cpu_time_moves_on_with_work():
    before = cpu_seconds()
    sum(range(300_000))
    assert cpu_seconds() > before


def test_modules_with_a_main_are_the_workloads(tmp_path):
    (tmp_path / "imports.py").write_text("def main(scale):\n    pass\n")
    (tmp_path / "rows.py").write_text("def made():\n    pass\n")
    (tmp_path / "__main__.py").write_text("def main(arguments):\n    pass\n")
    assert workloads(tmp_path) == ["imports"]


def test_every_row_is_printed_also_after_a_missed_one(monkeypatch, capsys):
    def rows(scale):
        yield within("a", ours=2, goal=1, unit="MB")
        yield within("b", ours=scale, goal=10, unit="MB")

    monkeypatch.setattr("importlib.import_module", lambda name: type(name, (), {"main": staticmethod(rows)}))
    assert measure("any", 10) is False
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["a", "b"]


def test_an_unknown_workload_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as end:
        main(["nothing-like-it"])
    assert end.value.code == 2
    assert "no workload nothing_like_it" in capsys.readouterr().err

"""Judgements that ask for runs in turn, many at a time."""

from collections.abc import Iterator

import pytest

from bugforge.runner.scheduler import together


class Echo:
    """In the place of a runner: a task's report is the task; two are under way at a time, and the later ends first."""

    def __init__(self):
        self.run_so_far = []

    def run(self, tasks, meanwhile) -> Iterator:
        tasks, under_way = iter(tasks), []
        while True:
            while len(under_way) < 2 and (task := next(tasks, None)) is not None:
                self.run_so_far.append(task)
                under_way.append((len(self.run_so_far) - 1, [task]))
            if not under_way:
                return
            meanwhile()
            yield under_way.pop()


def judgement(*turns):
    """Asks for the tasks of each turn, and returns what it was told."""
    told = []
    for tasks in turns:
        told.append((yield tasks))
    return told


def test_results_come_in_the_order_of_the_judgements():
    found = list(together(Echo(), [judgement(["a", "b"], ["c"]), judgement(), judgement(["d"])]))
    assert found == [[[["a"], ["b"]], [["c"]]], [], [[["d"]]]]


def test_what_several_wait_for_is_run_once():
    echo = Echo()
    _, second = together(echo, [judgement(["a"], ["b"]), judgement(["a"], ["c"])])
    assert second == [[["a"]], [["c"]]]
    assert sorted(echo.run_so_far) == ["a", "b", "c"]


def test_what_another_has_just_been_told_is_told_at_once():
    """The first asks for `b` when it is told `a`; by then the second has waited for both."""
    echo = Echo()
    first, second = together(echo, [judgement(["a"], ["b"]), judgement(["a", "b"], ["a"])])
    assert first == [[["a"]], [["b"]]]
    assert second == [[["a"], ["b"]], [["a"]]]


def test_a_judgement_is_begun_when_there_is_nothing_else_to_do():
    echo, begun = Echo(), []

    def drawn():
        for name in "abcd":
            begun.append((name, len(echo.run_so_far)))
            yield judgement([name])

    assert len(list(together(echo, drawn()))) == 4
    assert begun[0] == ("a", 0)
    assert begun[-1][1] > 0, "all were drawn before anything ran"


def test_nothing_to_judge_is_nothing_to_run():
    echo = Echo()
    assert list(together(echo, [])) == []
    assert list(together(echo, [judgement()])) == [[]]
    assert echo.run_so_far == []


@pytest.mark.parametrize("turns", [(["task"],), ()], ids=["which is run", "which needs no run"])
def test_one_that_is_not_offered_yet_is_begun_when_another_has_returned(turns):
    """Two are wanted, and every other one is of use."""
    offered, told = [], []

    def drawn():
        while (wanted := 2 - len(told) // 2) > 0:
            if len(offered) - len(told) >= wanted:
                yield None
            else:
                offered.append(len(told))
                yield judgement(*turns)

    told.extend(together(Echo(), drawn()))
    assert len(offered) == 4

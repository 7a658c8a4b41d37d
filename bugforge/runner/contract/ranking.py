"""Which test to run next where a run stops at the first that fails: a kill of the program under test."""

from collections.abc import Sequence


class Ranking:
    """Puts the tests first that have cost least for a kill, by what one batch has shown so far."""

    def __init__(self, costs: Sequence[float]) -> None:
        """`costs`: CPU seconds of each test on the unchanged implementation."""
        self.spent, self.runs, self.kills = list(costs), [1] * len(costs), [0] * len(costs)

    def order(self) -> list[int]:
        return sorted(range(len(self.spent)), key=self._cost_of_a_kill)

    def learn(self, test: int, seconds: float, killed: bool) -> None:
        self.spent[test] += seconds
        self.runs[test] += 1
        self.kills[test] += killed

    def _cost_of_a_kill(self, test: int) -> float:
        """Mean cost over the share of kills; one kill in two runs is taken for granted, so that every test has a go."""
        return self.spent[test] / self.runs[test] * (self.runs[test] + 1) / (self.kills[test] + 0.5)

"""How many of a program's bugs its problem's demo shows."""

from bugforge.forge.sites import Sites
from bugforge.gate import Gate, batched
from bugforge.gate.demo import demo_of, demo_task
from bugforge.model import Implementation, Problem


def bugs_that_show(problem: Problem, implementation: Implementation, sites: Sites, gate: Gate) -> tuple[int, int]:
    """Of the mutants those with which the demo prints something else or raises, and how many there are."""
    sources = [candidate.source for candidate in sites.candidates(problem, implementation)]
    known = gate.reference(problem, implementation)
    keys = [[problem.demo, implementation.source, source] for source in sources]
    shown: list[bool | None] = [gate.store.get("demo", key) for key in keys]
    batches = batched([n for n, found in enumerate(shown) if found is None])
    tasks = [demo_task(problem, implementation, tuple(sources[n] for n in b), known.limits) for b in batches]
    for number, reports in gate.runner.run(tasks):
        for n, report in zip(batches[number], reports, strict=True):
            shown[n] = demo_of(report) != known.demo
            gate.store.put("demo", keys[n], shown[n])
    return shown.count(True), len(sources)

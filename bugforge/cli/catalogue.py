"""`bugforge list` and `bugforge explain`: what there is, and one thing of it in full."""

import json
from pathlib import Path
from typing import Any

import click

from bugforge.cli import completion, options, screen
from bugforge.forge.difficulty import measured_by_class
from bugforge.forge.sites import Sites
from bugforge.model import BugClass, Difficulty, Problem
from bugforge.pack import Pack, load_pack
from bugforge.pack.names import unknown


@click.command("list")
@click.argument("what", type=click.Choice(["problems", "bugs"]))
@options.pack_option
@options.no_cache_option
@options.json_option
def list_command(what: str, pack: Path | None, no_cache: bool, as_json: bool) -> None:
    """List the problems of a pack, or its bug classes, and what can be made of each."""
    loaded = load_pack(pack)
    with options.store(no_cache) as store:
        sites = Sites(loaded, store)
        places = _places(loaded, sites)
        if what == "problems":
            rows = _problem_rows(loaded, places)
        else:
            rows = _bug_rows(loaded, places)
    if as_json:
        screen.out.print(json.dumps(rows, indent=2))
        return
    texts = [{k: ", ".join(v) if isinstance(v, list) else str(v) for k, v in row.items()} for row in rows]
    if not rows:
        screen.out.print(f"The pack has no {'problem' if what == 'problems' else 'bug class'}.")
        return
    widths = {key: max(len(key), *(len(text[key]) for text in texts)) for key in rows[0]}
    for text in [{key: key for key in rows[0]}, *texts]:
        screen.out.print("  ".join(text[key].ljust(width) for key, width in widths.items()).rstrip())
    noun, total = "problem" if what == "problems" else "bug class", sum(places.values())
    screen.out.print(f"\n{screen.plural(len(rows), noun)}, {screen.plural(total, 'place')} to plant a bug.")


def _places(pack: Pack, sites: Sites) -> dict[tuple[str, str], int]:
    """How many places each bug class has in each problem."""
    found = dict[tuple[str, str], int]()
    with screen.progress("looking for places", len(pack.problems)) as bar:
        for number, problem in enumerate(pack.problems.values()):
            for implementation in problem.implementations.values():
                for plan in sites.all_of(implementation):
                    key = plan.planted.mutator, problem.name
                    found[key] = found.get(key, 0) + 1
            bar(completed=number + 1)
    screen.warn_of_left_out(sites.left_out)
    return found


def _problem_rows(pack: Pack, sites: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [
        {
            "problem": problem.name,
            "topic": problem.topic,
            "bug classes": sum(name == problem.name for _, name in sites),
            "places": sum(count for (_, name), count in sites.items() if name == problem.name),
            "implementations": list(problem.implementations),
        }
        for problem in pack.problems.values()
    ]


def _bug_rows(pack: Pack, sites: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    levels = measured_by_class(pack)
    ordered = sorted(pack.bug_classes.values(), key=lambda item: (item.category, item.id))
    return [
        {
            "bug class": bug.id,
            "category": bug.category,
            "exercises": [f"{levels[bug.id][level]} {level}" for level in Difficulty if levels[bug.id][level]],
            "places": sum(count for (name, _), count in sites.items() if name == bug.id),
            "problems": [problem for name, problem in sites if name == bug.id],
        }
        for bug in ordered
    ]


@click.command("explain")
@click.argument("name", shell_complete=completion.anything)
@click.option("--hints", is_flag=True, help="Show the hints of a bug class too.")
@options.pack_option
@options.json_option
def explain_command(name: str, hints: bool, pack: Path | None, as_json: bool) -> None:
    """Explain one bug class, or one problem, in full."""
    loaded = load_pack(pack)
    wanted = name.replace("_", "-")
    if wanted in loaded.bug_classes:
        _explain_bug(loaded.bug_classes[wanted], hints, as_json)
    elif name.replace("-", "_") in loaded.problems:
        _explain_problem(loaded.problems[name.replace("-", "_")], as_json)
    else:
        raise unknown("bug class or problem", name, {*loaded.bug_classes, *loaded.problems})


def _explain_bug(bug: BugClass, hints: bool, as_json: bool) -> None:
    about = {
        "id": bug.id,
        "category": bug.category,
        "title": bug.title,
        "why": bug.why,
        "symptoms": dict(bug.symptoms),
        "examples": [{"before": e.before, "after": e.after} for e in bug.examples],
        "also_right": list(bug.also_right),
        "treats_symptom": list(bug.treats_symptom),
        "hints": list(bug.hints),
        "follow_ups": dict(bug.follow_ups),
        "sources": list(bug.sources),
    }
    if as_json:
        screen.out.print(json.dumps(about, indent=2))
        return
    out = screen.out
    out.print(bug.id, style="bold", end="")
    out.print(f"  ({bug.category})\n\n{bug.title}\n\n{bug.why}")
    out.print("\nWhat somebody reports, where it was seen", style="bold")
    for sentence in bug.symptoms:
        out.print(f"  {sentence}")
    out.print("\nExamples", style="bold")
    for example in bug.examples:
        for side, text, style in (("right ", example.before, "green"), ("broken", example.after, "red")):
            for line in text.rstrip().splitlines():
                out.print(f"  {side}  {line}", style=style)
        out.print()
    told = {"Accept as well": bug.also_right, "Be wary of": bug.treats_symptom, "Hints": bug.hints if hints else ()}
    for title, sentences in told.items():
        if sentences:
            out.print(title, style="bold")
            out.print("".join(f"  {sentence}\n" for sentence in sentences))
    out.print("Follow-up questions", style="bold")
    for question, answer in bug.follow_ups.items():
        out.print(f"  {question}\n    {answer}")
    if bug.occurrences:
        out.print("\nSeen in", style="bold")
        out.print("".join(f"  {source}\n" for source in bug.occurrences), end="")


def _explain_problem(problem: Problem, as_json: bool) -> None:
    about = {
        "name": problem.name,
        "topic": problem.topic,
        "title": problem.title,
        "allowed": list(problem.allowed),
        "statement": problem.statement,
        "implementations": list(problem.implementations),
        "concepts": list(problem.concepts),
        "talking_points": list(problem.talking_points),
    }
    if as_json:
        screen.out.print(json.dumps(about, indent=2))
        return
    out = screen.out
    out.print(problem.title, style="bold", end="")
    out.print(f"  ({problem.name}, {problem.topic})\n\n{problem.statement}")
    out.print("\nImplementations", style="bold")
    out.print(f"  {', '.join(problem.implementations)}")
    out.print("\nTalking points", style="bold")
    for point in problem.talking_points:
        out.print(f"  {point}")

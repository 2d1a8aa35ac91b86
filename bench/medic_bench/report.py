"""The table of docs/benchmarks.md, from the results of a run."""

import json

from .base import BenchFailure, PROJECT, RESULTS

DOCUMENT = PROJECT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results: written by bench/run --report -->", "<!-- end of results -->"


def line(row):
    low, high = row["spread"]
    met = {True: "met", False: "MISSED", None: "reported"}[row["met"]]
    return f"{row['title']}: {row['ratio']:.3g} ({low:.3g} to {high:.3g}), goal {row['goal']}: {met}. {row['subject']}; {row['baseline']}"


def write():
    """Puts the table between its marks. Results of programs beside bench/run are taken in too, when they have the same shape."""
    results = [json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))]
    if not results:
        raise BenchFailure("no results below target/bench/results")
    text = DOCUMENT.read_text()
    if BEGIN not in text or END not in text:
        raise BenchFailure(f"{DOCUMENT} has lost its marks")
    head, rest = text.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    DOCUMENT.write_text(head + BEGIN + "\n" + table(results) + END + tail)


def table(results):
    machine = results[0]["machine"]
    lines = [f"{min(result['at'] for result in results)} to {max(result['at'] for result in results)}: {machine['processors']} processors, "
             f"{machine['memoryGiB']} GiB, {machine['system']}, {machine['java']}. Load average before each benchmark: "
             + ", ".join(f"{result['benchmark']} {result['load']['before']}" for result in results) + ".", "",
             "| benchmark | measured | baseline | ratio (lowest to highest) | goal | |", "|---|---|---|---|---|---|"]
    bounds = []
    for result in results:
        for row in result["rows"]:
            low, high = row["spread"]
            met = {True: "met", False: "**missed**", None: "reported"}[row["met"]]
            lines.append(f"| {row['title']} | {row['subject']} | {row['baseline']} | {row['ratio']:.3g} ({low:.3g} to {high:.3g}) "
                         f"| {row['goal']} | {met} |")
            bounds.append(f"- **{row['title']}**: {row['bound']}")
    return "\n".join(lines + ["", "What bounds each figure now:", "", *bounds, ""])

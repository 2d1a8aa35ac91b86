"""The command line."""

import argparse
import contextlib
import json
import signal
import sys
import threading
from pathlib import Path

from . import access, scenarios
from .base import LabFailure, NotPossibleHere, locked
from .monitoring import Monitoring
from .runner import Comparison, ScenarioRun, lab_in_use, run_all
from .service import service_at
from .topology import Lab, Options, require_namespaces

RIGHT, WRONG, LAB_FAILED, NOT_POSSIBLE = 0, 1, 2, 77


def main(arguments=None):
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _interrupt)
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except NotPossibleHere as reason:
        print(f"not possible here: {reason}", file=sys.stderr)
        return NOT_POSSIBLE
    except LabFailure as failure:
        print(f"the lab failed: {failure}", file=sys.stderr)
        return LAB_FAILED
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


_interrupted = threading.Event()


def _interrupt(_signal, _frame):
    """SIGTERM takes the way of SIGINT, so that every clean-up runs; and a second signal does not disturb it."""
    if not _interrupted.is_set():
        _interrupted.set()
        raise KeyboardInterrupt


def up(arguments):
    lab = Lab(arguments.lab)
    zones = dict(enumerate(arguments.zones.split(","), start=1)) if arguments.zones else {}
    options = Options(dialect=arguments.dialect, environment=arguments.environment, cm_home=arguments.cm_home, zones=zones)
    with locked(f"lab-{lab.number}"):
        lab.up(options)
    print(f"lab {lab.number} is up: " + ", ".join(f"{node.hostname} {node.management} (etcd {node.data})" for node in lab.nodes))
    return RIGHT


def down(arguments):
    lab = Lab(arguments.lab)
    with locked(f"lab-{lab.number}"):
        lab.down()
        access.forget_if_unused(lab.number)
    return RIGHT


def status(arguments):
    lab = Lab(arguments.lab)
    if not lab.is_up():
        print(f"lab {lab.number} is down")
        return WRONG
    print(f"lab {lab.number} is up, {lab.options()}")
    for node in lab.nodes:
        etcd = ("leader" if node.is_leader() else "healthy") if node.etcd_healthy() else "not healthy"
        programs = {name: bool(node.pids(name)) for name in ("etcd", "om_monitor", "cm_agent")}
        print(f"  {node.hostname} {node.management} {node.data}: etcd {etcd}, since {node.etcd_age()} s; "
              + ", ".join(f"{name} {'runs' if runs else 'DOWN'}" for name, runs in programs.items()))
    return RIGHT


def run(arguments):
    return _run_one(arguments, record_to=None)


def record(arguments):
    return _run_one(arguments, record_to=Path(arguments.to))


def _run_one(arguments, record_to):
    require_namespaces()
    scenario = scenarios.load(arguments.scenario)
    with _labs_in_use(arguments) as (lab,):
        if getattr(arguments, "no_service", False):
            result = ScenarioRun(lab, scenario).run()
            if result.lab_failure:
                raise LabFailure("\n".join([result.lab_failure, *result.details]))
            print(result.line())
            return NOT_POSSIBLE if result.not_possible else RIGHT
        told = Monitoring(lab).service_arguments() if scenario.monitoring else ()
        with service_at(arguments.url, told) as service:
            result = ScenarioRun(lab, scenario, service, record_to).run()
    print(json.dumps(result.as_json()) if arguments.json else result.line())
    return _exit_code([result])


def run_many(arguments):
    require_namespaces()
    chosen = [scenario for scenario in scenarios.load_all() if arguments.set is None or scenario.ci]
    if arguments.only:
        chosen = [scenarios.load(name) for name in arguments.only.split(",")]
    with _labs_in_use(arguments, arguments.labs) as labs:
        if arguments.no_service:
            results = run_all(chosen, labs, None, lambda result: print(result.line(), flush=True))
            return LAB_FAILED if any(result.lab_failure for result in results) else RIGHT
        with service_at(arguments.url) as service:
            results = run_all(chosen, labs, service, lambda result: print(result.line(), file=sys.stderr, flush=True),
                              Path(arguments.record_to) if arguments.record_to else None)
    table = _table(results)
    summary = _summary(results)
    if arguments.markdown:
        Path(arguments.markdown).write_text(f"{table}\n\n{summary}\n")
    if arguments.json:
        print(json.dumps({"results": [result.as_json() for result in results], "summary": summary}))
    else:
        print(f"{table}\n\n{summary}")
    return _exit_code(results)


def compare_files(arguments):
    require_namespaces()
    scenario = scenarios.load(arguments.scenario)
    with _labs_in_use(arguments) as (lab,):
        with service_at(arguments.url) as service:
            comparison = Comparison(lab, scenario, service)
            result = comparison.run()
    print(result.line())
    for line in comparison.left_behind:
        print(line)
    if result.lab_failure:
        return LAB_FAILED
    print(f"{len(comparison.left_behind)} differences on {comparison.node.hostname}, {comparison.looked_at} files compared")
    return WRONG if comparison.left_behind else RIGHT


@contextlib.contextmanager
def _labs_in_use(arguments, count=1):
    """The labs from --lab on, each under its lock. What was not up before is taken down afterwards."""
    numbers = range(arguments.lab, arguments.lab + count)
    with contextlib.ExitStack() as stack:
        # Keys stay for a service that was started elsewhere, since it may have read them; `down` removes them.
        if not arguments.url:
            stack.callback(access.forget_if_unused, *numbers)
        labs = [stack.enter_context(lab_in_use(number)) for number in numbers]
        for number in numbers:
            access.prepare(number)
        yield labs


def _exit_code(results):
    if any(result.lab_failure for result in results):
        return LAB_FAILED
    if not all(result.right or result.not_possible for result in results):
        return WRONG
    return NOT_POSSIBLE if all(result.not_possible for result in results) else RIGHT


def _table(results):
    rows = [("scenario", "rows", "truth", "verdict", "outcome", "seconds", "")]
    rows += [(result.scenario, " ".join(result.rows), result.expected, result.cause, result.outcome, f"{result.seconds:.1f}", result.word())
             for result in results]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _summary(results):
    judged = [result for result in results if not result.lab_failure and not result.not_possible]
    right = sum(result.right for result in judged)
    text = (f"{len(results)} scenarios: {right} right, {len(judged) - right} wrong, "
            f"{sum(result.wrong_confirmed for result in judged)} wrong CONFIRMED")
    failed = sum(bool(result.lab_failure) for result in results)
    skipped = sum(bool(result.not_possible) for result in results)
    return text + (f", {failed} lab failures" if failed else "") + (f", {skipped} not possible here" if skipped else "")


def list_scenarios(_arguments):
    for scenario in scenarios.load_all():
        print(f"{scenario.id:28} {' '.join(scenario.rows):12} {'ci' if scenario.ci else '  '} {scenario.title}")
    return RIGHT


def _parser():
    parser = argparse.ArgumentParser(prog="lab", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name, function, text):
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=function)
        sub.add_argument("--lab", type=int, default=1, choices=range(1, 10), metavar="N", help="which lab (1 to 9)")
        return sub

    making = command("up", up, "make three nodes")
    making.add_argument("--dialect", default="capnslog", choices=["capnslog", "zap"])
    making.add_argument("--environment", default="gauss_env_file", choices=["gauss_env_file", "bashrc", "process", "chroot"])
    making.add_argument("--cm-home", default="")
    making.add_argument("--zones", default="", help="time zones of the nodes, by comma")
    command("down", down, "remove the nodes and all they left")
    command("status", status, "what runs")

    def serviced(sub):
        sub.add_argument("--url", help="where the service is; without it, one is started from target/")
        sub.add_argument("--json", action="store_true")
        return sub

    one = serviced(command("run", run, "run one scenario and compare the verdict with the truth"))
    one.add_argument("scenario")
    one.add_argument("--no-service", action="store_true", help="only inject, wait for the effect, tell what is so, heal")
    recording = serviced(command("record", record, "run one scenario and keep what the service saw as fixtures"))
    recording.add_argument("scenario")
    recording.add_argument("--to", required=True, metavar="DIR")
    comparing = serviced(command("compare-files", compare_files, "fail when a diagnosis leaves anything on the node"))
    comparing.add_argument("scenario", nargs="?", default="cluster-stopped")
    many = serviced(command("all", run_many, "run all scenarios and print a table"))
    many.add_argument("--labs", type=int, default=2, metavar="K", help="so many labs at once, from --lab on")
    many.add_argument("--only", metavar="A,B")
    many.add_argument("--set", choices=["ci"])
    many.add_argument("--markdown", metavar="FILE")
    many.add_argument("--record-to", metavar="DIR", help="keep what the service saw in each scenario")
    many.add_argument("--no-service", action="store_true")
    command("list", list_scenarios, "list the scenarios")
    return parser

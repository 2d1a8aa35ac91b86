"""The command line."""

import argparse
import signal
import sys

from . import access
from .base import LabFailure, NotPossibleHere, locked
from .topology import Lab, Options

RIGHT, WRONG, LAB_FAILED, NOT_POSSIBLE = 0, 1, 2, 77


def main(arguments=None):
    signal.signal(signal.SIGTERM, _interrupt)
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


def _interrupt(_signal, _frame):
    """SIGTERM takes the way of SIGINT, so that every clean-up runs."""
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
        access.forget_if_unused()
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
    making.add_argument("--environment", default="gauss_env_file", choices=["gauss_env_file", "bashrc", "process"])
    making.add_argument("--cm-home", default="")
    making.add_argument("--zones", default="", help="time zones of the nodes, by comma")
    command("down", down, "remove the nodes and all they left")
    command("status", status, "what runs")
    return parser

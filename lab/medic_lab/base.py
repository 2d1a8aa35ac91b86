"""What every module needs: errors, running commands, waiting for a condition, locks."""

import contextlib
import fcntl
import os
import subprocess
import threading
import time
from pathlib import Path

RUN_DIR = Path("/run/etcd-medic-lab")
LAB_FILES = Path(__file__).resolve().parent.parent
PROJECT = LAB_FILES.parent
LABS = range(1, 10)

# Set when everything shall end: whoever waits in another thread gives up then.
STOPPING = threading.Event()


class LabFailure(Exception):
    """The lab itself went wrong: says nothing about the service."""


class NotPossibleHere(Exception):
    """This machine cannot make a node."""


def run(*command, check=True, timeout=60, stdin=None, environment=None):
    """Runs a command to its end and returns the completed process, output as text."""
    try:
        done = subprocess.run(
            [str(part) for part in command], input=stdin, stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", timeout=timeout, env=environment)
    except subprocess.TimeoutExpired:
        raise LabFailure(f"no end after {timeout} s: {' '.join(map(str, command))[:300]}") from None
    if check and done.returncode != 0:
        raise LabFailure(f"exit {done.returncode}: {' '.join(map(str, command))[:300]}\n{done.stdout}{done.stderr}".rstrip())
    return done


def wait_until(what, condition, timeout, pause=0.25, heed_stop=True):
    """Polls the condition until it is true (and returns its value), or fails naming what was waited for."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise LabFailure(f"not within {timeout} s: {what}")
        if heed_stop and STOPPING.is_set():
            raise LabFailure(f"interrupted while waiting for: {what}")
        time.sleep(pause)


def write_atomically(path, text, mode=0o600):
    """Readers see the old or the new file, never half of one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text)
    draft.chmod(mode)
    draft.rename(path)


def lock_path(name):
    return Path("/run/lock") / f"etcd-medic-lab-{name}"


@contextlib.contextmanager
def locked(name, wait=False):
    """Holds the lock of that name. The file goes when the lock goes, hence the second look at its inode."""
    path = lock_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            raise LabFailure(f"{name} is in use by another run") from None
        with contextlib.suppress(FileNotFoundError):
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                break
        os.close(descriptor)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)

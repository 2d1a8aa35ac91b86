"""The service under test: starting it where none is given, and talking HTTP with it. Nothing else of it is known here."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .access import SERVICE_CONFIGURATION
from .base import LabFailure, PROJECT, RUN_DIR, wait_until

FINAL_STATES = ("COMPLETED", "FAILED", "CANCELLED")


class Service:
    def __init__(self, url, arguments=None):
        self.url = url.rstrip("/")
        # What the lab started it with; None for one that was given, of which nothing is known.
        self.arguments = arguments

    def put_instance(self, instance):
        self._call("PUT", f"/instances/{instance['instanceId']}", {key: value for key, value in instance.items() if key != "instanceId"})

    def send_alarm(self, alarm):
        return self._call("POST", "/alarms", alarm)["diagnosisId"]

    def diagnosis(self, diagnosis_id):
        return self._call("GET", f"/diagnoses/{diagnosis_id}")

    def evidence(self, diagnosis_id):
        return self._call("GET", f"/diagnoses/{diagnosis_id}/evidence")

    def evidence_list(self, diagnosis_id):
        # The list may come bare or in a page.
        listed = self.evidence(diagnosis_id)
        return listed if isinstance(listed, list) else listed.get("items", [])

    def evidence_text(self, diagnosis_id, evidence_id):
        return self._call("GET", f"/diagnoses/{diagnosis_id}/evidence/{evidence_id}", accept="text/plain")

    def await_diagnosis(self, diagnosis_id, timeout=240):
        def finished():
            diagnosis = self.diagnosis(diagnosis_id)
            return diagnosis if diagnosis.get("status") in FINAL_STATES else None
        return wait_until(f"the diagnosis {diagnosis_id} ends", finished, timeout, pause=0.5)

    def is_up(self):
        try:
            self._call("GET", "/actuator/health")
            return True
        except LabFailure:
            return False

    def _call(self, method, path, body=None, accept="application/json"):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Accept": accept, "Content-Type": "application/json", "Accept-Language": "en"})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                text = response.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            raise LabFailure(f"{method} {path} answered {error.code}: {error.read().decode(errors='replace')[:500]}") from None
        except OSError as error:
            raise LabFailure(f"{method} {path}: {error}") from None
        return json.loads(text) if accept == "application/json" and text else text


@contextlib.contextmanager
def service_at(url, arguments=()):
    """The service at that address, or one of our own (with these arguments besides) for as long as the block runs."""
    if url:
        yield Service(url)
        return
    program, jar, port = java(), newest_jar(), _free_port()
    if _is_older_than_sources(jar):
        print("the jar is older than src/main: built anew it would know what stands there now", file=sys.stderr)
    data = Path(tempfile.mkdtemp(prefix="etcd-medic-lab-"))
    # A copy: a build that writes the jar anew meanwhile takes away the classes of the service that runs from it.
    copied = shutil.copy(jar, data)
    log_path = RUN_DIR / f"service-{port}.log"
    with open(log_path, "w", encoding="utf-8") as log:
        # --pdeathsig: it must not outlive a lab that was killed.
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", program, "-jar", str(copied), f"--server.port={port}",
             # The practice start's own known_hosts and window outrank a file; its database lies beside this process, and goes with it.
             f"--medic.ssh.known-hosts=file:{RUN_DIR}/known_hosts", f"--medic.practice.directory={data}",
             f"--spring.config.additional-location=file:{SERVICE_CONFIGURATION}", *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=RUN_DIR, start_new_session=True)
    try:
        service = Service(f"http://127.0.0.1:{port}", list(arguments))

        def ready():
            if process.poll() is not None:
                raise LabFailure(f"the service ended with {process.returncode}:\n" + _tail(log_path))
            return service.is_up()
        wait_until("the service starts", ready, 240, pause=0.5)
        yield service
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(data, ignore_errors=True)


def _tail(path):
    return "\n".join(path.read_text(errors="replace").splitlines()[-30:])


def _is_older_than_sources(jar):
    """Its change, not its modification: builds write the same time of modification into each jar."""
    built = jar.stat().st_ctime
    return any(path.stat().st_mtime > built for path in (PROJECT / "src" / "main").rglob("*") if path.is_file())


def newest_jar():
    """The practice jar of this tree that was built last."""
    jars = sorted((PROJECT / "target").glob("etcd-medic-*-practice.jar"), key=lambda jar: jar.stat().st_mtime)
    if not jars:
        raise LabFailure("no target/etcd-medic-*-practice.jar: build it, or give --url")
    return jars[-1]


def java():
    """A Java 25: $JAVA_HOME, else /usr/lib/jvm, else the path."""
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    homes += sorted(Path("/usr/lib/jvm").glob("*25*"))
    for home in homes:
        release = home / "release"
        if release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return str(home / "bin" / "java")
    program = shutil.which("java")
    if program is None:
        raise LabFailure("no Java 25 found")
    return program


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def now_rfc3339():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

"""The service with a PostgreSQL of its own in the settings of the practice start: fsync and synchronous_commit on."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import time

from .base import BenchFailure, WORK, extracted, java, need, run, wait_until


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    def __init__(self, port, data, process):
        self.port, self.data, self.process = port, data, process
        self.kept, self.used = http.client.HTTPConnection("127.0.0.1", port, timeout=60), 0.0

    def call(self, method, path, body=None):
        """One request over the kept connection; its status and its text."""
        text = None if body is None else json.dumps(body)
        if time.monotonic() - self.used > 10:
            self.kept.close()  # the service itself closes a connection that was idle for long
        self.kept.request(method, path, text, {"Content-Type": "application/json"})
        answer = self.kept.getresponse()
        self.used = time.monotonic()
        return answer.status, answer.read().decode(), answer.headers

    def get(self, path):
        status, text, _ = self.call("GET", path)
        if status != 200:
            raise BenchFailure(f"GET {path} answered {status}: {text[:300]}")
        return json.loads(text)

    def put_instance(self, instance_id, name, nodes):
        status, text, _ = self.call("PUT", f"/instances/{instance_id}", {"name": name, "nodes": nodes})
        if status not in (200, 201):
            raise BenchFailure(f"PUT answered {status}: {text[:300]}")

    def database(self):
        """What libpq needs to get in."""
        pid_file = next(self.data.glob("postgresql-*/postmaster.pid"))
        return {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": pid_file.read_text().splitlines()[3], "PGUSER": "medic",
                "PGDATABASE": "postgres", "PGPASSWORD": (self.data / "password").read_text()}

    def sql(self, text, timeout=600):
        done = run(need("psql", "postgresql-client"), "-qAtX", "-v", "ON_ERROR_STOP=1", env=self.database(), input=text, timeout=timeout)
        return done.stdout.strip()

    def cpu_seconds(self):
        """Processor time of the JVM so far, by its kernel's account."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def service(data, *properties, jvm=(), pause=0.1):
    """The service for as long as the block runs; nothing of it is left."""
    port = free_port()
    log_path = WORK / f"service-{port}.log"
    with open(log_path, "w", encoding="utf-8") as log:
        # --pdeathsig: it must not outlive a benchmark that was killed.
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", str(java()), *jvm, "-jar", str(extracted()), f"--server.port={port}",
             f"--medic.practice.directory={data}", "--medic.access.requests-per-second=1000000",
             "--medic.access.alarms-per-second=1000000", *[f"--{name}" for name in properties]],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        running = Service(port, data, process)

        def ready():
            if process.poll() is not None:
                raise BenchFailure("the service ended:\n" + "\n".join(log_path.read_text(errors="replace").splitlines()[-20:]))
            with contextlib.suppress(OSError, http.client.HTTPException):
                return running.call("GET", "/actuator/health/readiness")[0] == 200
            running.kept.close()
            return False
        wait_until("the service is ready", ready, 120, pause)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(45)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log_path.unlink(missing_ok=True)

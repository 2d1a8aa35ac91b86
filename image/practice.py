"""A PostgreSQL and three nodes to ask, by the practice start, for whoever tries the product out beside it."""
import json
import os
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PORT = 18081
# SHA-256 of the token below.
TOKEN = "rehearsal-0123456789abcdef0123456789abcdef"


def java():
    for home in [os.environ.get("JAVA_HOME", ""), *map(str, pathlib.Path("/usr/lib/jvm").glob("*-25-*"))]:
        if home and pathlib.Path(home, "bin", "java").exists():
            return str(pathlib.Path(home, "bin", "java"))
    raise SystemExit("no JDK 25 below /usr/lib/jvm or in JAVA_HOME")


def ask(method, address, body=None, accept="application/json"):
    """Status and text of an answer; raises OSError where nobody answers."""
    request = urllib.request.Request(address, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Authorization", "Bearer " + TOKEN)
    request.add_header("Content-Type", "application/json")
    request.add_header("Accept", accept)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode(), refused.headers


def await_up(address, alive, seconds=240):
    """The seconds until it answers 200."""
    begun = time.monotonic()
    while time.monotonic() < begun + seconds:
        if not alive():
            raise SystemExit("it ended instead of answering at " + address)
        try:
            if ask("GET", address)[0] == 200:
                return time.monotonic() - begun
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit("nobody answers at " + address)


def judge(service, instance):
    """Sends the alarm about the practice instance and returns the verdict; raises where it is not the right one."""
    definition = {"nodes": json.loads(instance)["nodes"]}
    assert ask("PUT", service + "/instances/practice", definition)[0] in (200, 201)
    now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    status, text, headers = ask(
        "POST", service + "/alarms", {"instanceId": "practice", "nodeId": "practice-node-3", "occurredAt": now})
    assert status == 202, text
    for _ in range(600):
        diagnosis = json.loads(ask("GET", service + headers["Location"])[1])
        if diagnosis["status"] in ("COMPLETED", "FAILED", "CANCELLED"):
            break
        time.sleep(0.1)
    verdict = diagnosis.get("verdict", {})
    assert verdict.get("outcome") == "CONFIRMED", diagnosis
    return verdict


class Practice:
    """The practice start as a process of its own."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.log = open(self.directory / "practice.log", "w")
        jar = next(ROOT.glob("target/etcd-medic-*-practice.jar"))
        self.process = subprocess.Popen(
            [java(), "-XX:TieredStopAtLevel=1", "-jar", str(jar), f"--server.port={PORT}",
             f"--medic.practice.directory={self.directory}/practice"],
            stdout=self.log, stderr=subprocess.STDOUT)
        await_up(f"http://127.0.0.1:{PORT}/instances/practice", lambda: self.process.poll() is None)
        self.instance = ask("GET", f"http://127.0.0.1:{PORT}/instances/practice")[1]
        self.home = self.directory / "practice"
        data = next(self.home.glob("postgresql-*"))
        self.database_port = int((data / "postmaster.pid").read_text().splitlines()[3])
        self.password = (self.home / "password").read_text().strip()

    def database(self, name):
        subprocess.run(
            ["psql", "-q", "-h", "127.0.0.1", "-p", str(self.database_port), "-U", "medic", "-d", "postgres",
             "-c", f"create database {name}"],
            env={**os.environ, "PGPASSWORD": self.password}, check=True)
        return f"jdbc:postgresql://127.0.0.1:{self.database_port}/{name}"

    def end(self):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

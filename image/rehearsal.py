"""What image/verify and systemd/verify stand on: a PostgreSQL and three nodes to ask, by the practice start, and a container without an engine."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PORT = 18081
PRACTICE = f"http://127.0.0.1:{PORT}/"
TOKEN = "rehearsal-0123456789abcdef0123456789abcdef"


def java():
    for home in [os.environ.get("JAVA_HOME", ""), *map(str, pathlib.Path("/usr/lib/jvm").glob("*-25-*"))]:
        if home and pathlib.Path(home, "bin", "java").exists():
            return str(pathlib.Path(home, "bin", "java"))
    raise SystemExit("no JDK 25 below /usr/lib/jvm or in JAVA_HOME")


def ask(method, address, body=None, accept="application/json"):
    """Status and text of an answer; raises OSError where nobody answers."""
    request = urllib.request.Request(address, method=method, data=None if body is None else json.dumps(body).encode())
    # The practice start knows no token, and refuses one that it does not know.
    if not address.startswith(PRACTICE):
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
        try:
            await_up(PRACTICE + "instances/practice", lambda: self.process.poll() is None)
        except BaseException:
            self.end()
            print((self.directory / "practice.log").read_text())
            raise
        self.instance = ask("GET", PRACTICE + "instances/practice")[1]
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


def said(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def verified(fact, holds=True):
    if not holds:
        raise SystemExit("NOT so: " + fact)
    print("verified: " + fact, flush=True)


def settings(directory, seen_as, practice, database):
    """The service's settings in a directory that it sees under another name: files that it can read and nobody can write."""
    directory.mkdir(parents=True)
    shutil.copy(practice.home / "known_hosts", directory)
    shutil.copy(practice.home / "client_key", directory)
    (directory / "application.yaml").write_text(json.dumps({
        "spring": {"datasource": {"url": database, "username": "medic", "password": practice.password}},
        "server": {"address": "127.0.0.1"},
        "medic": {
            "ssh": {"known-hosts": f"file:{seen_as}/known_hosts",
                    "logins": {"practice": {"user": "Ruby", "private-key": f"file:{seen_as}/client_key", "sudo": True}}},
            "evidence-window": {"before": "25s", "after": "10s"},
            "access": {"tokens": {"verify": {"roles": "admin", "sha256": hashlib.sha256(TOKEN.encode()).hexdigest()}}},
        },
    }))
    for path in [directory, *directory.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o444)


class Container:
    """Processes by runc: a read-only root, no capability, no way to one, processes and files of its own, the machine's network."""

    def __init__(self, work, root, process, mounts, proc=(), seccomp=None):
        self.name = f"etcd-medic-verify-{os.getpid()}"
        self.work = work
        bundle = work / "bundle"
        bundle.mkdir(exist_ok=True)
        kinds = ("bounding", "effective", "permitted", "inheritable", "ambient")
        (bundle / "config.json").write_text(json.dumps({
            "ociVersion": "1.0.2",
            "process": {**process, "capabilities": {kind: [] for kind in kinds}, "noNewPrivileges": True},
            "root": {"path": str(root), "readonly": True},
            "mounts": [
                {"destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid", "nodev", "noexec", *proc]},
                {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755", "size=64k"]},
                {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", "size=128m", "mode=1777"]},
                *({"destination": to, "type": "bind", "source": str(of), "options": ["rbind", "ro"]} for to, of in mounts.items()),
            ],
            "linux": {"namespaces": [{"type": kind} for kind in ("pid", "mount", "ipc", "uts")],
                      **({"seccomp": seccomp} if seccomp else {})},
        }))
        self.log = open(work / "container.log", "w")
        self.process = subprocess.Popen(
            ["runc", "run", "--bundle", str(bundle), self.name], stdout=self.log, stderr=subprocess.STDOUT)

    def up(self, service):
        """The seconds until it is ready."""
        try:
            return await_up(service + "/actuator/health/readiness", lambda: self.process.poll() is None)
        except SystemExit:
            print((self.work / "container.log").read_text())
            raise

    def confined(self, uid):
        pid = json.loads(said("runc", "state", self.name))["pid"]
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
        status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        verified(f"its process is uid {uid} without a capability or a way to one",
                 status["Uid"].split() == [str(uid)] * 4 and int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0
                 and status["NoNewPrivs"].strip() == "1")
        mounts = [line.split() for line in pathlib.Path(f"/proc/{pid}/mountinfo").read_text().splitlines()]
        writable = [mount[4] for mount in mounts if "rw" in mount[5].split(",") and not mount[4].startswith(("/proc", "/dev"))]
        verified("it can write below /tmp alone", writable == ["/tmp"])
        return status

    def stop(self):
        """Its exit status and the seconds that it took."""
        begun = time.monotonic()
        subprocess.run(["runc", "kill", self.name, "TERM"], check=True)
        self.process.wait(120)
        self.log.close()
        return self.process.returncode, time.monotonic() - begun

    def away(self):
        if self.process.poll() is None:
            subprocess.run(["runc", "kill", self.name, "KILL"])
            self.process.wait(30)

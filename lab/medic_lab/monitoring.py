"""A real Prometheus with a real node_exporter on each node, for scenarios that want the metrics of the time of the alarm."""

import shutil
import subprocess
import time

from .base import LabFailure, NotPossibleHere, run, wait_until

NODE_EXPORTER, PROMETHEUS = "prometheus-node-exporter", "prometheus"
EXPORTER_PORT, PROMETHEUS_PORT = 9100, 9090
# They end by themselves, should nobody end them.
LONGEST_SECONDS = 600
# So long is it looked before the fault, so that there is something to compare with: the evidence window opens 25 s before the alarm.
BASELINE_SECONDS = 45


class Monitoring:
    """Prometheus stands in node 1's network, which alone reaches both planes: etcd serves its metrics on the data plane."""

    def __init__(self, lab):
        self.lab = lab
        self._processes = []

    @staticmethod
    def require():
        for tool in (NODE_EXPORTER, PROMETHEUS):
            if shutil.which(tool) is None:
                raise NotPossibleHere(f"{tool} is missing (see lab/packages.txt)")

    @property
    def url(self):
        return f"http://{self.lab.node(1).management}:{PROMETHEUS_PORT}"

    def service_arguments(self):
        """Scaled down like the evidence window: a value each second, rates over five."""
        return [f"--medic.prometheus.url={self.url}", "--medic.prometheus.times.baseline=40s", "--medic.prometheus.times.step=1s",
                "--medic.prometheus.times.range=5s",
                # The inventory states no address of etcd; here its metrics carry the node's host as a label of their own.
                "--medic.prometheus.etcd.label=host", "--medic.prometheus.etcd.value={host}"]

    def start(self):
        self.require()
        directory = self.lab.directory / "prometheus"
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        try:
            for node in self.lab.nodes:
                self._start(node, NODE_EXPORTER, f"--web.listen-address={node.management}:{EXPORTER_PORT}")
            (directory / "prometheus.yml").write_text(self._configuration())
            self._start(self.lab.node(1), PROMETHEUS, f"--config.file={directory}/prometheus.yml", f"--storage.tsdb.path={directory}/data",
                        f"--web.listen-address={self.lab.node(1).management}:{PROMETHEUS_PORT}", "--log.level=error")
            wait_until("Prometheus sees all its targets", lambda: self._healthy_targets() == 2 * len(self.lab.nodes), 60)
            time.sleep(BASELINE_SECONDS)
        except BaseException:
            self.stop()
            raise

    def _start(self, node, *command):
        with open(self.lab.directory / f"{command[0]}-{node.index}.log", "w", encoding="utf-8") as log:
            self._processes.append(subprocess.Popen(
                # TERM, which timeout hands on; KILL would leave its child behind.
                ["setpriv", "--pdeathsig", "TERM", "nsenter", f"--net=/run/netns/{node.namespace}", "timeout", "-k", "5", str(LONGEST_SECONDS), *command],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True))

    def _healthy_targets(self):
        for process in self._processes:
            if process.poll() is not None:
                raise LabFailure(f"monitoring ended with {process.returncode}; see {self.lab.directory}")
        answer = run("curl", "-sS", "-m", "2", f"{self.url}/api/v1/query?query=sum(up)", check=False).stdout
        return int(answer.rsplit('"', 2)[1]) if '"value"' in answer else 0

    def _configuration(self):
        nodes = "".join(f"      - targets: ['{node.management}:{EXPORTER_PORT}']\n" for node in self.lab.nodes)
        etcds = "".join(f"      - targets: ['{node.data}:2379']\n        labels: {{host: {node.management}}}\n" for node in self.lab.nodes)
        return ("global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n"
                f"  - job_name: node\n    static_configs:\n{nodes}  - job_name: etcd\n    static_configs:\n{etcds}")

    def stop(self):
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes = []

"""Faults that are told by the logs alone: old ones that mislead, fresh ones that were rotated away."""

import datetime

from ..base import wait_until
from ..node import DATA_DIR, ETCD_LOG
from .fault import Fault, fault
from .storage import DiskFull


@fault("old-lines")
class OldLines(Fault):
    """Yesterday's full disk still stands at the front of the log; today all is well."""

    ends_by_itself = True

    LINES = (
        "{0} 03:12:41.116027 E | wal: failed to allocate space when creating new wal file (no space left on device)",
        "{0} 03:14:02.530711 C | mvcc/backend: cannot commit tx (write /usr/local/etcd/member/snap/db: no space left on device)",
        "{0} 03:14:03.801942 I | etcdmain: etcd Version: 3.4.23",
        "{0} 03:14:03.912228 C | etcdmain: cannot access data directory: open /usr/local/etcd/.touch: no space left on device")

    def inject(self):
        yesterday = datetime.date.fromisoformat(self.node.sh("date +%F").strip()) - datetime.timedelta(days=1)
        old = "".join(line.format(yesterday) + "\n" for line in self.LINES)
        path = self.node.root_path(ETCD_LOG)
        content = path.read_bytes()
        # In place: etcd appends to this very file.
        with open(path, "r+b") as log:
            log.write(content[:80] + old.encode() + content[80:])


@fault("rotated-away")
class RotatedAway(DiskFull):
    """etcd died of a full disk, its log was rotated and compressed at once, the disk is free again and etcd was started."""

    def inject(self):
        self.remember_log()
        with self.node.without_om_monitor():
            self.fill()
            self.write_until_etcd_dies()
            self.node.gauss("rotate_etcd_log gzip")
            super().heal()
        wait_until("etcd comes back", self.node.etcd_healthy, 40)

    def effect(self):
        return self.node.etcd_healthy() and self.node.try_sh(f"ls {ETCD_LOG.rsplit('/', 1)[0]}/*.log.gz >/dev/null && [ -d {DATA_DIR}/member ]")


@fault("buried-in-log")
class BuriedInLog(DiskFull):
    """etcd dies of a full disk; its log has grown to a gigabyte: days of old lines with an old full disk, a hole, binary rubbish, an endless line, then now."""

    SIZE = 1 << 30

    def inject(self):
        day = datetime.date.fromisoformat(self.node.sh("date +%F").strip()) - datetime.timedelta(days=2)
        old = "".join(line.format(day) + "\n" for line in OldLines.LINES)
        filler = "".join(f"{day} 04:{i // 60 % 60:02}:{i % 60:02}.{i:06} I | etcdserver: applied {i}\n" for i in range(3600))
        rubbish = bytes(range(256)) * 64 + b"\n" + b"e" * 3_000_000 + b"\n"
        path = self.node.root_path(ETCD_LOG)
        content = path.read_bytes()
        # In place: etcd appends to this very file. What is never written is a hole and costs no room.
        with open(path, "r+b") as log:
            log.truncate(0)
            log.write((old + filler * 10).encode())
            log.seek(self.SIZE)
            log.write(b"\n" + rubbish + content)
        super().inject()

    def remember_log(self):
        self._log_start = self.node.root_path(ETCD_LOG).stat().st_size

    def new_log_text(self):
        return self.node.sh(f"tail -c +{self._log_start + 1} {ETCD_LOG}")

    def heal(self):
        super().heal()
        recent = self.node.sh(f"tail -c 65536 {ETCD_LOG} | tail -n +2")
        with open(self.node.root_path(ETCD_LOG), "r+b") as log:
            log.truncate(0)
            log.write(recent.encode())

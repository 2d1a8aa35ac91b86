"""Faults of etcd's disk, of its data directory and of what lies in it."""

from ..base import LabFailure, run, wait_until
from ..node import DATA_DIR, DATA_MEGABYTES
from .fault import Fault, fault

NO_SPACE = "no space left on device"


@fault("disk-full")
class DiskFull(Fault):
    """etcd's disk is full and etcd dies of it. `by`: others (an operator's dump) | own (what a repair of the log left; etcd clears other left-overs away when it starts)."""

    FILES = {"others": (f"{DATA_DIR}/dump_20261120.tar", "root:root"),
             "own": (f"{DATA_DIR}/member/wal/0000000000000000-0000000000000000.wal.broken", "Ruby:Ruby")}

    def inject(self):
        self.remember_log()
        self._starts_before = self._starts()
        self.fill()
        self.write_until_etcd_dies()

    def _starts(self):
        return sum("run etcd command" in line for line in self.node.om_monitor_log())

    def fill(self):
        path, owner = self.FILES[self.parameters.get("by", "others")]
        self.node.sh(f"cat /dev/zero >{path} 2>/dev/null; chown {owner} {path}; chmod 600 {path}; [ $(df --output=avail {DATA_DIR} | tail -n 1) -eq 0 ]")

    def write_until_etcd_dies(self):
        before = self.node.pids("etcd")
        writer = self.lab.peers(self.node)[0]

        def dies():
            writer.put_keys(10, 100)
            return self.node.pids("etcd") != before
        wait_until("etcd dies of the full disk", dies, 60, pause=0.1)

    def effect(self):
        """
        The loop stands: after the first deaths etcd still serves for a second between two ends, and looks merely restarted. What ends
        it again is a write, as the cluster manager makes them all the time in the field.
        """
        self.lab.peers(self.node)[0].put_keys(2, 100)
        return self.fails_with(NO_SPACE) and self._starts() - self._starts_before >= 4

    def heal(self):
        path, _ = self.FILES[self.parameters.get("by", "others")]
        self.node.sh(f"rm -f {path}")


@fault("inodes-full")
class InodesFull(Fault):
    """etcd's disk has blocks left but no inode, and etcd was restarted."""

    def inject(self):
        self.remember_log()
        used = int(self.node.sh(f"df --output=iused {DATA_DIR} | tail -n 1"))
        self.node.sh(f"mount -o remount,nr_inodes={used + 40} {DATA_DIR}; mkdir {DATA_DIR}/sessions;"
                     f"i=0; while : >{DATA_DIR}/sessions/$i; do i=$((i + 1)); done 2>/dev/null; [ $(df --output=iavail {DATA_DIR} | tail -n 1) -eq 0 ]")
        self.node.kill("etcd")

    def effect(self):
        return self.fails_with(NO_SPACE)

    def heal(self):
        self.node.sh(f"rm -rf {DATA_DIR}/sessions; mount -o remount,nr_inodes=100000 {DATA_DIR}")


@fault("other-disk-full")
class OtherDiskFull(Fault):
    """A disk is full, but not one that etcd writes to."""

    FILE = "/var/lib/engine/data1/core.4711"

    def inject(self):
        self.node.sh(f"cat /dev/zero >{self.FILE} 2>/dev/null; true")

    def heal(self):
        self.node.sh(f"rm -f {self.FILE}")


@fault("data-dir")
class DataDirectory(Fault):
    """Owner or mode of the data directory was changed, and etcd was restarted. `mode`, `owner`; `harmless`: etcd comes back."""

    def inject(self):
        self.remember_log()
        self.before = self.node.pids("etcd")
        self.node.sh(f"chown {self.parameters.get('owner', 'Ruby')} {DATA_DIR}; chmod {self.parameters.get('mode', '700')} {DATA_DIR}")
        if not self.parameters.get("untouched"):
            self.node.kill("etcd")

    def effect(self):
        if self.parameters.get("untouched"):
            return True
        return self.fails_with("permission denied", "cannot access data directory", "error listing data dir", "permission")

    def heal(self):
        self.node.sh(f"chown Ruby:Ruby {DATA_DIR}; chmod 700 {DATA_DIR}")


@fault("disk-read-only")
class DiskReadOnly(Fault):
    """The disk has gone read-only, as a kernel makes it after I/O errors, and etcd has died."""

    def inject(self):
        self.remember_log()
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            self.node.sh(f"mount -o remount,ro {DATA_DIR}")

    def effect(self):
        return self.fails_with("read-only file system")

    def heal(self):
        self.node.sh(f"mount -o remount,rw {DATA_DIR}")


@fault("disk-unmounted")
class DiskUnmounted(Fault):
    """The data disk is not mounted: etcd finds the empty directory beneath, and the cluster does not take it for a new member."""

    def inject(self):
        self.remember_log()
        keep = self.node.directory / "data-disk"
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            # A tmpfs ends with its mount, so its content is kept outside the node.
            _copy(self.node.root_path(DATA_DIR), keep)
            self.node.sh(f"umount {DATA_DIR}")

    def effect(self):
        return self.fails_with("already been bootstrapped")

    def heal(self):
        keep = self.node.directory / "data-disk"
        if not keep.exists():
            raise LabFailure("the content of the data disk is lost")
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            if not self.node.try_sh(f"mountpoint -q {DATA_DIR}"):
                self.node.sh(f"rm -rf {DATA_DIR}/member; mount -t tmpfs -o size={DATA_MEGABYTES}m,mode=700,uid=5001,gid=5001 tmpfs {DATA_DIR}")
            _copy(keep, self.node.root_path(DATA_DIR))
        _remove(keep)


@fault("wal-corrupted")
class WalCorrupted(Fault):
    """Bytes of the write-ahead log were changed on disk while etcd was down."""

    kept = None

    def inject(self):
        self.remember_log()
        # Enough entries that the damage lies in one of them, not in the bookkeeping between.
        self.lab.peers(self.node)[0].put_keys(20, 40)
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            self.segment = sorted(self.node.sh(f"ls {DATA_DIR}/member/wal/*.wal").split())[-1]
            path = self.node.root_path(self.segment)
            content = bytearray(path.read_bytes())
            self.kept = bytes(content)
            used = len(content.rstrip(b"\0"))
            middle = used - 20 * 1024
            for offset in range(middle, middle + 64):
                content[offset] ^= 0xFF
            _overwrite(path, content)

    def effect(self):
        return self.fails_with("crc mismatch")

    def heal(self):
        if self.kept is None:
            return
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            _overwrite(self.node.root_path(self.segment), self.kept)


def _overwrite(path, content):
    with open(path, "r+b") as file:
        file.write(content)


def _copy(source, target):
    target.mkdir(exist_ok=True)
    run("cp", "-a", "--sparse=always", f"{source}/.", target)


def _remove(path):
    run("rm", "-rf", path)

package org.etcdmedic.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server processes that work in a data directory. Each has it as its working directory, which is a surer sign than
 * the number in {@code postmaster.pid}: after a reboot or in a new container that number can be anybody's.
 */
record PostgresProcesses(Path data) {
    private static final Logger log = LoggerFactory.getLogger(PostgresProcesses.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * Ends what a killed start left behind, so that the next server finds the directory free. The caller holds the lock
     * of the directory; no other start can own these processes.
     */
    void endOrphans(PostgresBinaries binaries) throws IOException {
        List<ProcessHandle> orphans = running();
        if (!orphans.isEmpty()) {
            log.info(
                    "The last start was killed and its database server still runs (process {}); it is stopped first.",
                    orphans.getFirst().pid());
            stop(binaries);
        }
        // Nobody works here now, so a lock file that is left names a process of the past.
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    /** Stops the server, cutting open connections, and waits until all its processes are gone. */
    void stop(PostgresBinaries binaries) {
        if (stopCommand(binaries, "fast").status() != 0 && !running().isEmpty()) {
            stopCommand(binaries, "immediate");
        }
        // pg_ctl only waits for the lock file to go, which is a little earlier.
        awaitEnd();
    }

    private Program.Ended stopCommand(PostgresBinaries binaries, String mode) {
        return Program.of(binaries.program("pg_ctl"), "stop", "-D", data.toString(), "-m", mode, "-t", "10", "--silent")
                .asOrdinaryUser()
                .run();
    }

    private void awaitEnd() {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (!running().isEmpty()) {
            if (System.nanoTime() > patience) {
                throw new PracticeRefusal("The database server in " + data + " does not stop; it is still running as "
                        + running().stream().map(ProcessHandle::pid).toList() + ". End it by hand.");
            }
            // They are no children of ours, so nothing tells us of their end.
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** Oldest first: the postmaster, where it lives. */
    List<ProcessHandle> running() {
        return ProcessHandle.allProcesses()
                .filter(process -> worksHere(process.pid()))
                .sorted()
                .toList();
    }

    private boolean worksHere(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            if (!Files.readSymbolicLink(proc.resolve("cwd")).equals(data)) {
                return false;
            }
        } catch (IOException e) {
            return false; // ended, or not ours to look at
        }
        try {
            Path program = Files.readSymbolicLink(proc.resolve("exe")).getFileName();
            return program.toString().startsWith("postgres");
        } catch (IOException e) {
            return true; // on its way out: its memory is gone, its files are still open
        }
    }
}

package org.etcdmedic.probe.ssh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many channels may be open on one connection; learns from the server when it is fewer than we hoped for. */
final class Lanes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int limit;
    private int taken;

    Lanes(int limit) {
        this.limit = limit;
    }

    /** Waits for a free lane and takes it; false when the deadline comes first. */
    boolean enter(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = deadline.left().toNanos();
            while (taken >= limit) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The channel in the lane has ended. */
    void leave() {
        give(false);
    }

    /**
     * The server opened no channel for the lane: there are as many as it allows, so another is tried only after one of
     * them has ended.
     *
     * @return whether there was no other, so that waiting for one is no help
     */
    boolean leaveRefused() {
        return give(true);
    }

    private boolean give(boolean refused) {
        lock.lock();
        try {
            taken--;
            if (refused) {
                limit = Math.max(1, Math.min(limit, taken));
            }
            changed.signalAll();
            return taken == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a little without a lane. */
    static void pause(Deadline deadline, long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.min(millis, deadline.millis()));
    }
}

package org.etcdmedic.probe.ssh;

import java.util.concurrent.TimeUnit;

/** Does one thing at the deadline unless called off: JSch's own timeouts are per read, and a dripping server resets them. */
final class Watchdog implements AutoCloseable {
    private final Thread thread;

    Watchdog(Deadline deadline, Runnable bite) {
        this.thread = Thread.ofVirtual().name("ssh-watchdog").start(() -> {
            try {
                TimeUnit.NANOSECONDS.sleep(deadline.left().toNanos());
            } catch (InterruptedException calledOff) {
                return;
            }
            bite.run();
        });
    }

    /** Calls it off. */
    @Override
    public void close() {
        // It may be the dog itself that closes what it guards.
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }
}

package org.etcdmedic.platform;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Who is asked to stop says first that nothing should be sent to it any more (readiness), and goes on taking for a while what is sent
 * all the same: whoever spreads the requests needs some seconds to hear of it.
 */
@Component
class Farewell implements SmartLifecycle {
    private final Duration announced;
    private volatile boolean running;

    Farewell(@Value("${medic.shutdown.announced:0s}") Duration announced) {
        this.announced = announced;
    }

    /** Stopped before everything else, the web server included. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            // Nobody tells when the last balancer has heard: a span of time is all there is to wait for. An interrupt
            // ends it.
            Thread.sleep(announced);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

package org.etcdmedic.ticketing.target;

import java.time.Duration;
import java.util.Optional;

/**
 * What a target answered.
 *
 * @param status of HTTP
 * @param body its text, cut at 1 MiB
 * @param retryAfter for how long it wants to be left alone
 * @param location the address of what was made, as it says
 */
public record Answer(int status, String body, Optional<Duration> retryAfter, Optional<String> location) {}

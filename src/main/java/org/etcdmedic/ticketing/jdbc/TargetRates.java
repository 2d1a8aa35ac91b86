package org.etcdmedic.ticketing.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.etcdmedic.ticketing.target.Limits;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives out places among the requests to a target, over all replicas: GCRA (the leaky bucket as a meter, ITU-T I.371), whose whole state
 * is one instant for each rate.
 */
final class TargetRates {
    /** So much of a rate may be used at once; the rest flows evenly, so that no span of its length ever sees more than the rate. */
    private static final int BURST_SHARE = 5;

    private final JdbcClient database;

    TargetRates(JdbcClient database) {
        this.database = database;
    }

    /** When the next request may be sent; the place is taken. */
    Instant place(String target, List<Limits.Rate> rates, Instant now) {
        Instant place = now;
        for (Limits.Rate rate : rates) {
            int burst = burst(rate);
            Duration interval = interval(rate);
            Instant arrival = database.sql("""
                            insert into target_rate (name, rate, arrival_at) values (:name, :rate, :first)
                            on conflict (name, rate) do update
                                set arrival_at = greatest(target_rate.arrival_at, :now) + cast(:interval as interval)
                            returning arrival_at
                            """)
                    .param("name", target)
                    .param("rate", rate.requests() + "/" + rate.per())
                    .param("first", TicketRows.at(now.plus(interval)))
                    .param("now", TicketRows.at(now))
                    .param("interval", interval.toMillis() + " milliseconds")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
            Instant earliest = arrival.minus(interval.multipliedBy(burst));
            place = earliest.isAfter(place) ? earliest : place;
        }
        return place;
    }

    static int burst(Limits.Rate rate) {
        return Math.max(1, rate.requests() / BURST_SHARE);
    }

    static Duration interval(Limits.Rate rate) {
        long even = Math.max(1, rate.requests() - burst(rate));
        // Rounded up: a little slower is allowed, a little faster is not.
        return Duration.ofMillis(Math.ceilDiv(rate.per().toMillis(), even));
    }
}

package org.jalur.dns;

import java.time.Duration;

/**
 * What a stranger or a secondary gone wrong can take.
 *
 * @param connections over TCP at once
 * @param connectionsOfOne of one address
 * @param transfers at once; more wait
 * @param idle how long a connection waits for its next query, and for a client that reads nothing
 * @param longest how long a connection lives
 * @param queriesASecond of one known address, with as many as a burst as ten seconds bring
 * @param strangersASecond of one network of strangers (/24, or /56 of IPv6): all that they get is a
 *     refusal
 */
public record Limits(
        int connections,
        int connectionsOfOne,
        int transfers,
        Duration idle,
        Duration longest,
        int queriesASecond,
        int strangersASecond) {
    /** Octets of the largest query that is read; the largest in use has some hundred. */
    static final int QUERY = 4096;

    /** 256 connections, 32 of one address, 8 transfers, 10 s, 30 min, 200 and 5 a second. */
    public static Limits usual() {
        return new Limits(256, 32, 8, Duration.ofSeconds(10), Duration.ofMinutes(30), 200, 5);
    }
}

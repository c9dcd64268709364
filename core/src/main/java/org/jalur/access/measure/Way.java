package org.jalur.access.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One way to ask for a name. A resolver may block one of them and leave another open: an address
 * family that was forgotten, or answers over TCP that pass by its filter.
 *
 * @param dnssec whether signatures are asked for (the DO bit, RFC 3225)
 */
public record Way(Asked asked, boolean tcp, boolean dnssec) {
    /** All of them, UDP before TCP. */
    public static final List<Way> ALL =
            Stream.of(false, true)
                    .flatMap(tcp ->
                            Stream.of(false, true)
                                    .flatMap(dnssec ->
                                            Arrays.stream(Asked.values())
                                                    .map(asked -> new Way(asked, tcp, dnssec))))
                    .toList();

    /** Which type of record; HTTPS is what browsers ask first (RFC 9460). */
    public enum Asked {
        A,
        AAAA,
        HTTPS
    }
}

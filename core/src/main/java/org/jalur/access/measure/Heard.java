package org.jalur.access.measure;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** What came back to one question. */
public sealed interface Heard {
    /** Nothing in time. */
    record Nothing() implements Heard {}

    /**
     * @param addresses of A and AAAA records, also those at the end of aliases
     * @param hasData whether it has any record of the type that was asked
     * @param ttl seconds until caches forget it: of the answer, or of the SOA of a negative one
     */
    record Answer(
            Rcode rcode,
            Set<InetAddress> addresses,
            boolean hasData,
            int ttl,
            List<ExtendedError> errors)
            implements Heard {
        public Answer {
            addresses = Set.copyOf(addresses);
            errors = List.copyOf(errors);
        }
    }
}

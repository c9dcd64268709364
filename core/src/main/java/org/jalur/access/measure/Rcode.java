package org.jalur.access.measure;

/** How a resolver answers (RFC 1035 §4.1.1), as far as it matters here. */
public enum Rcode {
    NOERROR,
    NXDOMAIN,
    SERVFAIL,
    REFUSED,
    OTHER
}

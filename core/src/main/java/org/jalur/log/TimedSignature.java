package org.jalur.log;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// The `timestamped_signature` of C2SP tlog-cosignature: seconds since 1970 in eight bytes,
/// big-endian, then the signature.
record TimedSignature(long time, byte[] signature) {
    // The source allows up to 2^63 - 1, and lets verifiers refuse what lies in the future: a time
    // that no Instant can hold always does.
    private static final long LATEST = Instant.MAX.getEpochSecond();

    /// Empty if there is no time, or it is beyond what is accepted.
    static Optional<TimedSignature> parse(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            return Optional.empty();
        }
        long time = ByteBuffer.wrap(bytes).getLong();
        return time < 0 || time > LATEST
                ? Optional.empty()
                : Optional.of(
                        new TimedSignature(
                                time, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
    }

    byte[] format() {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(time)
                .put(signature)
                .array();
    }

    /// Empty for 0, by which a cosigner says nothing about when this tree was the largest.
    Optional<Instant> at() {
        return time == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(time));
    }
}

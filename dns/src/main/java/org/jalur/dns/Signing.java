package org.jalur.dns;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/**
 * Signs the messages of one answer: the first covers the query's signature, each other the one
 * before it (RFC 8945 §5.3.1).
 */
sealed interface Signing {
    /** Octets that a signature adds to a message. */
    int room();

    byte[] sign(byte[] message);

    /** Of an answer to a query without a signature. */
    record Without() implements Signing {
        @Override
        public int room() {
            return 0;
        }

        @Override
        public byte[] sign(byte[] message) {
            return message;
        }
    }

    /** Of an answer to a query whose signature was right. */
    final class With implements Signing {
        private final TSIG tsig;
        private TSIGRecord last;
        private boolean first = true;

        With(TSIG tsig, TSIGRecord query) {
            this.tsig = tsig;
            this.last = query;
        }

        @Override
        public int room() {
            return tsig.recordLength();
        }

        @Override
        public byte[] sign(byte[] message) {
            last = tsig.generate(new Message(Wire.u16(message, 0)), message, 0, last, first);
            first = false;
            return append(message, last);
        }
    }

    /** A message with a signature as its last record. */
    static byte[] append(byte[] message, TSIGRecord signature) {
        byte[] record = signature.toWire(Section.ADDITIONAL);
        byte[] signed = Arrays.copyOf(message, message.length + record.length);
        System.arraycopy(record, 0, signed, message.length, record.length);
        int additional = Wire.count(message, Section.ADDITIONAL);
        Wire.setCount(signed, Section.ADDITIONAL, additional + 1);
        return signed;
    }

    /** What an answer says about a signature that it cannot return one for (§5.3.2). */
    static byte[] unsigned(byte[] answer, TSIGRecord query, int error, Clock clock) {
        byte @Nullable [] other = null;
        return append(
                answer,
                new TSIGRecord(
                        query.getName(),
                        DClass.ANY,
                        0,
                        query.getAlgorithm(),
                        clock.instant(),
                        Duration.ofMinutes(5),
                        new byte[0],
                        Wire.u16(answer, 0),
                        error,
                        other));
    }
}

package org.jalur.dns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jalur.access.zone.Serial;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/** A query as it came, with what was understood of it. */
final class Query {
    /** Largest answer over UDP that crosses networks whole. */
    static final int UDP = 1232;

    /** Largest answer over UDP to who does not say how much it takes (RFC 1035 §4.2.1). */
    static final int PLAIN_UDP = 512;

    static final int OPT_LENGTH = 11;

    private static final int MOST_ADDITIONAL = 4;

    private final byte[] octets;
    private final Message message;
    private final Record question;

    private Query(byte[] octets, Message message, Record question) {
        this.octets = octets;
        this.message = message;
        this.question = question;
    }

    /** What came of reading a message. */
    sealed interface Reading {
        /** A query. */
        record Understood(Query query) implements Reading {}

        /** No query of ours; the answer says so and no more. */
        record Refused(int rcode) implements Reading {}

        /** Too short to answer, or an answer itself. */
        record Ignored() implements Reading {}
    }

    static Reading read(byte[] octets) {
        if (octets.length < Header.LENGTH || (octets[2] & 0x80) != 0) {
            return new Reading.Ignored();
        }
        if ((octets[2] >> 3 & 0xf) != Opcode.QUERY) {
            return new Reading.Refused(Rcode.NOTIMP);
        }
        boolean counts =
                Wire.count(octets, Section.QUESTION) == 1
                        && Wire.count(octets, Section.ANSWER) == 0
                        && Wire.count(octets, Section.AUTHORITY) <= 1
                        && Wire.count(octets, Section.ADDITIONAL) <= MOST_ADDITIONAL;
        boolean truncated = (octets[2] & 0x02) != 0;
        if (!counts || truncated) {
            return new Reading.Refused(Rcode.FORMERR);
        }
        try {
            var message = new Message(octets);
            Record question = message.getQuestion();
            return question.getDClass() == DClass.IN
                    ? new Reading.Understood(new Query(octets, message, question))
                    : new Reading.Refused(Rcode.REFUSED);
        } catch (IOException | RuntimeException _) {
            // Records of any type can stand here, and their readers fail in many ways.
            return new Reading.Refused(Rcode.FORMERR);
        }
    }

    byte[] octets() {
        return octets;
    }

    Message message() {
        return message;
    }

    Name name() {
        return question.getName();
    }

    int type() {
        return question.getType();
    }

    boolean edns() {
        return message.getOPT() != null;
    }

    /** Only version 0 is in use (RFC 6891). */
    boolean ednsUnderstood() {
        @Nullable OPTRecord opt = message.getOPT();
        return opt == null || opt.getVersion() == 0;
    }

    /** Octets of the largest answer over UDP. */
    int payload() {
        @Nullable OPTRecord opt = message.getOPT();
        return opt == null ? PLAIN_UDP : Math.clamp(opt.getPayloadSize(), PLAIN_UDP, UDP);
    }

    Optional<TSIGRecord> signature() {
        return Optional.ofNullable(message.getTSIG());
    }

    /** The version that whoever asks for differences has (RFC 1995 §3). */
    Optional<Serial> theirs() {
        List<Record> authority = message.getSection(Section.AUTHORITY);
        return authority.size() == 1 && authority.getFirst() instanceof SOARecord soa
                ? Optional.of(new Serial(soa.getSerial()))
                : Optional.empty();
    }

    /** Of an answer with authority. */
    Header answerHeader() {
        Header header = refusalHeader(octets);
        header.setFlag(Flags.AA);
        return header;
    }

    private static Header refusalHeader(byte[] octets) {
        var header = new Header(Wire.u16(octets, 0));
        header.setOpcode(octets[2] >> 3 & 0xf);
        header.setFlag(Flags.QR);
        if ((octets[2] & 0x01) != 0) {
            header.setFlag(Flags.RD);
        }
        return header;
    }

    /** An answer of nothing but its header, to what was not understood. */
    static byte[] bare(byte[] octets, int rcode) {
        Header header = refusalHeader(octets);
        header.setRcode(rcode);
        return header.toWire();
    }

    /** An answer of nothing but question and code. */
    byte[] refusal(int rcode) {
        var answer = new Message(Wire.u16(octets, 0));
        Header header = refusalHeader(octets);
        header.setRcode(rcode & 0xf);
        answer.setHeader(header);
        answer.addRecord(question, Section.QUESTION);
        if (edns()) {
            answer.addRecord(new OPTRecord(UDP, rcode >> 4, 0), Section.ADDITIONAL);
        }
        return answer.toWire();
    }

    /** What ends an answer to a query with EDNS. */
    static byte[] opt() {
        return new OPTRecord(UDP, 0, 0).toWire(Section.ADDITIONAL);
    }

    /** For people. */
    @Override
    public String toString() {
        return name() + " " + Type.string(type());
    }
}

package org.jalur.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jalur.access.DomainName;
import org.jalur.access.zone.ZoneRecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Writes messages that answer one question, as octets at once: a zone of millions of names has no
/// object for each.
///
/// Each message repeats the question (RFC 5936 §2.2.1 allows it), so that every record of the zone
/// can point to the zone's name there.
final class AnswerWriter {
    /** A record that blocks: "CNAME .", whose data is the root's one octet. */
    private static final byte[] ROOT = {0};

    private final Header header;
    private final Name question;
    private final int type;
    private final String suffix;
    private final int pointer;
    private final int limit;
    private final boolean edns;
    private byte[] message = new byte[0];
    private int length;
    private int answers;
    private int authority;

    /**
     * @param query what is answered; has a question at or below the zone's name
     * @param limit octets of a message
     */
    AnswerWriter(Query query, DomainName origin, int limit) {
        this.header = query.answerHeader();
        this.question = query.name();
        this.type = query.type();
        this.suffix = origin + ".";
        // The zone's name ends the question's, and both end with the root.
        this.pointer = Header.LENGTH + question.length() - (origin.ascii().length() + 2);
        this.limit = limit - (query.edns() ? Query.OPT_LENGTH : 0);
        this.edns = query.edns();
        begin();
    }

    private void begin() {
        message = new byte[limit];
        length = Header.LENGTH;
        answers = 0;
        authority = 0;
        var out = new DNSOutput();
        question.toWire(out, null);
        out.writeU16(type);
        out.writeU16(DClass.IN);
        put(out.toByteArray());
    }

    /** False if the record has no room; the message is as it was. */
    boolean answer(ZoneRecord record) {
        boolean fits = add(record);
        answers += fits ? 1 : 0;
        return fits;
    }

    /** As {@link #answer}, below the answers; after it no answer can be added. */
    boolean authority(ZoneRecord record) {
        boolean fits = add(record);
        authority += fits ? 1 : 0;
        return fits;
    }

    boolean isEmpty() {
        return answers == 0;
    }

    /** The message, and begins the next. */
    byte[] take(int rcode) {
        byte[] taken = finish(rcode, false);
        begin();
        return taken;
    }

    /** An answer without records that says: ask over TCP. */
    byte[] truncated() {
        begin();
        return finish(0, true);
    }

    private byte[] finish(int rcode, boolean truncated) {
        Header own = header.clone();
        if (truncated) {
            own.setFlag(Flags.TC);
        }
        own.setRcode(rcode);
        byte[] opt = edns ? Query.opt() : new byte[0];
        byte[] whole = Arrays.copyOf(message, length + opt.length);
        System.arraycopy(opt, 0, whole, length, opt.length);
        System.arraycopy(own.toWire(), 0, whole, 0, Header.LENGTH);
        Wire.setCount(whole, Section.QUESTION, 1);
        Wire.setCount(whole, Section.ANSWER, answers);
        Wire.setCount(whole, Section.AUTHORITY, authority);
        Wire.setCount(whole, Section.ADDITIONAL, edns ? 1 : 0);
        return whole;
    }

    private boolean add(ZoneRecord record) {
        byte[] data = data(record);
        byte[] owner = owner(record.owner());
        if (length + owner.length + 10 + data.length > limit) {
            return false;
        }
        put(owner);
        putU16(type(record.type()));
        putU16(DClass.IN);
        putU16(record.ttl() >>> 16);
        putU16(record.ttl());
        putU16(data.length);
        put(data);
        return true;
    }

    /** Labels of letters, digits, hyphens, underscores and "*": nothing is escaped in them. */
    private byte[] owner(String owner) {
        if (!owner.endsWith(suffix)) {
            throw new IllegalArgumentException(owner + " is not below " + suffix);
        }
        int end = Math.max(0, owner.length() - suffix.length() - 1);
        byte[] labels = owner.substring(0, end).getBytes(StandardCharsets.US_ASCII);
        byte[] wire = new byte[(end == 0 ? 0 : end + 1) + 2];
        int start = 0;
        for (int at = 0; at < end; at++) {
            if (labels[at] == '.') {
                wire[start] = (byte) (at - start);
                start = at + 1;
            } else {
                wire[at + 1] = labels[at];
            }
        }
        if (end > 0) {
            wire[start] = (byte) (end - start);
        }
        wire[wire.length - 2] = (byte) (0xc0 | pointer >> 8);
        wire[wire.length - 1] = (byte) pointer;
        return wire;
    }

    private static byte[] data(ZoneRecord record) {
        if (record.type() == ZoneRecord.Type.CNAME) {
            return ROOT;
        }
        return record(Name.root, record).rdataToWireCanonical();
    }

    /** As dnsjava has it. */
    static Record record(Name owner, ZoneRecord record) {
        try {
            return Record.fromString(
                    owner, type(record.type()), DClass.IN, record.ttl(), record.data(), Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException("the zone's own record is none: " + record.line(), e);
        }
    }

    static int type(ZoneRecord.Type type) {
        return switch (type) {
            case SOA -> Type.SOA;
            case NS -> Type.NS;
            case CNAME -> Type.CNAME;
            case TXT -> Type.TXT;
        };
    }

    private void put(byte[] octets) {
        System.arraycopy(octets, 0, message, length, octets.length);
        length += octets.length;
    }

    private void putU16(int value) {
        message[length++] = (byte) (value >> 8);
        message[length++] = (byte) value;
    }
}

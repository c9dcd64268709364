package org.jalur.dns.ask;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jalur.access.measure.ExtendedError;
import org.jalur.access.measure.Heard;
import org.jalur.access.measure.Rcode;
import org.jalur.access.zone.Serial;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.HTTPSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Reads of an answer what matters, within limits: it may come from anybody. */
final class HeardAnswer {
    /** Most addresses of one answer. */
    private static final int MOST = 16;

    private static final int MOST_ERRORS = 4;
    private static final int LONGEST_TEXT = 120;
    private static final long LARGEST_SERIAL = 0xffff_ffffL;

    private HeardAnswer() {}

    static Heard.Answer of(Message message, int type) {
        List<Record> answers = message.getSection(Section.ANSWER);
        Set<InetAddress> addresses = new HashSet<>();
        answers.stream().flatMap(HeardAnswer::addresses).limit(MOST).forEach(addresses::add);
        return new Heard.Answer(
                rcode(message.getRcode()),
                addresses,
                answers.stream().anyMatch(record -> record.getType() == type),
                ttl(message, answers),
                errors(message));
    }

    /** The first text of the answer, if it is a serial. */
    static Optional<Serial> serial(Message message) {
        return message.getSection(Section.ANSWER).stream()
                .filter(TXTRecord.class::isInstance)
                .map(record -> ((TXTRecord) record).getStrings())
                .filter(texts -> !texts.isEmpty())
                .map(List::getFirst)
                .findFirst()
                .filter(text -> text.matches("[0-9]{1,10}"))
                .map(Long::valueOf)
                .filter(number -> number <= LARGEST_SERIAL)
                .map(Serial::new);
    }

    private static Rcode rcode(int rcode) {
        return switch (rcode) {
            case org.xbill.DNS.Rcode.NOERROR -> Rcode.NOERROR;
            case org.xbill.DNS.Rcode.NXDOMAIN -> Rcode.NXDOMAIN;
            case org.xbill.DNS.Rcode.SERVFAIL -> Rcode.SERVFAIL;
            case org.xbill.DNS.Rcode.REFUSED -> Rcode.REFUSED;
            default -> Rcode.OTHER;
        };
    }

    private static Stream<InetAddress> addresses(Record record) {
        return switch (record) {
            case ARecord one -> Stream.of(one.getAddress());
            case AAAARecord one -> Stream.of(one.getAddress());
            case HTTPSRecord one -> hints(one);
            default -> Stream.empty();
        };
    }

    /** Browsers go where the hints say (RFC 9460 §7.3): a block page may stand there alone. */
    private static Stream<InetAddress> hints(HTTPSRecord record) {
        List<InetAddress> hinted = new ArrayList<>();
        try {
            if (record.getSvcParamValue(SVCBBase.IPV4HINT)
                    instanceof SVCBBase.ParameterIpv4Hint hint) {
                hinted.addAll(hint.getAddresses());
            }
            if (record.getSvcParamValue(SVCBBase.IPV6HINT)
                    instanceof SVCBBase.ParameterIpv6Hint hint) {
                hinted.addAll(hint.getAddresses());
            }
        } catch (UnknownHostException _) {
            // A hint of another length than an address has is none.
        }
        return hinted.stream();
    }

    /** Of a negative answer RFC 2308 §5; a policy zone's SOA may stand in the last section. */
    private static int ttl(Message message, List<Record> answers) {
        if (!answers.isEmpty()) {
            return seconds(answers.stream().mapToLong(Record::getTTL).min().orElse(0));
        }
        return Stream.of(Section.AUTHORITY, Section.ADDITIONAL)
                .flatMap(section -> message.getSection(section).stream())
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .map(soa -> seconds(Math.min(soa.getTTL(), soa.getMinimum())))
                .findFirst()
                .orElse(0);
    }

    /** What RFC 2181 §8 calls negative is none. */
    private static int seconds(long ttl) {
        return ttl < 0 || ttl > Integer.MAX_VALUE ? 0 : (int) ttl;
    }

    private static List<ExtendedError> errors(Message message) {
        OPTRecord opt = message.getOPT();
        if (opt == null) {
            return List.of();
        }
        return opt.getOptions().stream()
                .filter(ExtendedErrorCodeOption.class::isInstance)
                .map(ExtendedErrorCodeOption.class::cast)
                .limit(MOST_ERRORS)
                .map(one -> new ExtendedError(one.getErrorCode(), shown(one.getText())))
                .toList();
    }

    /** Without what could change the look of a page or the lines of a file. */
    private static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.codePoints()
                .filter(one -> Character.isLetterOrDigit(one) || isPlain(one))
                .limit(LONGEST_TEXT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPlain(int one) {
        return one >= ' ' && one < 0x7f;
    }
}

package org.jalur.node.resolvers;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.measure.NameState;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * One result of somebody else's probe.
 *
 * @param resolver its address, id or name
 * @param remark what the probe said besides; short
 */
record OutsideLine(
        Instant askedAt, String resolver, DomainName name, NameState state, String remark) {
    private static final DateTimeFormatter OONI =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int LONGEST_REMARK = 200;

    /** From the columns of a file. */
    static OutsideLine of(
            String askedAt, String resolver, String name, String state, String remark) {
        return new OutsideLine(
                time(askedAt),
                required("resolver", resolver),
                name(name),
                Resolver.of(NameState.values(), state.strip().toLowerCase(Locale.ROOT))
                        .orElseThrow(() ->
                                unfit(
                                        "outside-state",
                                        "state is \"%s\"; use open, blocked, unclear or silent"
                                                .formatted(state),
                                        state)),
                shortened(remark));
    }

    /**
     * From a measurement of OONI's web_connectivity: the name that was looked up, the resolver that
     * was asked, and whether what it said fitted to what the control said.
     */
    static OutsideLine ofOoni(JsonNode json) {
        String resolver =
                text(json, "resolver_ip").or(() -> query(json, "resolver_hostname")).orElse("");
        String input = text(json, "input").orElse("");
        String host = query(json, "hostname").orElseGet(() -> host(input));
        JsonNode keys = json.path("test_keys");
        String failure =
                text(keys, "dns_experiment_failure").or(() -> query(json, "failure")).orElse("");
        boolean dns = text(keys, "blocking").filter("dns"::equals).isPresent();
        String consistency = text(keys, "dns_consistency").orElse("");
        NameState state =
                dns
                        ? NameState.BLOCKED
                        : failure.contains("timeout")
                                ? NameState.SILENT
                                : consistency.equals("consistent")
                                        ? NameState.OPEN
                                        : NameState.UNCLEAR;
        return new OutsideLine(
                time(text(json, "measurement_start_time").orElse("")),
                required("resolver_ip", resolver),
                name(host),
                state,
                shortened(String.join(" ", some(consistency, failure))));
    }

    private static List<String> some(String... words) {
        List<String> some = new ArrayList<>();
        for (String word : words) {
            if (!word.isEmpty()) {
                some.add(word);
            }
        }
        return some;
    }

    private static Optional<String> text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** Of the first lookup in the list of lookups. */
    private static Optional<String> query(JsonNode json, String member) {
        return text(json.path("test_keys").path("queries").path(0), member);
    }

    private static String host(String input) {
        try {
            return Optional.ofNullable(URI.create(input.strip()).getHost()).orElse(input);
        } catch (IllegalArgumentException _) {
            return input;
        }
    }

    private static Instant time(String text) {
        try {
            return text.indexOf('T') > 0
                    ? Instant.parse(text.strip())
                    : LocalDateTime.parse(text.strip(), OONI).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw unfit(
                    "outside-time",
                    "the time is \"%s\"; write 2026-03-01T03:00:00Z, or 2026-03-01 03:00:00 in UTC"
                            .formatted(text),
                    text);
        }
    }

    private static DomainName name(String text) {
        try {
            return DomainName.read(text);
        } catch (InvalidAccessException e) {
            throw unfit("outside-name", "\"%s\" is no domain name".formatted(text), text);
        }
    }

    private static String required(String field, String text) {
        if (text.isBlank()) {
            throw unfit("outside-field", "%s is missing".formatted(field), field);
        }
        return text.strip();
    }

    private static String shortened(String text) {
        String plain =
                text.codePoints()
                        .filter(one -> !Character.isISOControl(one))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return plain.substring(0, Math.min(plain.length(), LONGEST_REMARK));
    }

    static ProblemException unfit(String type, String sentence, Object... values) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, type, sentence, values);
    }
}

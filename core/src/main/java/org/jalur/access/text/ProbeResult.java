package org.jalur.access.text;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.measure.ExtendedError;
import org.jalur.access.measure.Heard;
import org.jalur.access.measure.Rcode;
import org.jalur.access.measure.Testimony;
import org.jalur.access.measure.Way;
import org.jalur.access.zone.Serial;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.StrictJson;
import tools.jackson.core.JsonGenerator;

/** What a probe heard about one name of its task. The probe signs it. */
public record ProbeResult(UUID task, UUID probe, DomainName name, Testimony testimony) {
    private static final String VERSION = "jalur-probe-result/1";
    private static final int MAX_BYTES = 48 * 1024;

    /** Most addresses and errors of one answer that are told on. */
    private static final int MOST = 16;

    private static final int LONGEST_TTL = Integer.MAX_VALUE;

    public byte[] octets() {
        return StrictJson.write(json -> {
            json.writeStringProperty("v", VERSION);
            json.writeStringProperty("task", task.toString());
            json.writeStringProperty("probe", probe.toString());
            json.writeStringProperty("name", name.ascii());
            json.writeStringProperty("askedAt", testimony.askedAt().toString());
            testimony
                    .canary()
                    .ifPresent(heard -> {
                        json.writeObjectPropertyStart("canary");
                        write(json, heard);
                        json.writeEndObject();
                    });
            testimony
                    .serial()
                    .ifPresent(serial -> json.writeNumberProperty("serial", serial.value()));
            json.writeArrayPropertyStart("heard");
            Way.ALL.stream()
                    .filter(testimony.heard()::containsKey)
                    .forEach(way -> write(json, way, testimony));
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Way way, Testimony testimony) {
        json.writeStartObject();
        json.writeStringProperty("type", StrictJson.word(way.asked()));
        json.writeBooleanProperty("tcp", way.tcp());
        json.writeBooleanProperty("dnssec", way.dnssec());
        write(json, Optional.ofNullable(testimony.heard().get(way)).orElseThrow());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Heard heard) {
        switch (heard) {
            case Heard.Nothing _ -> json.writeBooleanProperty("answered", false);
            case Heard.Answer answer -> {
                json.writeBooleanProperty("answered", true);
                json.writeStringProperty("rcode", StrictJson.word(answer.rcode()));
                json.writeArrayPropertyStart("addresses");
                answer.addresses().stream()
                        .map(InetAddress::getHostAddress)
                        .sorted()
                        .limit(MOST)
                        .forEach(json::writeString);
                json.writeEndArray();
                json.writeBooleanProperty("data", answer.hasData());
                json.writeNumberProperty("ttl", answer.ttl());
                json.writeArrayPropertyStart("errors");
                answer.errors().stream()
                        .limit(MOST)
                        .forEach(error -> {
                            json.writeStartObject();
                            json.writeNumberProperty("code", error.code());
                            json.writeStringProperty("text", error.text());
                            json.writeEndObject();
                        });
                json.writeEndArray();
            }
        }
    }

    /**
     * @throws MalformedMessageException if it is none
     */
    public static ProbeResult read(byte[] octets) {
        StrictJson said = StrictJson.readPart(octets, "result", MAX_BYTES);
        if (!said.string("v").equals(VERSION)) {
            throw new MalformedMessageException("a result in another format than " + VERSION);
        }
        try {
            var result =
                    new ProbeResult(
                            UUID.fromString(said.string("task")),
                            UUID.fromString(said.string("probe")),
                            new DomainName(said.string("name")),
                            testimony(said));
            said.end();
            return result;
        } catch (InvalidAccessException | IllegalArgumentException e) {
            throw new MalformedMessageException("result: " + e.getMessage());
        }
    }

    private static Testimony testimony(StrictJson said) {
        Map<Way, Heard> heard = new HashMap<>();
        said.objects("heard", one -> Map.entry(way(one), heard(one)))
                .forEach(one -> {
                    if (heard.put(one.getKey(), one.getValue()) != null) {
                        throw new MalformedMessageException(
                                "result.heard tells twice of " + one.getKey());
                    }
                });
        return new Testimony(
                said.time("askedAt"),
                said.optionalObject("canary")
                        .map(one -> {
                            Heard canary = heard(one);
                            one.end();
                            return canary;
                        }),
                said.optionalNumber("serial").map(Serial::new),
                heard);
    }

    private static Way way(StrictJson said) {
        return new Way(
                said.one("type", Way.Asked.values()), said.truth("tcp"), said.truth("dnssec"));
    }

    private static Heard heard(StrictJson said) {
        if (!said.truth("answered")) {
            return new Heard.Nothing();
        }
        Rcode rcode = said.one("rcode", Rcode.values());
        Set<InetAddress> addresses = new HashSet<>();
        few(said.strings("addresses")).forEach(one -> addresses.add(InetAddress.ofLiteral(one)));
        boolean data = said.truth("data");
        long ttl = said.number("ttl");
        if (ttl < 0 || ttl > LONGEST_TTL) {
            throw new MalformedMessageException("result.ttl is %d".formatted(ttl));
        }
        List<ExtendedError> errors =
                few(
                        said.objects(
                                "errors",
                                one -> new ExtendedError(one.integer("code"), one.string("text"))));
        return new Heard.Answer(rcode, addresses, data, (int) ttl, errors);
    }

    private static <T> List<T> few(List<T> all) {
        if (all.size() > MOST) {
            throw new MalformedMessageException(
                    "result has a list of %d; at most %d are read".formatted(all.size(), MOST));
        }
        return all;
    }
}

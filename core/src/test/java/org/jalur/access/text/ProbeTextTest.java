package org.jalur.access.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.measure.ExtendedError;
import org.jalur.access.measure.Heard;
import org.jalur.access.measure.Rcode;
import org.jalur.access.measure.Testimony;
import org.jalur.access.measure.Way;
import org.jalur.access.zone.Serial;
import org.jalur.channel.Jws;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.SigningKey;
import org.junit.jupiter.api.Test;

class ProbeTextTest {
    private static final Instant NOW = Instant.parse("2026-11-29T07:00:00.123Z");
    private static final UUID TASK = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID PROBE = UUID.fromString("22222222-2222-4222-8222-222222222222");

    private static ProbeTask task(int names) {
        return new ProbeTask(
                TASK,
                PROBE,
                InetAddress.ofLiteral("192.0.2.53"),
                53,
                IntStream.range(0, names)
                        .mapToObj(i -> new DomainName("name" + i + ".example"))
                        .toList(),
                Optional.of(new DomainName("canary.authority.example")),
                NOW);
    }

    private static ProbeResult result() {
        Map<Way, Heard> heard = new HashMap<>();
        Way.ALL.forEach(way ->
                heard.put(
                        way,
                        way.tcp()
                                ? new Heard.Nothing()
                                : new Heard.Answer(
                                        Rcode.NXDOMAIN,
                                        Set.of(InetAddress.ofLiteral("2001:db8::1")),
                                        false,
                                        30,
                                        List.of(new ExtendedError(15, "Sample")))));
        return new ProbeResult(
                TASK,
                PROBE,
                new DomainName("t.me"),
                new Testimony(
                        NOW,
                        Optional.of(new Heard.Nothing()),
                        Optional.of(new Serial(4_294_967_295L)),
                        heard));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(ProbeTask.read(task(3).octets())).isEqualTo(task(3));
        assertThat(ProbeResult.read(result().octets())).isEqualTo(result());
        var request = new ProbeRequest(PROBE, NOW);
        assertThat(ProbeRequest.read(request.octets())).isEqualTo(request);
    }

    @Test
    void largestResultFitsIntoASignature() {
        Map<Way, Heard> heard = new HashMap<>();
        String text = "x".repeat(200);
        Set<InetAddress> addresses = new java.util.HashSet<>();
        for (int i = 0; i < 16; i++) {
            addresses.add(
                    InetAddress.ofLiteral(
                            "2001:db8:1111:2222:3333:4444:5555:%x".formatted(0x6666 + i)));
        }
        Way.ALL.forEach(way ->
                heard.put(
                        way,
                        new Heard.Answer(
                                Rcode.NOERROR,
                                addresses,
                                true,
                                Integer.MAX_VALUE,
                                List.of(
                                        new ExtendedError(15, text),
                                        new ExtendedError(16, text)))));
        var result =
                new ProbeResult(
                        TASK,
                        PROBE,
                        new DomainName("t.me"),
                        new Testimony(NOW, Optional.empty(), Optional.empty(), heard));

        Jws signed = Jws.sign(Jws.Type.PROBE_RESULT, result.octets(), SigningKey.generate());

        assertThat(signed.compact().length()).isLessThan(Jws.MAX_LENGTH);
        assertThat(ProbeResult.read(signed.payload())).isEqualTo(result);
    }

    @Test
    void taskOfNoOrTooManyNamesIsNone() {
        assertThatThrownBy(() -> task(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> task(ProbeTask.NAMES + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(String json) {
        byte[] octets = json.getBytes(UTF_8);
        assertThatThrownBy(() -> ProbeResult.read(octets))
                .as(json)
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> ProbeTask.read(octets))
                .as(json)
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> ProbeRequest.read(octets))
                .as(json)
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void whatIsNoneIsRefused() {
        String right = new String(result().octets(), UTF_8);

        assertRefused("");
        assertRefused("[]");
        assertRefused("{}");
        assertRefused("{\"v\":\"jalur-probe-result/2\"}");
        assertRefused(right.replace("\"task\"", "\"other\""));
        assertRefused(right.replace("t.me", "T.ME"));
        assertRefused(right.replace("2001:db8:0:0:0:0:0:1", "host.example"));
        assertRefused(right.replace("\"ttl\":30", "\"ttl\":-1"));
        assertRefused(right.replace("\"ttl\":30", "\"ttl\":3.5"));
        assertRefused(right.replace("nxdomain", "unheard"));
        assertRefused(right.replace("4294967295", "4294967296"));
        assertRefused(right.replace("\"type\":\"aaaa\"", "\"type\":\"a\""));
        assertRefused(right.replaceFirst("\"heard\":\\[.*]", "\"heard\":[]"));
    }
}

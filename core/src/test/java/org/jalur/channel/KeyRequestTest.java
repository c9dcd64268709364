package org.jalur.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;

/** New keys, asked for and signed, and why they came. */
class KeyRequestTest {
    private static final PartyId PARTY = new PartyId("otoritas-contoh");
    private static final Instant NOON = Instant.parse("2026-11-25T05:00:00Z");

    private final SigningKey identity = SigningKey.generate();
    private final Hash pinned = identity.publicKey().fingerprint();

    private static KeyRequest request(long serial, Optional<Reason> reason) {
        Map<Use, PublicSigningKey> keys = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            keys.put(use, SigningKey.generate().publicKey());
        }
        return new KeyRequest(
                PARTY, serial, "otoritas-contoh.example/journal", keys, Optional.empty(), reason);
    }

    private KeyStatement signed(KeyRequest request) {
        return request.statement(identity.publicKey(), NOON);
    }

    @Test
    void requestReadsBackAndBecomesTheStatementThatIsForIt() {
        KeyRequest request = request(2, Optional.of(Reason.COMPROMISE));

        KeyRequest read = KeyRequest.parse(request.toJson());
        KeyStatement statement = KeyStatement.open(signed(read).sign(identity), PARTY, pinned);

        assertThat(read).isEqualTo(request);
        assertThat(statement.reason()).contains(Reason.COMPROMISE);
        assertThat(request.isFor(statement)).isTrue();
        assertThat(request(2, Optional.of(Reason.COMPROMISE)).isFor(statement)).isFalse();
    }

    @Test
    void statementWithoutAReasonIsReadAsBefore() {
        String compact = signed(request(2, Optional.empty())).sign(identity);

        assertThat(new String(Jws.parse(compact, Jws.Type.KEYS).payload(), UTF_8))
                .doesNotContain("reason");
        assertThat(KeyStatement.open(compact, PARTY, pinned).reason()).isEmpty();
    }

    @Test
    void unknownReasonAndOneForTheFirstKeysAreRefused() {
        String json =
                new String(request(2, Optional.of(Reason.ROTATION)).toJson(), UTF_8)
                        .replace("rotation", "whim");

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> KeyRequest.parse(json.getBytes(UTF_8)))
                .withMessageContaining("whim");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> request(1, Optional.of(Reason.ROTATION)));
    }

    @Test
    void keysAreBelievedUntilTheNextOnesRevokeThem() {
        KeyStatement first = signed(request(1, Optional.empty()));
        KeyStatement second = signed(request(2, Optional.of(Reason.ROTATION)));
        KeyStatement third = signed(request(3, Optional.of(Reason.COMPROMISE)));

        assertThat(KeyStatement.believed(List.of(first, second))).containsExactly(first, second);
        assertThat(KeyStatement.believed(List.of(first, second, third)))
                .containsExactly(first, third);
    }

    @Test
    void claimedStatementIsByTheIdentityThatItNames() {
        String compact = signed(request(1, Optional.empty())).sign(identity);
        String forged = compact.substring(0, compact.length() - 4) + "AAAA";

        assertThat(KeyStatement.claimed(compact).identity()).isEqualTo(identity.publicKey());
        assertThatExceptionOfType(UntrustedKeyException.class)
                .isThrownBy(() -> KeyStatement.claimed(forged));
    }
}

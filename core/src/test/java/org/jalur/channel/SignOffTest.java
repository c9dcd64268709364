package org.jalur.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;

/** An approver's signature over the parts of one notice, and the keys that ask for it. */
class SignOffTest {
    private static final PartyId AUTHORITY = new PartyId("otoritas-contoh");
    private static final PartyId PLATFORM = new PartyId("platform-contoh");

    private final SigningKey approver = SigningKey.generate();
    private final SigningKey identity = SigningKey.generate();
    private final List<PublicSigningKey> approvers = List.of(approver.publicKey());
    private final DraftFile draft =
            new DraftFile(
                    UUID.randomUUID(),
                    AUTHORITY,
                    PLATFORM,
                    List.of(
                            Part.of("notice", "{\"sample\":1}".getBytes(UTF_8)),
                            Part.of("item", "sample post A".getBytes(UTF_8))));

    private KeyStatement statement(List<PublicSigningKey> approvers) {
        Map<Use, PublicSigningKey> keys = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            keys.put(use, SigningKey.generate().publicKey());
        }
        return new KeyRequest(
                        AUTHORITY,
                        1,
                        "otoritas.example/journal",
                        keys,
                        Optional.empty(),
                        Optional.empty())
                .statement(identity.publicKey(), Instant.parse("2026-11-25T05:00:00Z"), approvers);
    }

    @Test
    void signatureOfAnApproverIsKnownAndAnyOtherIsNot() {
        SignOff signOff = draft.signOff();
        String signed = signOff.sign(approver);

        assertThat(signOff.signer(signed, approvers)).contains(approver.publicKey());
        assertThat(signOff.signer(signOff.sign(SigningKey.generate()), approvers)).isEmpty();
        assertThat(signOff.signer(signed, List.of())).isEmpty();
        assertThat(signOff.signer("nonsense", approvers)).isEmpty();
        assertThat(signOff.signer("x".repeat(SignOff.MAX_LENGTH + 1), approvers)).isEmpty();
        assertThat(signOff.signer(signed.substring(0, signed.length() - 4) + "AAAA", approvers))
                .isEmpty();
    }

    @Test
    void signatureHoldsForNoOtherMessageReceiverOrContent() {
        SignOff signOff = draft.signOff();
        String signed = signOff.sign(approver);

        for (SignOff other :
                List.of(
                        new SignOff(UUID.randomUUID(), AUTHORITY, PLATFORM, signOff.root()),
                        new SignOff(draft.message(), PLATFORM, AUTHORITY, signOff.root()),
                        new SignOff(
                                draft.message(),
                                AUTHORITY,
                                new PartyId("platform-lain"),
                                signOff.root()),
                        new SignOff(
                                draft.message(),
                                Optional.of(UUID.randomUUID()),
                                AUTHORITY,
                                PLATFORM,
                                signOff.root()),
                        new SignOff(draft.message(), AUTHORITY, PLATFORM, Hash.sha256()))) {
            assertThat(other.signer(signed, approvers)).as(other.toString()).isEmpty();
        }
    }

    @Test
    void signatureOfAWithdrawalHoldsForItsNoticeAlone() {
        var withdrawal =
                new DraftFile(
                        UUID.randomUUID(),
                        Optional.of(UUID.randomUUID()),
                        AUTHORITY,
                        PLATFORM,
                        List.of(Part.of("withdrawal", "{\"reason\":\"Sample\"}".getBytes(UTF_8))));
        DraftFile read = DraftFile.read(withdrawal.octets());
        SignOff signOff = read.signOff();
        String signed = signOff.sign(approver);

        assertThat(read.about()).isEqualTo(withdrawal.about());
        assertThat(signOff).isEqualTo(withdrawal.signOff());
        assertThat(signOff.signer(signed, approvers)).contains(approver.publicKey());
        for (Optional<UUID> about :
                List.of(Optional.<UUID>empty(), Optional.of(UUID.randomUUID()))) {
            assertThat(
                            new SignOff(
                                            signOff.message(),
                                            about,
                                            AUTHORITY,
                                            PLATFORM,
                                            signOff.root())
                                    .signer(signed, approvers))
                    .isEmpty();
        }
    }

    @Test
    void signatureOfAnotherKindIsNoSignOff() {
        String asMessage =
                Jws.sign(
                                Jws.Type.MESSAGE,
                                Jws.parse(draft.signOff().sign(approver), Jws.Type.SIGN_OFF)
                                        .payload(),
                                approver)
                        .compact();

        assertThat(draft.signOff().signer(asMessage, approvers)).isEmpty();
    }

    @Test
    void draftFileReadsBackAndWhatIsCutOffOrForeignIsRefused() {
        byte[] octets = draft.octets();

        assertThat(DraftFile.read(octets).signOff()).isEqualTo(draft.signOff());
        for (int length :
                IntStream.iterate(0, one -> one < octets.length, one -> one + 7).toArray()) {
            byte[] cut = Arrays.copyOf(octets, length);
            // A file that ends between two parts is whole, and of another root.
            try {
                assertThat(DraftFile.read(cut).signOff()).isNotEqualTo(draft.signOff());
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageContaining("draft");
            }
        }
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> DraftFile.read("PK something else\n".getBytes(UTF_8)));
    }

    @Test
    void statementNamesApproversAndOneWithoutStaysAsItWas() {
        KeyStatement with =
                KeyStatement.open(
                        statement(approvers).sign(identity),
                        AUTHORITY,
                        identity.publicKey().fingerprint());
        String without = statement(List.of()).sign(identity);

        assertThat(with.approvers()).isEqualTo(approvers);
        assertThat(SignOff.isNeeded(with, "notice")).isTrue();
        for (String kind : List.of("withdrawal", "non-disclosure", "list", "access-order")) {
            assertThat(SignOff.isNeeded(with, kind)).as(kind).isTrue();
        }
        assertThat(SignOff.isNeeded(with, "acknowledgement")).isFalse();
        assertThat(SignOff.isNeeded(with, "access-event")).isFalse();
        assertThat(SignOff.isNeeded(with, "of-a-later-version")).isFalse();
        assertThat(new String(Jws.parse(without, Jws.Type.KEYS).payload(), UTF_8))
                .doesNotContain("approvers");
        assertThat(KeyStatement.claimed(without).approvers()).isEmpty();
    }

    @Test
    void requestIsForItsStatementWhoeverTheApproversAre() {
        Map<Use, PublicSigningKey> keys = statement(List.of()).keys();
        var request =
                new KeyRequest(
                        AUTHORITY,
                        1,
                        "otoritas.example/journal",
                        keys,
                        Optional.empty(),
                        Optional.empty());

        assertThat(
                        request.isFor(
                                request.statement(
                                        identity.publicKey(),
                                        Instant.parse("2026-11-25T05:00:00Z"),
                                        approvers)))
                .isTrue();
    }

    @Test
    void neitherTheIdentityKeyNorTooManyAreApprovers() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> statement(List.of(identity.publicKey())))
                .withMessageContaining("a person");
        List<PublicSigningKey> many =
                IntStream.rangeClosed(0, KeyStatement.MAX_APPROVERS)
                        .mapToObj(_ -> SigningKey.generate().publicKey())
                        .toList();
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> statement(many))
                .withMessageContaining("limit is 16");
    }
}

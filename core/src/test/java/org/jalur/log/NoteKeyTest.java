package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteKeyTest {
    private static final NoteVerifier A = Keys.signer("alice.example/log").verifier();
    private static final NoteVerifier B = Keys.signer("alice.example/log").verifier();

    @Test
    void verifierKeyReadsBackAsWritten() {
        assertThat(NoteVerifier.parse(A.vkey())).isEqualTo(A).hasSameHashCodeAs(A).isNotEqualTo(B);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/foo+530d903a",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==",
                "example.com/foo+530d903a+",
            })
    void otherVerifierKeysAreRefused(String vkey) {
        assertThatThrownBy(() -> NoteVerifier.parse(vkey))
                .isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void signerIsOnePairOfEd25519Keys() {
        var one = Keys.pair("Ed25519");
        var other = Keys.pair("Ed25519");
        var rsa = Keys.pair("RSA");

        assertThatThrownBy(() -> NoteSigner.ed25519("a", one.getPrivate(), other.getPublic()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NoteSigner.ed25519("a", rsa.getPrivate(), one.getPublic()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NoteVerifier.ed25519("a", rsa.getPublic()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NoteSigner.ed25519("a b", one.getPrivate(), one.getPublic()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jalur.log.TrustPolicy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final String ORIGIN = "alice.example/log";
    private static final Checkpoint CHECKPOINT =
            new Checkpoint(ORIGIN, 3, Hash.sha256(new byte[] {7}));
    private static final KeyPair LOG_KEYS = Keys.pair("Ed25519");
    private static final NoteSigner LOG =
            NoteSigner.ed25519(ORIGIN, LOG_KEYS.getPrivate(), LOG_KEYS.getPublic());
    private static final List<NoteSigner> X = witnesses("x");
    private static final List<NoteSigner> Y = witnesses("y");

    /// The example of C2SP tlog-policy, with keys.
    private static final String EXAMPLE =
            """
            log LOG

            witness X1 X1KEY
            witness X2 X2KEY
            witness X3 X3KEY
            group X-witnesses 2 X1 X2 X3

            witness Y1 Y1KEY
            witness Y2 Y2KEY
            witness Y3 Y3KEY
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y
            """;

    @ParameterizedTest
    @CsvSource({
        "0 1,0,true",
        "0 2,1 2,true",
        "0 1 2,0 1 2,true",
        "0,0,false",
        "0 1,'',false",
        "'',0 1 2,false",
        "'','',false"
    })
    void nestedGroupsDecideTheQuorum(String xs, String ys, boolean quorum) {
        SignedNote note = signed(xs, ys);

        Verdict verdict = policy(EXAMPLE).evaluate(note);

        assertThat(verdict.quorum()).isEqualTo(quorum);
        assertThat(verdict.isAccepted()).isEqualTo(quorum);
        assertThat(verdict.checkpoint()).isEqualTo(CHECKPOINT);
        assertThat(verdict.logs()).extracting(TrustPolicy.NamedLog::key).containsOnly(key(LOG));
        assertThat(verdict.cosignatures())
                .hasSize(note.signatures().size() - 1)
                .allSatisfy(cosignature -> assertThat(cosignature.at()).isEqualTo(NOON));
    }

    @Test
    void singleWitnessCanBeTheQuorum() {
        TrustPolicy policy = policy("log LOG\nwitness X1 X1KEY\nwitness X2 X2KEY\nquorum X1\n");

        assertThat(policy.evaluate(signed("0", "")).isAccepted()).isTrue();
        assertThat(policy.evaluate(signed("1", "")).isAccepted()).isFalse();
    }

    @Test
    void noCosignatureIsNeededForTheQuorumNone() {
        TrustPolicy policy = policy("quorum none\nlog LOG\n");

        assertThat(policy.quorum()).isEmpty();
        assertThat(policy.evaluate(signed("", "")).isAccepted()).isTrue();
    }

    @Test
    void policyWithoutLogsSaysOnlyWhetherTheQuorumIsReached() {
        Verdict verdict = policy("witness X1 X1KEY\nquorum X1\n").evaluate(signed("0", ""));

        assertThat(verdict.quorum()).isTrue();
        assertThat(verdict.logs()).isEmpty();
        assertThat(verdict.isAccepted()).isFalse();
    }

    @Test
    void checkpointThatNoListedLogSignedIsNotAccepted() {
        NoteSigner namesake = Keys.signer(ORIGIN);
        TrustPolicy policy = policy("log LOG\nwitness X1 X1KEY\nquorum X1\n");

        Verdict verdict = policy.evaluate(CHECKPOINT.sign(namesake, X.getFirst()));

        assertThat(verdict.quorum()).isTrue();
        assertThat(verdict.isAccepted()).isFalse();
    }

    @Test
    void logSpeaksOnlyForTheOriginThatItsKeyIsNamedAfter() {
        SignedNote note = new Checkpoint("bob.example/log", 3, CHECKPOINT.root()).sign(LOG);

        assertThat(policy("log LOG\nquorum none\n").evaluate(note).isAccepted()).isFalse();
    }

    @Test
    void logMayBeListedWithItsPostQuantumKeyToo() {
        NoteSigner postQuantum = Keys.mlDsa44(ORIGIN, CLOCK);
        TrustPolicy policy = policy("log LOG\nlog " + key(postQuantum).vkey() + "\nquorum none\n");

        assertThat(policy.evaluate(CHECKPOINT.sign(LOG, postQuantum)).logs()).hasSize(2);
        assertThat(policy.evaluate(CHECKPOINT.sign(postQuantum)).isAccepted()).isTrue();
        assertThat(policy.evaluate(CHECKPOINT.sign(X.getFirst())).isAccepted()).isFalse();
    }

    @Test
    void witnessThatCosignsTwiceCountsOnce() {
        TrustPolicy policy =
                policy("log LOG\nwitness a X1KEY\nwitness b X2KEY\ngroup g 2 a b\nquorum g\n");

        assertThat(policy.evaluate(signed("0 0", "")).isAccepted()).isFalse();
        assertThat(policy.evaluate(signed("0 1", "")).isAccepted()).isTrue();
    }

    @Test
    void cosignatureWithoutATimeDoesNotCount() {
        KeyPair pair = Keys.pair("ML-DSA-44");
        NoteVerifier witness = NoteVerifier.mlDsa44("w", pair.getPublic());
        byte[] message = CosignedMessage.mlDsa44("w", 0, CHECKPOINT.text().getBytes(UTF_8));
        byte[] signature = SignatureAlgorithm.ML_DSA_44.sign(pair.getPrivate(), message);
        SignedNote note =
                CHECKPOINT
                        .sign(LOG)
                        .with(NoteSignature.of(witness, new TimedSignature(0, signature).format()));

        Verdict verdict =
                policy("log LOG\nwitness w " + witness.vkey() + "\nquorum w\n").evaluate(note);

        assertThat(verdict.isAccepted()).isFalse();
        assertThat(verdict.logs()).hasSize(1);
    }

    @Test
    void badSignatureOfAKeyOfThePolicySpoilsTheNote() {
        SignedNote other = new Checkpoint(ORIGIN, 4, CHECKPOINT.root()).sign(X.getFirst(), LOG);
        SignedNote badWitness = CHECKPOINT.sign(LOG).with(other.signatures().getFirst());
        SignedNote badLog = CHECKPOINT.sign(X.getFirst()).with(other.signatures().getLast());
        TrustPolicy policy = policy(EXAMPLE);

        assertThatThrownBy(() -> policy.evaluate(badWitness))
                .isInstanceOf(UntrustedNoteException.class);
        assertThatThrownBy(() -> policy.evaluate(badLog))
                .isInstanceOf(UntrustedNoteException.class);
        assertThatThrownBy(() -> policy.evaluate(SignedNote.sign("a\n", LOG)))
                .isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void policyReadsBackAsWritten() {
        TrustPolicy policy =
                policy(
                        """
                        # Komentar — octets beyond ASCII are fine here
                        \tlog LOG  https://alice.example/

                           # another one
                        witness saksi-é X1KEY\thttps://contoh.example/é\t
                        quorum saksi-é
                        group unused any saksi-é
                        """);

        assertThat(TrustPolicy.parse(policy.format())).isEqualTo(policy);
        assertThat(policy.logs().getFirst().url()).hasValue("https://alice.example/");
        assertThat(policy.witnesses().getFirst().name()).isEqualTo("saksi-é");
        assertThat(TrustPolicy.parse(policy(EXAMPLE).format())).isEqualTo(policy(EXAMPLE));
        assertThat(new String(policy(EXAMPLE).format(), UTF_8)).endsWith("\nquorum X-and-Y\n");
    }

    @Test
    void namesAreComparedByOctet() {
        byte[] kelvin = bytes("witness K X1KEY\nwitness \u212a X2KEY\nquorum \u212a\n");
        byte[] latin1 = "witness \u00e9 X1KEY\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = bytes("witness é X2KEY\nquorum é\n");

        TrustPolicy first = TrustPolicy.parse(kelvin);
        TrustPolicy second = TrustPolicy.parse(bytes(latin1, utf8));

        assertThat(first.evaluate(signed("0", "")).quorum()).isFalse();
        assertThat(first.evaluate(signed("1", "")).quorum()).isTrue();
        assertThat(second.evaluate(signed("0", "")).quorum()).isFalse();
        assertThat(second.evaluate(signed("1", "")).quorum()).isTrue();
        assertThat(TrustPolicy.parse(second.format())).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quorum none; quorum none | line 2 | exactly one",
                "log LOG | line 2 | exactly one",
                "quorum X1; witness X1 X1KEY | line 1 | \"X1\" is not a name defined before",
                "quorum NONE | line 1 | \"NONE\" is not a name defined before",
                "quorum | line 1 | quorum <name>",
                "quorum none none | line 1 | quorum <name>",
                "witness none X1KEY | line 1 | \"none\" is reserved",
                "witness X1 | line 1 | witness <name> <vkey> [<url>]",
                "witness X1 X1KEY u v | line 1 | witness <name> <vkey> [<url>]",
                "witness a X1KEY; witness a X2KEY | line 2 | \"a\" is defined already",
                "witness a X1KEY; witness b X1KEY | line 2 | a second witness with one public key",
                "witness a LOG | line 1 | \"a\" is not for cosignatures",
                "witness a b | line 1 | not \"b\"",
                "#; ; log | line 3 | log <vkey> [<url>]",
                "log LOG; log LOG | line 2 | a second log with one public key",
                "log LOG u v | line 1 | log <vkey> [<url>]",
                "log LOG # comment | line 1 | log <vkey> [<url>]",
                "Log LOG | line 1 | \"Log\" is none of",
                "group g any | line 1 | group <name>",
                "group g any a | line 1 | \"a\" is not a name defined before",
                "group g any g | line 1 | \"g\" is not a name defined before",
                "witness a X1KEY; group g any none | line 2 | \"none\" is not a name defined",
                "witness a X1KEY; group a any a | line 2 | \"a\" is defined already",
                "witness a X1KEY; group none any a | line 2 | \"none\" is reserved",
                "witness a X1KEY; group g all a a | line 2 | a member at most once",
                "witness a X1KEY; group g any a; group h any a | line 3 | a member at most once",
                "witness a X1KEY; group g 0 a | line 2 | is 0, not from 1 to its 1 members",
                "witness a X1KEY; group g 2 a | line 2 | threshold 2 is more than the 1 members",
                "witness a X1KEY; group g 4294967297 a | line 2 | threshold 4294967297",
                "witness a X1KEY; group g 01 a | line 2 | \"01\"",
                "witness a X1KEY; group g -1 a | line 2 | \"-1\"",
                "witness a X1KEY; group g ANY a | line 2 | \"ANY\"",
                "witness a X1KEY; group g 99999999999999999999 a | line 2 | 99999999999999999999",
            })
    void brokenRuleIsNamedWithItsLineAndValue(String file, String line, String rule) {
        assertThatThrownBy(() -> policy(file.replace("; ", "\n") + "\n"))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining(line + ": ")
                .hasMessageContaining(rule);
    }

    @Test
    void lastLineEndsInANewline() {
        assertThatThrownBy(() -> policy("log LOG\nquorum none"))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> policy("")).isInstanceOf(MalformedPolicyException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 0x0b, 0x0c, 0x0d, 0x1b, 0x1f, 0x7f})
    void otherControlCharactersAreRefusedEvenInComments(int octet) {
        byte[] file = bytes("quorum none\n# comment ?\n");
        file[file.length - 2] = (byte) octet;

        assertThatThrownBy(() -> TrustPolicy.parse(file))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining(String.format("0x%02x", octet));
    }

    @Test
    void everyOtherOctetMayStandInACommentOrName() {
        var file = new ByteArrayOutputStream();
        file.writeBytes(bytes("#\t"));
        IntStream.rangeClosed(0x20, 0x7e).forEach(file::write);
        IntStream.rangeClosed(0x80, 0xff).forEach(file::write);
        file.writeBytes(bytes("\nwitness "));
        IntStream.rangeClosed(0x80, 0xff).forEach(file::write);
        file.writeBytes(bytes(" X1KEY\nquorum none\n"));

        TrustPolicy policy = TrustPolicy.parse(file.toByteArray());

        assertThat(Octets.encode(policy.witnesses().getFirst().name())).hasSize(128);
        assertThat(TrustPolicy.parse(policy.format())).isEqualTo(policy);
    }

    @Test
    void manyLogsWitnessesAndGroupsAreReadButNotWithoutEnd() {
        var file = new StringBuilder();
        for (int i = 0; i < TrustPolicy.MAX_LINES; i++) {
            file.append("witness w").append(i).append(' ').append(vkey("w" + i)).append('\n');
            file.append("group g").append(i).append(" any w").append(i).append('\n');
        }
        String most = file.toString();

        assertThat(policy(most + "quorum g77\n").groups()).hasSize(TrustPolicy.MAX_LINES);
        assertThatThrownBy(() -> policy(most + "witness more " + vkey("more") + "\nquorum g1\n"))
                .hasMessageContaining("more witnesses than 128");
        assertThatThrownBy(() -> policy(most + "group more any g1\nquorum g1\n"))
                .hasMessageContaining("more groups than 128");
        assertThatThrownBy(() -> policy("#".repeat(TrustPolicy.MAX_BYTES) + "\n"))
                .hasMessageContaining("larger than");
    }

    @Test
    void policyPutTogetherInCodeObeysTheSameRules() {
        var witness = new TrustPolicy.NamedWitness("a", key(X.getFirst()), Optional.empty());
        var group = new TrustPolicy.Group("g", 1, List.of("a"));

        assertThat(
                        new TrustPolicy(
                                        List.of(),
                                        List.of(witness),
                                        List.of(group),
                                        Optional.of("g"))
                                .evaluate(signed("0", ""))
                                .quorum())
                .isTrue();
        assertRefused(List.of(witness, witness), List.of(), Optional.of("a"));
        assertRefused(List.of(), List.of(group), Optional.empty());
        assertRefused(List.of(witness), List.of(group, group), Optional.of("g"));
        assertRefused(
                List.of(witness),
                List.of(new TrustPolicy.Group("g", 2, List.of("a"))),
                Optional.of("g"));
        assertRefused(List.of(witness), List.of(), Optional.of("none"));
        for (String name : List.of("", "a b", "a\n", "\ud800", "\udcc3\udca9", "a\u007f")) {
            assertRefused(
                    List.of(
                            new TrustPolicy.NamedWitness(
                                    name, key(X.getFirst()), Optional.empty())),
                    List.of(),
                    Optional.empty());
        }
    }

    private static void assertRefused(
            List<TrustPolicy.NamedWitness> witnesses,
            List<TrustPolicy.Group> groups,
            Optional<String> quorum) {
        assertThatThrownBy(() -> new TrustPolicy(List.of(), witnesses, groups, quorum))
                .isInstanceOf(MalformedPolicyException.class);
    }

    private static TrustPolicy policy(String text) {
        return TrustPolicy.parse(bytes(text));
    }

    /// The octets of a text in which LOG, X1KEY and so on stand for verifier keys.
    private static byte[] bytes(String text) {
        String filled = text.replace(" LOG", " " + key(LOG).vkey());
        for (int i = 0; i < 3; i++) {
            filled = filled.replace("X" + (i + 1) + "KEY", key(X.get(i)).vkey());
            filled = filled.replace("Y" + (i + 1) + "KEY", key(Y.get(i)).vkey());
        }
        return filled.getBytes(UTF_8);
    }

    private static byte[] bytes(byte[] first, byte[] second) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        String filled = text.replace("X1KEY", key(X.getFirst()).vkey());
        var both = new ByteArrayOutputStream();
        both.writeBytes(filled.getBytes(StandardCharsets.ISO_8859_1));
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static SignedNote signed(String xs, String ys) {
        List<NoteSigner> signers = new ArrayList<>(List.of(LOG));
        indexes(xs).forEach(i -> signers.add(X.get(i)));
        indexes(ys).forEach(i -> signers.add(Y.get(i)));
        return CHECKPOINT.sign(signers.toArray(NoteSigner[]::new));
    }

    private static IntStream indexes(String digits) {
        return digits.chars().filter(Character::isDigit).map(c -> c - '0');
    }

    private static List<NoteSigner> witnesses(String name) {
        return List.of(
                Keys.ed25519Cosigner(name + ".example/1", CLOCK),
                Keys.mlDsa44(name + ".example/2", CLOCK),
                Keys.ed25519Cosigner(name + ".example/3", CLOCK));
    }

    private static NoteVerifier key(NoteSigner signer) {
        return signer.verifier();
    }

    private static String vkey(String name) {
        return NoteVerifier.ed25519Cosigner(name, Keys.pair("Ed25519").getPublic()).vkey();
    }
}

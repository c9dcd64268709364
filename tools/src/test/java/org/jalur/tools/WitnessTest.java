package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jalur.channel.SigningKey;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.TrustPolicy;
import org.jalur.log.Witness;
import org.jalur.log.WitnessAnswer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The independent witness as a real process: C2SP tlog-witness by its letter. */
class WitnessTest {
    @TempDir private static Path folder;
    private static final SigningKey KEY = SigningKey.generate();
    private static final SigningKey OTHER = SigningKey.generate();
    private static RunningWitness witness;

    /** Each test has a log of its own. */
    private static final List<String> ORIGINS =
            IntStream.range(0, 10).mapToObj("log-%d.example/journal"::formatted).toList();

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings =
                ORIGINS.stream()
                        .collect(
                                java.util.stream.Collectors.toMap(
                                        origin -> "log." + ORIGINS.indexOf(origin),
                                        origin -> signer(origin, KEY).verifier().vkey()));
        witness = new RunningWitness(folder.resolve("witness"), settings);
    }

    @AfterAll
    static void stop() throws Exception {
        witness.close();
    }

    private static NoteSigner signer(String origin, SigningKey key) {
        return NoteSigner.ed25519(origin, key.asPrivateKey(), key.publicKey().asPublicKey());
    }

    private static List<Hash> leaves(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> MerkleTree.leafHash(new byte[] {(byte) i}))
                .toList();
    }

    private static SignedNote checkpoint(String origin, int size, SigningKey key) {
        return new Checkpoint(origin, size, MerkleTree.root(leaves(size)))
                .sign(signer(origin, key));
    }

    private static String request(String origin, int from, int to) {
        return new AddCheckpoint(
                        from,
                        MerkleTree.consistencyProof(leaves(to), from).path(),
                        checkpoint(origin, to, KEY))
                .format();
    }

    private static HttpResponse<String> add(String body) throws Exception {
        return witness.post("/add-checkpoint", body);
    }

    @Test
    void cosignsByBothKeysWhatItsPolicyLinesName() throws Exception {
        SignedNote note = checkpoint(ORIGINS.get(0), 3, KEY);

        HttpResponse<String> answer = add(request(ORIGINS.get(0), 0, 3));

        assertThat(answer.statusCode()).isEqualTo(200);
        SignedNote cosigned = note;
        for (var line :
                ((WitnessAnswer.Cosigned) WitnessAnswer.parse(200, answer.body())).signatures()) {
            cosigned = cosigned.with(line);
        }
        TrustPolicy.Verdict verdict = witness.policy().evaluate(cosigned);
        assertThat(verdict.cosignatures()).hasSize(2);
        assertThat(verdict.quorum()).isTrue();
    }

    @Test
    void whatItCosignedLastIsThereForWhoeverWatches() throws Exception {
        String origin = ORIGINS.get(1);
        String path = "/" + Witness.originHash(origin).hex() + "/checkpoint";
        assertThat(witness.get(path).statusCode()).isEqualTo(404);
        add(request(origin, 0, 2));
        add(request(origin, 2, 5));

        HttpResponse<String> answer = witness.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        SignedNote note = SignedNote.parse(answer.body());
        assertThat(Checkpoint.parse(note.text()).size()).isEqualTo(5);
        assertThat(witness.policy().evaluate(note).quorum()).isTrue();
    }

    @Test
    void wrongOldSizeIsAnsweredWithTheRightOne() throws Exception {
        add(request(ORIGINS.get(2), 0, 4));

        HttpResponse<String> answer = add(request(ORIGINS.get(2), 2, 6));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(answer.body()).isEqualTo("4\n");
    }

    @Test
    void historyThatDoesNotExtendTheOneBeforeIsNotCosigned() throws Exception {
        String origin = ORIGINS.get(3);
        add(request(origin, 0, 4));
        List<Hash> others =
                Stream.concat(leaves(2).stream(), leaves(5).reversed().stream()).toList();
        SignedNote forked =
                new Checkpoint(origin, 7, MerkleTree.root(others)).sign(signer(origin, KEY));

        HttpResponse<String> answer =
                add(
                        new AddCheckpoint(4, MerkleTree.consistencyProof(others, 4).path(), forked)
                                .format());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(add(request(origin, 4, 5)).statusCode()).isEqualTo(200);
    }

    @Test
    void unknownLogIsNotFoundAndUnknownKeyForbidden() throws Exception {
        assertThat(add(request("log-x.example/journal", 0, 1)).statusCode()).isEqualTo(404);
        assertThat(
                        add(new AddCheckpoint(0, List.of(), checkpoint(ORIGINS.get(4), 1, OTHER))
                                        .format())
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        assertThat(add("nonsense").statusCode()).isEqualTo(400);
        assertThat(add("").statusCode()).isEqualTo(400);
        assertThat(add("old 1\n\n" + "x".repeat(AddCheckpoint.MAX_BYTES)).statusCode())
                .isEqualTo(400);
        assertThat(
                        add(new AddCheckpoint(9, List.of(), checkpoint(ORIGINS.get(4), 1, KEY))
                                        .format())
                                .statusCode())
                .as("an old size that is larger than the checkpoint")
                .isEqualTo(400);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(witness.get("/add-checkpoint").statusCode()).isEqualTo(405);
        assertThat(witness.get("/relay").statusCode()).isEqualTo(405);
        assertThat(witness.post("/", "x").statusCode()).isEqualTo(405);
        assertThat(witness.post("/elsewhere", "x").statusCode()).isEqualTo(404);
        assertThat(witness.get("/../keys/witness.pem").statusCode()).isEqualTo(404);
        assertThat(witness.get("/00/checkpoint").statusCode()).isEqualTo(404);
    }

    @Test
    void killedWitnessRemembersWhatItCosignedAndKeepsItsKeys() throws Exception {
        TrustPolicy before = witness.policy();
        add(request(ORIGINS.get(5), 0, 7));

        witness.killAndStart();

        HttpResponse<String> forgotten = add(request(ORIGINS.get(5), 0, 8));
        assertThat(forgotten.statusCode()).isEqualTo(409);
        assertThat(forgotten.body()).isEqualTo("7\n");
        assertThat(add(request(ORIGINS.get(5), 7, 8)).statusCode()).isEqualTo(200);
        assertThat(witness.policy()).isEqualTo(before);
    }

    @Test
    void keysAreForTheirOwnerAlone() throws Exception {
        try (Stream<Path> keys = Files.list(witness.home().resolve("keys"))) {
            assertThat(keys.toList())
                    .hasSize(2)
                    .allSatisfy(key ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(key)))
                                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void whoAsksTooOftenIsToldToWait() throws Exception {
        try (var slow =
                new RunningWitness(folder.resolve("slow"), Map.of("requests-per-second", "1"))) {
            List<HttpResponse<String>> answers = slow.getOften("/", 12);

            assertThat(answers.getFirst().statusCode()).isEqualTo(200);
            HttpResponse<String> last = answers.getLast();
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValue("Retry-After")).isEqualTo(Optional.of("1"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address=0.0.0.0|behind-proxy",
                "logs=x|logs is no setting",
                "log.a=x|log.a is no verifier key",
                "party.otoritas-contoh.identity=00|party.otoritas-contoh.identity cannot be used",
                "party.otoritas-contoh.url=file:/etc/hostname|is not the address of a node",
                "party.otoritas-contoh.url=http://user@node.example|is not the address of a node",
                "port=70000|port is \"70000\"",
                "home=|home is missing",
            })
    void configurationThatCannotBeUsedIsNamed(String line, String sentence) throws Exception {
        Path file = Files.createTempFile(folder, "witness", ".properties");
        Files.write(
                file,
                "name=saksi.example/w2\nhome=%s\n%s\n"
                        .formatted(folder.resolve("unused"), line)
                        .getBytes(UTF_8));

        Launcher.Ended ended = Launcher.run("witness", "--config", file.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains(sentence);
    }
}

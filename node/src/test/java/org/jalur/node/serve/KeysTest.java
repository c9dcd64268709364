package org.jalur.node.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.Passphrase;
import org.jalur.node.register.RefusedStatementException;
import org.jalur.node.register.UnusableKeysException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./jalur keys}, from the first keys to a revocation that is signed elsewhere. */
class KeysTest {
    private static final Map<String, String> NODE =
            Map.of(Passphrase.WORKING, "passphrase of the node");
    private static final Map<String, String> OFFLINE =
            Map.of(Passphrase.IDENTITY, "passphrase of the identity");
    private static final Map<String, String> BOTH =
            Map.of(
                    Passphrase.WORKING,
                    "passphrase of the node",
                    Passphrase.IDENTITY,
                    "passphrase of the identity");

    @TempDir private Path folder;
    private Path home;
    private Path identity;

    @BeforeEach
    void create() throws Exception {
        home = folder.resolve("home");
        String said =
                run(BOTH, "create", home.toString(), "otoritas-contoh", "otoritas.example/journal");
        assertThat(said).contains("Fingerprint of the identity key");
        identity = folder.resolve("offline-identity.p12");
        Files.move(home.resolve("identity.p12"), identity);
    }

    private static String run(Map<String, String> environment, String... words) throws Exception {
        var out = new ByteArrayOutputStream();
        new Keys(
                        CommandArguments.of(List.of(words), "usage"),
                        environment,
                        Clock.systemUTC(),
                        new PrintStream(out, true, UTF_8))
                .run();
        return out.toString(UTF_8);
    }

    private String digest(Path request) throws Exception {
        return Hash.sha256(Files.readAllBytes(request)).hex();
    }

    @Test
    void revocationIsPreparedOnTheNodeSignedElsewhereAndInstalled() throws Exception {
        Path request = folder.resolve("request.json");
        Path statement = folder.resolve("statement.jws");

        String asked = run(NODE, "revoke", home.toString(), "--request", request.toString());
        String waiting = run(Map.of(), "list", home.toString());
        String signed =
                run(
                        OFFLINE,
                        "sign",
                        request.toString(),
                        "--identity",
                        identity.toString(),
                        "--digest",
                        digest(request),
                        "--out",
                        statement.toString());
        run(NODE, "install", home.toString(), statement.toString());

        assertThat(asked).contains(digest(request)).contains("the present ones stay in force");
        assertThat(waiting).contains("Keys no. 2 wait", digest(request));
        assertThat(signed).contains("Keys no. 2 of otoritas-contoh (compromise) are signed");
        assertThat(run(Map.of(), "list", home.toString()))
                .contains("Keys no. 1 of", "revoked as compromised")
                .contains("Keys no. 2 of", "compromise", "newest")
                .contains("checkpoint-ml-dsa-44");
    }

    @Test
    void whatTravelsHoldsNoPrivateKeyAndNothingHoldsAPassphrase() throws Exception {
        Path request = folder.resolve("request.json");
        run(NODE, "rotate", home.toString(), "--request", request.toString());

        assertThat(Files.readString(request)).doesNotContain("rivate").hasSizeLessThan(6_000);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("passphrase of");
            }
        }
    }

    @Test
    void requestThatWasExchangedOnTheWayIsNotSigned() throws Exception {
        Path request = folder.resolve("request.json");
        run(NODE, "rotate", home.toString(), "--request", request.toString());
        String shown = digest(request);
        run(NODE, "rotate", home.toString(), "--request", request.toString());
        Path statement = folder.resolve("statement.jws");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        run(
                                OFFLINE,
                                "sign",
                                request.toString(),
                                "--identity",
                                identity.toString(),
                                "--digest",
                                shown,
                                "--out",
                                statement.toString()))
                .withMessageContaining("exchanged it on the way");
        assertThat(statement).doesNotExist();
    }

    @Test
    void identityKeyAtHandRotatesAtOnce() throws Exception {
        run(BOTH, "rotate", home.toString(), "--identity", identity.toString());

        assertThat(run(Map.of(), "list", home.toString()))
                .contains("Keys no. 1 of", "replaced", "Keys no. 2 of", "rotation: newest");
    }

    @Test
    void wrongPassphraseChangesNothing() throws Exception {
        Map<String, String> wrong =
                Map.of(
                        Passphrase.WORKING,
                        "passphrase of the node",
                        Passphrase.IDENTITY,
                        "passphrase of somebody");

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() ->
                        run(wrong, "rotate", home.toString(), "--identity", identity.toString()));
        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() ->
                        run(Map.of(), "rotate", home.toString(), "--request", "request.json"));
        assertThat(run(Map.of(), "list", home.toString()))
                .doesNotContain("Keys no. 2")
                .doesNotContain("wait");
    }

    @Test
    void identityKeyHasAPassphraseOfItsOwn() {
        Map<String, String> one =
                Map.of(
                        Passphrase.WORKING,
                        "passphrase of both",
                        Passphrase.IDENTITY,
                        "passphrase of both");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        run(
                                one,
                                "create",
                                folder.resolve("other").toString(),
                                "otoritas-contoh",
                                "otoritas.example/journal"))
                .withMessageContaining("give it another");
    }

    @Test
    void keysThatAreThereAreNotMadeAgainAndStatementsOfOthersNotInstalled() throws Exception {
        Path other = folder.resolve("other");
        run(BOTH, "create", other.toString(), "otoritas-contoh", "otoritas.example/journal");
        Path foreign = other.resolve("keys/statement-1.jws");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        run(
                                BOTH,
                                "create",
                                home.toString(),
                                "otoritas-contoh",
                                "otoritas.example/journal"))
                .withMessageContaining("has keys already");
        assertThatExceptionOfType(RefusedStatementException.class)
                .isThrownBy(() -> run(NODE, "install", home.toString(), foreign.toString()));
    }

    @Test
    void creationThatACrashEndedIsFinishedWithTheSameIdentity() throws Exception {
        Path crashed = folder.resolve("crashed");
        new KeyFolder(crashed.resolve("keys"))
                .prepare(
                        new PartyId("otoritas-contoh"),
                        "otoritas.example/journal",
                        Optional.empty(),
                        Passphrase.of(Optional.empty(), Passphrase.WORKING, BOTH));
        Files.copy(identity, crashed.resolve("identity.p12"));

        run(BOTH, "create", crashed.toString(), "otoritas-contoh", "otoritas.example/journal");

        assertThat(run(Map.of(), "list", crashed.toString()))
                .contains(
                        "Keys no. 1 of",
                        run(Map.of(), "list", home.toString()).lines().toList().get(1));
    }

    @Test
    void identityWhoseWorkingKeysAreGoneIsNotGivenOthersOfTheSameNumber() throws Exception {
        Path lost = Files.createDirectory(folder.resolve("lost"));
        Files.copy(identity, lost.resolve("identity.p12"));

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() ->
                        run(
                                BOTH,
                                "create",
                                lost.toString(),
                                "otoritas-contoh",
                                "otoritas.example/journal"))
                .withMessageContaining("bring back copies of keys/statement-*.jws");
    }

    @Test
    void identityOfAnotherAndAPlaceThatCannotBeWrittenLeaveTheKeysThatWait() throws Exception {
        Path request = folder.resolve("request.json");
        run(NODE, "rotate", home.toString(), "--request", request.toString());
        String waiting = run(Map.of(), "list", home.toString());
        Path other = folder.resolve("other");
        run(BOTH, "create", other.toString(), "otoritas-contoh", "otoritas.example/journal");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        run(
                                BOTH,
                                "rotate",
                                home.toString(),
                                "--identity",
                                other.resolve("identity.p12").toString()))
                .withMessageContaining("that of otoritas-contoh is");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        run(
                                NODE,
                                "rotate",
                                home.toString(),
                                "--request",
                                folder.resolve("missing/request.json").toString()))
                .withMessageContaining("cannot be written");

        assertThat(run(Map.of(), "list", home.toString())).isEqualTo(waiting);
    }

    @Test
    void unknownWordsAreAnsweredWithTheUsage() {
        for (List<String> words :
                List.of(
                        List.<String>of(),
                        List.of("sing"),
                        List.of("list"),
                        List.of("rotate", home.toString()),
                        List.of("list", home.toString(), "--passphrase", "secret"),
                        List.of("create", home.toString(), "a", "--passphrase-file"))) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> run(BOTH, words.toArray(String[]::new)))
                    .withMessage("usage");
        }
    }
}

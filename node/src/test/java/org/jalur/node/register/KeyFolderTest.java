package org.jalur.node.register;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.channel.KeyRequest;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.log.Hash;
import org.jalur.log.SecretFile;
import org.jalur.node.register.KeyFolder.Stated;
import org.jalur.node.register.RefusedStatementException.Why;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private keys in PKCS#12, and what may bring new ones into force. */
class KeyFolderTest {
    private static final PartyId PARTY = new PartyId("otoritas-contoh");
    private static final String ORIGIN = "otoritas-contoh.example/journal";
    private static final String PASSPHRASE = "a sample passphrase";
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir private Path home;
    private final SigningKey identity = SigningKey.generate();
    private KeyFolder folder;
    private Passphrase passphrase;

    @BeforeEach
    void makeFirstKeys() throws Exception {
        folder = new KeyFolder(home.resolve("keys"));
        passphrase = passphrase(PASSPHRASE);
        install(sign(folder.prepare(PARTY, ORIGIN, Optional.empty(), passphrase).request()));
    }

    private static Passphrase passphrase(String text) {
        return Passphrase.of(
                Optional.empty(), Passphrase.WORKING, Map.of(Passphrase.WORKING, text));
    }

    private KeyRequest prepare() throws Exception {
        return folder.prepare(PARTY, ORIGIN, Optional.of(Reason.ROTATION), passphrase).request();
    }

    private String sign(KeyRequest request) {
        return request.statement(identity.publicKey(), Instant.now()).sign(identity);
    }

    private Stated install(String signed) throws Exception {
        return folder.install(signed, PARTY, fingerprint(), passphrase, CLOCK);
    }

    private Hash fingerprint() {
        return identity.publicKey().fingerprint();
    }

    private Stated newest() {
        return folder.statements(PARTY, fingerprint()).getLast();
    }

    private Why refusal(String signed) {
        return catchThrowableOfType(RefusedStatementException.class, () -> install(signed)).why();
    }

    private Path working(int serial) {
        return home.resolve("keys/working-%d.p12".formatted(serial));
    }

    @Test
    void keysAreOpenedWithTheirPassphraseAlone() {
        assertThat(folder.open(newest(), passphrase, CLOCK).serial()).isEqualTo(1);
        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> folder.open(newest(), passphrase("another passphrase"), CLOCK))
                .withMessageContaining("the passphrase does not open");
    }

    @Test
    void otherProgramsReadTheKeyFile() throws Exception {
        KeyStore store = KeyStore.getInstance(working(1).toFile(), PASSPHRASE.toCharArray());
        Path secret = home.resolve("secret");
        SecretFile.write(secret, PASSPHRASE);
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                                "-list",
                                "-keystore",
                                working(1).toString(),
                                "-storepass:file",
                                secret.toString())
                        .redirectErrorStream(true)
                        .start();
        String listed = new String(keytool.getInputStream().readAllBytes(), UTF_8);

        assertThat(Collections.list(store.aliases()))
                .containsExactlyInAnyOrder(
                        "message",
                        "checkpoint",
                        "witness",
                        "checkpoint-ml-dsa-44",
                        "witness-ml-dsa-44");
        store.getCertificate("witness-ml-dsa-44")
                .verify(store.getCertificate("witness-ml-dsa-44").getPublicKey());
        assertThat(keytool.waitFor()).as(listed).isZero();
        assertThat(listed).contains("checkpoint-ml-dsa-44").contains("PrivateKeyEntry");
    }

    @Test
    void onlyTheOwnerReadsWhatIsInTheFolder() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("keys"))) {
            for (Path file :
                    files.filter(one -> one.toString().matches(".*\\.(p12|jws|json)")).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void missingEntryIsNamed() throws Exception {
        Map<String, String> four = new LinkedHashMap<>(WorkingKeys.ALGORITHMS);
        four.remove("witness");
        KeyStoreFile.write(
                working(1), passphrase, four, KeyStoreFile.generate(four), PARTY.value());

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> folder.open(newest(), passphrase, CLOCK))
                .withMessageContaining("no key named witness");
    }

    @Test
    void otherKeysThanTheStatementNamesAreRefused() throws Exception {
        prepare();
        Files.move(working(2), working(1), StandardCopyOption.REPLACE_EXISTING);

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> folder.open(newest(), passphrase, CLOCK))
                .withMessageContaining("other keys than statement 1 names");
    }

    @Test
    void privateKeyThatDoesNotFitItsCertificateIsRefused() throws Exception {
        Map<String, KeyPair> own =
                KeyStoreFile.read(working(1), passphrase, WorkingKeys.ALGORITHMS);
        Map<String, KeyPair> mixed = new LinkedHashMap<>();
        Map<String, KeyPair> other = KeyStoreFile.generate(WorkingKeys.ALGORITHMS);
        own.forEach((alias, pair) ->
                mixed.put(
                        alias,
                        new KeyPair(
                                pair.getPublic(),
                                Optional.ofNullable(other.get(alias)).orElseThrow().getPrivate())));
        KeyStoreFile.write(working(1), passphrase, WorkingKeys.ALGORITHMS, mixed, PARTY.value());

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> folder.open(newest(), passphrase, CLOCK))
                .withMessageContaining("not those of its certificates");
    }

    @Test
    void cutFileIsNoKeyFile() throws Exception {
        byte[] whole = Files.readAllBytes(working(1));
        Files.write(working(1), java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> folder.open(newest(), passphrase, CLOCK))
                .withMessageContaining("cannot be read as PKCS#12");
    }

    @Test
    void identityKeyIsReadBackAndNeedsItsPassphrase() throws Exception {
        Path file = home.resolve("identity.p12");
        SigningKey made = IdentityKey.create(file, passphrase, PARTY.value());

        assertThat(IdentityKey.open(file, passphrase).publicKey()).isEqualTo(made.publicKey());
        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> IdentityKey.open(file, passphrase("another passphrase")));
        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> IdentityKey.open(working(1), passphrase))
                .withMessageContaining("no key named identity");
    }

    @Test
    void pendingKeysComeIntoForceWithTheirStatementAlone() throws Exception {
        KeyRequest request = prepare();

        assertThat(newest().serial()).isEqualTo(1);
        assertThat(folder.pending().orElseThrow().request()).isEqualTo(request);

        install(sign(request));

        assertThat(newest().serial()).isEqualTo(2);
        assertThat(newest().statement().reason()).contains(Reason.ROTATION);
        assertThat(folder.pending()).isEmpty();
        assertThat(folder.open(newest(), passphrase, CLOCK).serial()).isEqualTo(2);
    }

    @Test
    void statementThatIsNotByTheIdentityKeyChangesNothing() throws Exception {
        KeyRequest request = prepare();
        SigningKey stolen = folder.open(newest(), passphrase, CLOCK).message();

        assertThat(refusal(request.statement(stolen.publicKey(), Instant.now()).sign(stolen)))
                .isEqualTo(Why.NOT_BY_IDENTITY);
        assertThat(refusal("no statement")).isEqualTo(Why.MALFORMED);
        assertThat(newest().serial()).isEqualTo(1);
    }

    @Test
    void statementForOtherKeysOrAnotherPlaceChangesNothing() throws Exception {
        String unprepared = sign(withSerial(first(), 2));
        assertThat(refusal(unprepared)).isEqualTo(Why.NOT_PREPARED);

        KeyRequest earlier = prepare();
        KeyRequest request = prepare();
        KeyStatement moved =
                new KeyStatement(
                        PARTY,
                        2,
                        Instant.now(),
                        "another.example/journal",
                        identity.publicKey(),
                        request.keys(),
                        Optional.empty(),
                        request.reason());

        assertThat(refusal(sign(earlier))).isEqualTo(Why.OTHER_KEYS);
        assertThat(refusal(sign(withSerial(request, 3)))).isEqualTo(Why.SERIAL);
        assertThat(refusal(sign(withSerial(request, 1)))).isEqualTo(Why.SERIAL);
        assertThat(refusal(moved.sign(identity))).isEqualTo(Why.ORIGIN);
        assertThat(newest().serial()).isEqualTo(1);
    }

    private KeyRequest first() {
        KeyStatement statement = newest().statement();
        return new KeyRequest(
                PARTY, 1, ORIGIN, statement.keys(), statement.postQuantum(), Optional.empty());
    }

    private static KeyRequest withSerial(KeyRequest request, long serial) {
        return new KeyRequest(
                PARTY,
                serial,
                ORIGIN,
                request.keys(),
                request.postQuantum(),
                serial == 1 ? Optional.empty() : request.reason());
    }

    /** Every state in which a crash can leave the folder is the old set or the new one. */
    @Test
    void crashBetweenAnyTwoStepsLeavesTheOldKeysOrTheNew() throws Exception {
        KeyRequest request = prepare();
        Path requestFile = home.resolve("keys/request-2.json");
        byte[] requested = Files.readAllBytes(requestFile);
        byte[] prepared = Files.readAllBytes(working(2));

        // After the new keys were written, before their request.
        Files.delete(requestFile);
        assertThat(folder.pending()).isEmpty();
        assertThat(folder.open(newest(), passphrase, CLOCK).serial()).isEqualTo(1);

        // After keys were prepared again, before their request: the old request is for others.
        prepare();
        Files.write(requestFile, requested);
        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> install(sign(request)));
        assertThat(folder.open(newest(), passphrase, CLOCK).serial()).isEqualTo(1);

        // Before the statement is renamed into its place.
        Files.write(working(2), prepared);
        Files.write(home.resolve("keys/.statement-2.jws.tmp"), new byte[] {1});
        assertThat(folder.open(newest(), passphrase, CLOCK).serial()).isEqualTo(1);

        // After it, before the request is deleted.
        install(sign(request));
        Files.write(requestFile, requested);
        assertThat(folder.open(newest(), passphrase, CLOCK).serial()).isEqualTo(2);
        assertThat(folder.pending()).isEmpty();

        // Old private keys go only when the new ones are there.
        folder.forgetBefore(2);
        assertThat(Files.exists(working(1))).isFalse();
        assertThat(folder.open(newest(), passphrase, CLOCK).serial()).isEqualTo(2);
        assertThat(folder.serials()).isEqualTo(List.of(1L, 2L));
    }
}

package org.jalur.node.serve;

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
import java.util.UUID;
import org.jalur.channel.DraftFile;
import org.jalur.channel.KeyRequest;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.Passphrase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./jalur approve}, with keys that the identity key named. */
class ApproveTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    Passphrase.APPROVER,
                    "passphrase of an approver",
                    Passphrase.IDENTITY,
                    "passphrase of the identity",
                    Passphrase.WORKING,
                    "passphrase of the node");

    @TempDir private Path folder;

    private static String keys(String... words) throws Exception {
        var out = new ByteArrayOutputStream();
        new Keys(
                        CommandArguments.of(List.of(words), "usage"),
                        ENVIRONMENT,
                        Clock.systemUTC(),
                        new PrintStream(out, true, UTF_8))
                .run();
        return out.toString(UTF_8);
    }

    private static String approve(String... words) throws Exception {
        var out = new ByteArrayOutputStream();
        new Approve(
                        CommandArguments.of(List.of(words), "usage"),
                        ENVIRONMENT,
                        new PrintStream(out, true, UTF_8))
                .run();
        return out.toString(UTF_8);
    }

    private DraftFile draft(Path file) throws Exception {
        var draft =
                new DraftFile(
                        UUID.randomUUID(),
                        new PartyId("otoritas-contoh"),
                        new PartyId("platform-contoh"),
                        List.of(
                                Part.of("notice", "{\"reference\":\"REF-1\"}".getBytes(UTF_8)),
                                Part.of("item", "sample \u001b[2J post A".getBytes(UTF_8)),
                                Part.of("file", new byte[1000])));
        Files.write(file, draft.octets());
        return draft;
    }

    @Test
    void whatWasReadIsSignedWithTheKeyThatTheStatementNames() throws Exception {
        Path key = folder.resolve("approver.p12");
        Path out = folder.resolve("approved.jws");
        Path file = folder.resolve("notice.draft");
        keys("approver", key.toString(), "Sample Approver");
        DraftFile draft = draft(file);

        String shown = approve(file.toString());
        approve(
                file.toString(),
                "--key",
                key.toString(),
                "--root",
                draft.signOff().root().hex(),
                "--out",
                out.toString());

        assertThat(shown)
                .contains("REF-1", "post A", "file, 1000 octets", draft.signOff().root().hex())
                .doesNotContain("\u001b");
        KeyStatement statement = statement(key);
        assertThat(draft.signOff().signer(Files.readString(out).strip(), statement.approvers()))
                .isPresent();
    }

    /** As an authority makes it whose desk is elsewhere: the identity key alone, and a request. */
    private KeyStatement statement(Path approver) throws Exception {
        Path identity = folder.resolve("identity.p12");
        Path request = folder.resolve("request-1.json");
        Path signed = folder.resolve("statement-1.jws");
        keys("identity", identity.toString(), "otoritas-contoh");
        KeyFolder.Pending pending =
                new KeyFolder(folder.resolve("keys"))
                        .prepare(
                                new PartyId("otoritas-contoh"),
                                "otoritas.example/journal",
                                java.util.Optional.empty(),
                                Passphrase.of(
                                        java.util.Optional.empty(),
                                        Passphrase.WORKING,
                                        ENVIRONMENT));
        Files.write(request, pending.octets());
        String said =
                keys(
                        "sign",
                        request.toString(),
                        "--identity",
                        identity.toString(),
                        "--digest",
                        Hash.sha256(pending.octets()).hex(),
                        "--approvers",
                        approver + ".pub",
                        "--out",
                        signed.toString());
        assertThat(said).contains("hold only with the signature of an approver");
        KeyStatement statement = KeyStatement.claimed(Files.readString(signed).strip());
        assertThat(KeyRequest.parse(pending.octets()).isFor(statement)).isTrue();
        return statement;
    }

    @Test
    void draftThatWasChangedSinceItWasReadIsNotSigned() throws Exception {
        Path key = folder.resolve("approver.p12");
        Path out = folder.resolve("approved.jws");
        Path file = folder.resolve("notice.draft");
        keys("approver", key.toString(), "Sample Approver");
        String read = draft(file).signOff().root().hex();
        draft(file);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        approve(
                                file.toString(),
                                "--key",
                                key.toString(),
                                "--root",
                                read,
                                "--out",
                                out.toString()))
                .withMessageContaining("it was changed");
        assertThat(out).doesNotExist();
    }

    @Test
    void identityKeyIsNeverReplaced() throws Exception {
        Path identity = folder.resolve("identity.p12");
        String made = keys("identity", identity.toString(), "otoritas-contoh");
        assertThat(made).contains("fingerprint, to be confirmed by call-back");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> keys("identity", identity.toString(), "otoritas-contoh"))
                .withMessageContaining("is there already");
    }
}

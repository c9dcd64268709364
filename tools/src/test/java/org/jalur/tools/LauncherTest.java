package org.jalur.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jalur.tools.Launcher.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir private Path folder;

    @Test
    void helpExplainsEveryCommand() throws Exception {
        Ended help = Launcher.run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.output())
                .contains(
                        "demo",
                        "serve",
                        "keys",
                        "recover",
                        "token",
                        "connector-check",
                        "fingerprint",
                        "verify",
                        "hash",
                        "screen",
                        "test",
                        "bench");
    }

    @Test
    void unknownCommandIsNamed() throws Exception {
        Ended ended = Launcher.run("dance");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).startsWith("unknown command \"dance\"");
    }

    @Test
    void oldOrMissingJdkIsNamed() throws Exception {
        Ended ended = Launcher.runWith(Map.of("JALUR_JDK", folder.toString()), "demo");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .isEqualTo(
                        "JALUR_JDK is %s, which is no JDK 25 or later; name one that is.\n"
                                .formatted(folder));
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended =
                    Launcher.run(
                            "demo",
                            "--headless",
                            "--ports",
                            Integer.toString(taken.getLocalPort()),
                            "--data",
                            folder.resolve("data").toString());

            assertThat(ended.code()).isNotZero();
            assertThat(ended.output().lines()).hasSize(1);
            assertThat(ended.output()).contains(Integer.toString(taken.getLocalPort()), "--ports");
        }
    }

    @Test
    void folderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        Ended ended = Launcher.run("demo", "--headless", "--data", file.resolve("data").toString());

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output().lines()).hasSize(1);
        assertThat(ended.output()).contains(file.toString());
    }

    @Test
    void portThatIsNoNumberIsNamed() throws Exception {
        Ended ended = Launcher.run("demo", "--ports", "many");

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("many");
    }

    @Test
    void serveNeedsAConfiguration() throws Exception {
        Ended without = Launcher.run("serve");
        Ended missing = Launcher.run("serve", "--config", folder.resolve("none.yaml").toString());

        assertThat(without.code()).isEqualTo(2);
        assertThat(without.output()).contains("--config FILE is missing");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.output()).contains("none.yaml cannot be read");
    }

    @Test
    void recoverNamesWhatItTakesAndMisses() throws Exception {
        Ended without = Launcher.run("recover");
        Ended unknown = Launcher.run("recover", "--config", "node.yaml", "--force");
        Ended missing = Launcher.run("recover", "--config", folder.resolve("none.yaml").toString());

        assertThat(without.code()).isEqualTo(2);
        assertThat(without.output()).contains("recover needs --config FILE");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.output()).contains("--accept-loss", "--part-keys-lost");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.output()).contains("none.yaml cannot be read");
    }

    @Test
    void serveRefusesTheDemosAccountsAndKeys() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("keys"));
        Path demo = configuration("jalur.demo: true\njalur.home: %s\n".formatted(home));
        assertThat(Launcher.run("serve", "--config", demo.toString()).output())
                .contains("jalur.demo is true");

        Files.createFile(home.resolve("keys/DEMO"));
        Path keys = configuration("jalur.home: %s\n".formatted(home));
        assertThat(Launcher.run("serve", "--config", keys.toString()).output())
                .contains("are the demo's");
    }

    @Test
    void serveRefusesPlainHttpBeyondLoopbackAndAnUnreachableDatabase() throws Exception {
        Path home = folder.resolve("home");
        Ended keys = createKeys(home);
        assertThat(keys.code()).as(keys.output()).isZero();
        String settings =
                """
                server.address: %s
                jalur.home: %s
                jalur.keys-passphrase-file: %s
                jalur.database: {url: "jdbc:postgresql://127.0.0.1:9/none", username: a, password: b}
                jalur.part-keys: {url: "jdbc:postgresql://127.0.0.1:9/keys", username: a, password: b}
                """;

        Ended plain =
                Launcher.run(
                        "serve",
                        "--config",
                        configuration(settings.formatted("0.0.0.0", home, passphrase("keys")))
                                .toString());
        Ended unreachable =
                Launcher.run(
                        "serve",
                        "--config",
                        configuration(settings.formatted("127.0.0.1", home, passphrase("keys")))
                                .toString());

        assertThat(plain.code()).isEqualTo(2);
        assertThat(plain.output()).contains("without TLS");
        assertThat(unreachable.code()).isEqualTo(2);
        assertThat(unreachable.output())
                .contains("jdbc:postgresql://127.0.0.1:9/none cannot be reached");
    }

    @Test
    void fingerprintOfAKeyIsWhatKeysPrinted() throws Exception {
        Path home = folder.resolve("home");
        Ended made = createKeys(home);

        Ended fingerprint =
                Launcher.run("fingerprint", home.resolve("keys/statement-1.jws").toString());

        assertThat(fingerprint.code()).isZero();
        assertThat(made.output()).contains(fingerprint.output().strip());
    }

    @Test
    void evidenceIsVerifiedWithoutANode() throws Exception {
        Path evidence = Launcher.ROOT.resolve("tools/src/test/resources/evidence/genuine.zip");

        Ended ended = Launcher.run("verify", evidence.toString(), "--lang", "id");

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("HASIL: semua yang ada dalam berkas ini asli.");
    }

    @Test
    void publicationsAreScreenedWithoutANode() throws Exception {
        Path input = Launcher.ROOT.resolve("tools/src/test/resources/screen/input.jsonl");
        Path lists = Launcher.ROOT.resolve("tools/src/test/resources/screen/lists");
        ProcessBuilder screen = Launcher.command("screen", "--lists", lists.toString());
        screen.redirectInput(input.toFile());

        Ended ended = Launcher.end(screen);

        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).contains("{\"id\":\"words\",\"list\":\"entries.csv\",");
    }

    @Test
    void serveRefusesAPassphraseThatOthersCanReadAndKeysOneThatIsMissing() throws Exception {
        Path home = folder.resolve("home");
        createKeys(home);
        Path open = Files.copy(passphrase("keys"), folder.resolve("open.passphrase"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path configuration =
                configuration(
                        "jalur.home: %s\njalur.keys-passphrase-file: %s\n".formatted(home, open));

        Ended serve = Launcher.run("serve", "--config", configuration.toString());
        Ended rotate = Launcher.run("keys", "rotate", home.toString(), "--request", "request.json");

        assertThat(serve.code()).isEqualTo(2);
        assertThat(serve.output()).contains("set its mode to 0600");
        assertThat(rotate.code()).isEqualTo(2);
        assertThat(rotate.output()).contains("there is no passphrase");
    }

    private Ended createKeys(Path home) throws Exception {
        return Launcher.run(
                "keys",
                "create",
                home.toString(),
                "otoritas-contoh",
                "otoritas.example/journal",
                "--passphrase-file",
                passphrase("keys").toString(),
                "--identity-passphrase-file",
                passphrase("identity").toString());
    }

    private Path passphrase(String of) throws Exception {
        Path file = folder.resolve(of + ".passphrase");
        if (!Files.exists(file)) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "sample passphrase of " + of + "\n");
        }
        return file;
    }

    private Path configuration(String yaml) throws Exception {
        return Files.writeString(folder.resolve("node.yaml"), yaml);
    }
}

package org.jalur.node.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.SecretFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {
    private static final String TEXT = "a sample passphrase";

    @TempDir private Path folder;

    private Path file(String text) throws Exception {
        Path file = folder.resolve("passphrase");
        SecretFile.write(file, text);
        return file;
    }

    private static Passphrase of(Path file) {
        return Passphrase.of(Optional.of(file), Passphrase.WORKING, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, TEXT + "\n", TEXT + "\r\n"})
    void oneNewlineAtTheEndIsNotPartOfIt(String text) throws Exception {
        assertThat(new String(of(file(text)).characters())).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void fileThatOthersCanReadOrWriteIsRefused(String mode) throws Exception {
        Path file = file(TEXT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> of(file))
                .withMessageContaining("set its mode to 0600");
    }

    @Test
    void fileComesBeforeTheEnvironmentAndNothingElseWillDo() throws Exception {
        Map<String, String> environment =
                Map.of(Passphrase.WORKING, "passphrase of the environment");
        Passphrase both = Passphrase.of(Optional.of(file(TEXT)), Passphrase.WORKING, environment);
        Passphrase one = Passphrase.of(Optional.empty(), Passphrase.WORKING, environment);

        assertThat(both.isSameAs(of(file(TEXT)))).isTrue();
        assertThat(one.isSameAs(both)).isFalse();
        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> Passphrase.of(Optional.empty(), Passphrase.IDENTITY, environment))
                .withMessageContaining("set JALUR_IDENTITY_PASSPHRASE");
    }

    @Test
    void missingOrShortOnesAreRefused() throws Exception {
        Path shortOne = file("short\n");

        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> of(shortOne))
                .withMessageContaining("at least 12");
        assertThatExceptionOfType(UnusableKeysException.class)
                .isThrownBy(() -> of(folder.resolve("none")))
                .withMessageContaining("cannot be read");
    }

    @Test
    void itNeverShowsItself() throws Exception {
        assertThat(of(file(TEXT)).toString()).doesNotContain("sample");
    }
}

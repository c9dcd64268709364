package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyTest {
    private static final String[] FILES = {
        "genuine.zip",
        "altered.zip",
        "unreceipted.zip",
        "relayed.zip",
        "relayed-policy.txt",
        "policy.txt",
        "other-policy.txt",
        "fingerprints.txt"
    };
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        for (String name : FILES) {
            try (InputStream in = VerifyTest.class.getResourceAsStream("/evidence/" + name)) {
                Files.copy(Objects.requireNonNull(in), folder.resolve(name));
            }
        }
    }

    private record Ended(int code, String output, String errors) {}

    private Ended verify(String file, String... more) {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code =
                new CommandLine(new Verify())
                        .setOut(new PrintWriter(output))
                        .setErr(new PrintWriter(errors, true))
                        .execute(
                                Stream.concat(Stream.of(path(file)), Arrays.stream(more))
                                        .toArray(String[]::new));
        return new Ended(code, output.toString(), errors.toString());
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private String fingerprint() throws IOException {
        return Files.readAllLines(folder.resolve("fingerprints.txt")).getFirst();
    }

    @Test
    void genuineFileOfTheFirstVersionIsToldInEnglish() {
        Ended ended = verify("genuine.zip", "--lang", "en");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains(
                        "1. Notice from otoritas-contoh to platform-contoh (no. 2 of the sender)",
                        "Genuine: signed with the key that was valid for the sender",
                        "The sender says that it was made on 23 November 2026, 05:01:00 UTC.",
                        "It existed on 23 November 2026, 06:01:07 UTC at the latest: the other side",
                        "Delivered: platform-contoh signed for it, and says that it came on",
                        "WHAT THIS FILE PROVES",
                        "WHAT IT DOES NOT PROVE",
                        "no fingerprint was compared",
                        "That nothing was left out",
                        "RESULT: everything in this file is genuine.");
        assertThat(ended.errors()).isEmpty();
    }

    @Test
    void genuineFileOfTheFirstVersionIsToldInIndonesian() {
        Ended ended = verify("genuine.zip", "--lang", "id");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains(
                        "1. Pemberitahuan dari otoritas-contoh kepada platform-contoh",
                        "Asli: ditandatangani dengan kunci pengirim yang berlaku",
                        "YANG DIBUKTIKAN BERKAS INI",
                        "YANG TIDAK DIBUKTIKANNYA",
                        "HASIL: semua yang ada dalam berkas ini asli.");
    }

    @Test
    void alteredPartMakesItNotGenuineAndTheOtherMessageIsStillTold() {
        Ended ended = verify("altered.zip", "--lang", "en");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "NOT GENUINE: a part was changed (",
                        "RESULT: something in this file is forged, altered or contradictory.")
                .containsOnlyOnce("   Genuine:");
    }

    @Test
    void unreceiptedNoticeExistedByATimeButItsDeliveryIsNotProven() {
        Ended ended = verify("unreceipted.zip", "--lang", "en");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains(
                        "It existed on 23 November 2026, 06:01:07 UTC at the latest",
                        "Delivery is NOT proven",
                        "Left out by the maker of this file: 1.",
                        "Erased, says the maker of this file: 1.")
                .doesNotContain("Messages delivered");
    }

    @Test
    void deliveryThatAWitnessOfThePolicyTriedIsToldInBothLanguages() {
        String[] policy = {"--policy", path("relayed-policy.txt")};
        Ended english = verify("relayed.zip", "--lang", "en", policy[0], policy[1]);
        Ended indonesian = verify("relayed.zip", "--lang", "id", policy[0], policy[1]);

        assertThat(english.code()).isZero();
        assertThat(english.output())
                .contains(
                        "Delivery is NOT proven",
                        "The witness saksi.example/w1, which your policy names: from 23 November 2026, 06:00:52 UTC to 23 November 2026, 06:01:07 UTC",
                        "https://platform.example/channel/messages. There was no answer in time.",
                        "whose delivery a witness that your policy names has tried, with the result given above: 1 of 1");
        assertThat(indonesian.output())
                .contains(
                        "Penyampaian TIDAK terbukti",
                        "Saksi saksi.example/w1 yang disebut kebijakan Anda",
                        "Tidak ada jawaban sampai batas waktu.");
    }

    @Test
    void deliveryThatOnlyAWitnessOfTheMakerTriedCountsLess() {
        Ended ended = verify("relayed.zip", "--lang", "en");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains(
                        "which only the maker of this file names: from",
                        "That delivery was tried where only a witness says so that the maker of this file names")
                .doesNotContain("has tried, with the result");
    }

    @Test
    void triesAreInTheJsonAsWell() {
        Ended ended = verify("relayed.zip", "--json", "--policy", path("relayed-policy.txt"));

        assertThat(ended.output())
                .contains("\"outcome\":\"timeout\"", "\"standing\":\"CHOSEN\"", "\"tried\":1");
    }

    @Test
    void policyThatIsReachedIsSaidToBe() {
        Ended ended = verify("genuine.zip", "--lang", "en", "--policy", path("policy.txt"));

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains("Your policy is satisfied.", "which your policy names");
    }

    @Test
    void policyThatIsNotReachedIsAThirdAnswer() {
        Ended ended = verify("genuine.zip", "--lang", "id", "--policy", path("other-policy.txt"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.output())
                .contains("Kebijakan Anda TIDAK terpenuhi", "tidak semua yang Anda minta terbukti");
    }

    @Test
    void identityThatWasComparedIsSaidToBe() throws IOException {
        Ended ended =
                verify(
                        "genuine.zip",
                        "--lang",
                        "en",
                        "--identity",
                        "otoritas-contoh=" + fingerprint().replaceAll("(..)", "$1:"));

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains(
                        "This is the identity key that you gave.",
                        "Who holds the keys of platform-contoh:");
    }

    @Test
    void otherIdentityProvesNothing() throws IOException {
        Ended ended =
                verify(
                        "genuine.zip",
                        "--lang",
                        "en",
                        "--identity",
                        "platform-contoh=" + fingerprint());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains("NOT GENUINE: this is not the identity key", "- Nothing, before")
                .doesNotContain("Messages signed with the keys");
    }

    @Test
    void identityOfAPartyThatTheFileDoesNotHaveIsNotProven() throws IOException {
        Ended ended =
                verify(
                        "genuine.zip",
                        "--lang",
                        "en",
                        "--identity",
                        "otoritas-lain=" + fingerprint());

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.output()).contains("Anything about otoritas-lain");
    }

    @Test
    void contentOfPartsIsPrintedOnlyOnDemand() {
        assertThat(verify("genuine.zip").output()).doesNotContain("sample letter A");
        assertThat(verify("genuine.zip", "--json").output()).doesNotContain("content");
        assertThat(verify("genuine.zip", "--show-parts").output()).contains("| sample letter A");
    }

    @Test
    void fileThatIsCutOffCannotBeRead() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("genuine.zip"));
        Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length - 10));

        Ended ended = verify("cut.zip", "--lang", "en");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("what stands above counts for nothing");
        assertThat(ended.errors()).contains("cut.zip is not a whole evidence file: ");
    }

    @Test
    void fileThatIsNoZipOrNotThereCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "no evidence", UTF_8);

        assertThat(verify("letter.txt", "--lang", "en"))
                .matches(ended -> ended.code() == 2 && ended.errors().contains("not a ZIP file"));
        assertThat(verify("none.zip", "--lang", "id"))
                .matches(ended ->
                        ended.code() == 2 && ended.errors().contains("tidak dapat dibaca"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--identity=otoritas-contoh=12",
                "--identity=Otoritas=00",
                "--identity=otoritas-contoh",
                "--policy=none.txt",
                "--lang=de",
                "--unknown"
            })
    void wrongCallIsTheSecondAnswer(String option) {
        Ended ended = verify("genuine.zip", option);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).isNotBlank();
    }

    @Test
    void policyThatIsNoneIsTheSecondAnswer() {
        Ended ended = verify("genuine.zip", "--policy", path("fingerprints.txt"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("fingerprints.txt", "line 1");
    }

    @Test
    void programsReadOneObjectALine() {
        Ended ended = verify("altered.zip", "--json");

        JsonNode[] lines = ended.output().lines().map(JSON::readTree).toArray(JsonNode[]::new);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(lines).hasSize(8);
        assertThat(lines[5].path("flaws").path(0).path("kind").asString())
                .isEqualTo("PART_ALTERED");
        assertThat(lines[6].path("existedBy").path("standing").asString()).isEqualTo("OTHER_SIDE");
        assertThat(lines[7].path("verdict").asString()).isEqualTo("NOT_GENUINE");
    }
}

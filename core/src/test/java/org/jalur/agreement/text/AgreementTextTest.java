package org.jalur.agreement.text;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.InvalidTermException;
import org.jalur.agreement.SampleAgreement;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTextTest {
    private static final Agreement AGREEMENT = SampleAgreement.agreement();
    private static final String JSON = new String(AgreementText.write(AGREEMENT).octets(), UTF_8);

    @Test
    void whatIsWrittenReadsBackWithEveryValueItCanHave() {
        for (Mutations.Mutation mutation : Mutations.of(AGREEMENT)) {
            for (Agreement agreement : mutation.agreements()) {
                AgreementText written = AgreementText.write(agreement);

                assertThat(AgreementText.read(written.octets()).agreement()).isEqualTo(agreement);
                assertThat(AgreementText.write(agreement)).isEqualTo(written);
            }
        }
    }

    /** Members are named as the records' components: renaming one changes what peers can read. */
    @Test
    void sampleIsWrittenAsItAlwaysWas() throws IOException {
        try (InputStream known =
                AgreementTextTest.class.getResourceAsStream("sample-agreement.json")) {
            assertThat(JSON).isEqualTo(new String(known.readAllBytes(), UTF_8).strip());
        }
    }

    @Test
    void digestIsOverTheOctetsThatCame() {
        byte[] spaced = JSON.replace(",\"title\"", ", \"title\"").getBytes(UTF_8);

        AgreementText text = AgreementText.read(spaced);

        assertThat(text.octets()).isEqualTo(spaced);
        assertThat(text.digest()).isEqualTo(Hash.sha256(spaced));
        assertThat(text.digest()).isNotEqualTo(AgreementText.write(AGREEMENT).digest());
        assertThat(text.agreement()).isEqualTo(AGREEMENT);
    }

    @Test
    void octetsCannotBeChangedAfterwards() {
        byte[] octets = JSON.getBytes(UTF_8);
        AgreementText text = AgreementText.read(octets);

        Arrays.fill(octets, (byte) 0);
        Arrays.fill(text.octets(), (byte) 0);

        assertThat(text.octets()).isEqualTo(JSON.getBytes(UTF_8));
    }

    @Test
    void orderOfWhatHasNoOrderIsNoDifference() {
        Agreement turned =
                SampleAgreement.with(
                        SampleAgreement.deadlines().reversed(),
                        SampleAgreement.ladders().reversed());

        assertThat(AgreementText.write(turned)).isEqualTo(AgreementText.write(AGREEMENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "title":"Sample agreement"  | "titel":"Sample agreement"                 | title is missing
                    {"version"                  | {"userData":"all","version"                | unknown member "userData"
                    {"version"                  | {"title":"Other","version"                 | Duplicate
                    "mostNames":20              | "mostNames":20.0                           | neither a string
                    "mostNames":20              | "mostNames":2e1                            | neither a string
                    "mostNames":20              | "mostNames":99999999999                    | mostNames
                    "mostNames":20              | "mostNames":"20"                           | wrong type
                    "otherReviewer":true        | "otherReviewer":"yes"                      | wrong type
                    "otherReviewer":true        | "otherReviewer":null                       | neither a string
                    "dueDays":30                | "dueDays":[[[[[[[[[[[1]]]]]]]]]]]          | nesting depth
                    "time":"PT4H"               | "time":"PT240M"                            | no Duration as it is written here
                    "zone":"Asia/Jakarta"       | "zone":"Asia/Atlantis"                     | no ZoneId
                    "type":"received"           | "type":"read"                              | use one of [received, acknowledged]
                    "rhythm":"quarterly"        | "rhythm":"QUARTERLY"                       | use one of [monthly
                    "kinds":["order"]           | "kinds":["order","order"]                  | names something twice
                    """)
    void whatIsNotTheFormatIsRefusedWithThePlace(String good, String bad, String why) {
        assertThat(JSON).contains(good);

        assertThatExceptionOfType(MalformedAgreementException.class)
                .isThrownBy(() -> read(JSON.replace(good, bad)))
                .withMessageContaining(why);
    }

    @Test
    void whatIsNoJsonObjectInUtf8IsRefused() {
        for (byte[] octets :
                List.of(
                        new byte[0],
                        "[]".getBytes(UTF_8),
                        (JSON + " {}").getBytes(UTF_8),
                        JSON.substring(0, JSON.length() - 1).getBytes(UTF_8),
                        JSON.getBytes(UTF_16),
                        new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"'},
                        new byte[AgreementText.MAX_BYTES + 1])) {
            assertThatExceptionOfType(MalformedAgreementException.class)
                    .isThrownBy(() -> AgreementText.read(octets));
        }
    }

    @Test
    void longListsAreRefusedWhileTheyAreRead() {
        String many = "\"x\",".repeat(1_001);

        assertThatExceptionOfType(MalformedAgreementException.class)
                .isThrownBy(() -> read("{\"title\":[" + many + "\"x\"]}"))
                .withMessageContaining("more than 1000 elements");
    }

    @Test
    void nonsenseIsRefusedWithItsClause() {
        assertThatExceptionOfType(InvalidTermException.class)
                .isThrownBy(() -> read(JSON.replace("\"mostNames\":20", "\"mostNames\":0")))
                .withMessage("agreement.accessBlocks.mostNames is 0; use 1 to 10000");
    }

    private static AgreementText read(String json) {
        return AgreementText.read(json.getBytes(UTF_8));
    }
}

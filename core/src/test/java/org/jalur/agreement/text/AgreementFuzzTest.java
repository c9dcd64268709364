package org.jalur.agreement.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.InvalidTermException;

/**
 * What a peer proposes: refused by the exceptions that are documented, or kept as it came and read
 * back when it is written again. The seeds beside this class are read in every run; {@code
 * JAZZER_FUZZ=1} searches from them for others.
 */
class AgreementFuzzTest {
    @FuzzTest
    void agreementIsKeptAsItCameOrRefused(byte[] data) {
        AgreementText text;
        try {
            text = AgreementText.read(data);
        } catch (MalformedAgreementException | InvalidTermException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }

        Agreement agreement = text.agreement();
        AgreementText again = AgreementText.write(agreement);
        assertThat(text.octets()).isEqualTo(data);
        assertThat(AgreementText.read(again.octets()).agreement()).isEqualTo(agreement);
        assertThat(Comparison.of(agreement, again.agreement())).isEmpty();
    }
}

package org.jalur.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** What a list or a form brings as a name: refused by a rule, or the same when read again. */
class DomainNameFuzzTest {
    @FuzzTest
    void nameHasOneSpellingOrIsRefused(byte[] data) {
        DomainName name;
        try {
            name = DomainName.read(new String(data, StandardCharsets.UTF_8));
        } catch (InvalidAccessException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }

        assertThat(name.ascii()).matches("[a-z0-9_.-]{1,253}");
        assertThat(DomainName.read(name.ascii())).isEqualTo(name);
        assertThat(name.host().ascii()).isEqualTo(name.ascii());
    }
}

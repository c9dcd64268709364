package org.jalur.node.contacts;

import java.time.Duration;
import java.time.Period;
import org.jalur.agreement.ContactTerms;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds where no agreement says it.
 *
 * @param amber after which an entry that nobody confirmed is doubtful
 * @param red after which it counts as stale
 * @param drill how often the other side's contacts should be tried out
 * @param quiet so long after its last change the register is sent by itself
 */
@ConfigurationProperties("jalur.register")
record RegisterSettings(
        @DefaultValue("30d") Period amber,
        @DefaultValue("60d") Period red,
        @DefaultValue("90d") Period drill,
        @DefaultValue("2m") Duration quiet) {
    RegisterSettings {
        if (quiet.isNegative()) {
            throw new IllegalArgumentException(
                    "jalur.register.quiet is %s; give no time or more".formatted(quiet));
        }
    }

    ContactTerms terms() {
        return new ContactTerms(amber, red, drill);
    }
}

package org.jalur.node.escalation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param again pause between two looks at what no bell tells of: whether a witness has signed, and
 *     whether a message was tendered
 */
@ConfigurationProperties("jalur.escalation")
record EscalationSettings(@DefaultValue(EscalationSettings.USUAL) Duration again) {
    static final String USUAL = "1m";

    EscalationSettings {
        if (again.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "jalur.escalation.again is %s; give 1 s or more".formatted(again));
        }
    }
}

package org.jalur.node.escalation;

import java.time.Clock;
import javax.sql.DataSource;
import org.jalur.node.web.DueTimer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** What looks at ladders in their time. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EscalationSettings.class)
class EscalationConfiguration {
    private static final int AT_ONCE = 64;

    @Bean
    DueTimer<Ladders.Due> ladderTimer(
            DataSource database,
            Ladders ladders,
            Climbing climbing,
            TransactionTemplate transactions,
            Clock clock) {
        return new DueTimer<>("ladders", database, ladders, AT_ONCE, climbing, transactions, clock);
    }
}

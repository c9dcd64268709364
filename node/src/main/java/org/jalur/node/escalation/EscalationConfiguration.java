package org.jalur.node.escalation;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The node's one timer of ladders; a test has others beside it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EscalationSettings.class)
class EscalationConfiguration {
    @Bean
    LadderTimer ladderTimer(
            DataSource database,
            Ladders ladders,
            Climbing climbing,
            TransactionTemplate transactions,
            Clock clock) {
        return new LadderTimer(database, ladders, climbing, transactions, clock);
    }
}

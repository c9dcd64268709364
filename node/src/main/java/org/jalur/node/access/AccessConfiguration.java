package org.jalur.node.access;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The node's one timer of access blocks; a test has others beside it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class AccessConfiguration {
    @Bean
    BlockTimer blockTimer(
            DataSource database,
            BlockLooks looks,
            InForce inForce,
            TransactionTemplate transactions,
            Clock clock) {
        return new BlockTimer(database, looks, inForce, transactions, clock);
    }
}

package org.jalur.node.access;

import java.time.Clock;
import javax.sql.DataSource;
import org.jalur.node.web.DueTimer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** What looks at access blocks in their time: puts them in force and ends them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class AccessConfiguration {
    private static final int AT_ONCE = 16;

    @Bean
    DueTimer<BlockLooks.Due> blockTimer(
            DataSource database,
            BlockLooks looks,
            InForce inForce,
            TransactionTemplate transactions,
            Clock clock) {
        return new DueTimer<>(
                "access blocks", database, looks, AT_ONCE, inForce, transactions, clock);
    }
}

package org.jalur.node.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jalur.node.JalurSettings;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens and migrates the node's database and the database of the parts' keys. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final int IDLE = 4;

    @Bean(destroyMethod = "close")
    @Primary
    HikariDataSource dataSource(JalurSettings settings) {
        return open(settings.database(), "node", "db/node");
    }

    @Bean(destroyMethod = "close")
    @Qualifier("partKeys")
    HikariDataSource partKeys(JalurSettings settings) {
        requireEnough(settings.database().connections(), settings.partKeys().connections());
        return open(settings.partKeys(), "part-keys", "db/keys");
    }

    /**
     * A transaction keeps its connection to the keys until its end, also while it waits for a row:
     * with fewer of them, whoever holds the row might wait for those who wait for the row.
     */
    static void requireEnough(int database, int partKeys) {
        if (partKeys < database) {
            throw new IllegalStateException(
                    "jalur.part-keys.connections is %d and jalur.database.connections %d; every transaction may need one of each, so give the keys %2$d at least"
                            .formatted(partKeys, database));
        }
    }

    /** Nothing of it may be lost that was once answered. */
    @Bean(destroyMethod = "close")
    @Qualifier("checkpoints")
    @ConditionalOnProperty("jalur.checkpoints.url")
    HikariDataSource checkpointDatabase(JalurSettings settings) {
        return open(
                Objects.requireNonNull(settings.checkpoints()), "checkpoints", "db/checkpoints");
    }

    @Bean
    @Qualifier("checkpoints")
    @ConditionalOnProperty("jalur.checkpoints.url")
    JdbcClient checkpointClient(@Qualifier("checkpoints") HikariDataSource checkpoints) {
        return JdbcClient.create(checkpoints);
    }

    @Bean
    @Primary
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    @Qualifier("partKeys")
    JdbcClient partKeysClient(@Qualifier("partKeys") HikariDataSource partKeys) {
        return JdbcClient.create(partKeys);
    }

    @Bean
    TransactionTemplate transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    private static HikariDataSource open(
            JalurSettings.Database database, String name, String migrations) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(database.connections());
        pool.setMinimumIdle(Math.min(IDLE, database.connections()));
        pool.setConnectionTimeout(10_000);
        pool.addDataSourceProperty("ApplicationName", "jalur " + name);
        pool.addDataSourceProperty("options", "-c synchronous_commit=on");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        Flyway.configure().dataSource(pool).locations("classpath:" + migrations).load().migrate();
        return pool;
    }
}

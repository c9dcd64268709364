package org.jalur.node.journal;

import org.jalur.log.CheckpointStore;
import org.jalur.log.FileCheckpointStore;
import org.jalur.log.LogStorage;
import org.jalur.log.PosixStorage;
import org.jalur.node.JalurSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the tiles are, and the newest checkpoints: of this journal, and of those it cosigned. In
 * folders of one host, or in a database of their own where the operator names one.
 */
@Configuration(proxyBeanMethods = false)
class JournalStorage {
    @Bean
    LogStorage tiles(JalurSettings settings) {
        return new PosixStorage(settings.home().resolve("journal"));
    }

    @Bean
    @Primary
    CheckpointStore checkpoints(
            JalurSettings settings, @Qualifier("checkpoints") ObjectProvider<JdbcClient> database) {
        return store(settings, database, "own", "checkpoints");
    }

    @Bean
    @Qualifier("cosigned")
    CheckpointStore cosigned(
            JalurSettings settings, @Qualifier("checkpoints") ObjectProvider<JdbcClient> database) {
        return store(settings, database, "cosigned", "cosigned");
    }

    private static CheckpointStore store(
            JalurSettings settings,
            ObjectProvider<JdbcClient> database,
            String name,
            String folder) {
        return settings.checkpoints() == null
                ? new FileCheckpointStore(settings.home().resolve(folder))
                : new DatabaseCheckpointStore(database.getObject(), name);
    }
}

package org.jalur.node.journal;

import org.jalur.log.CheckpointStore;
import org.jalur.log.FileCheckpointStore;
import org.jalur.log.LogStorage;
import org.jalur.log.PosixStorage;
import org.jalur.node.JalurSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the tiles are, and the newest checkpoints: of this journal, and of those it cosigned. */
@Configuration(proxyBeanMethods = false)
class JournalStorage {
    @Bean
    LogStorage tiles(JalurSettings settings) {
        return new PosixStorage(settings.home().resolve("journal"));
    }

    @Bean
    CheckpointStore checkpoints(JalurSettings settings) {
        return new FileCheckpointStore(settings.home().resolve("checkpoints"));
    }
}

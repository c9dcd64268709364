package org.jalur.node.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConnectionsTest {
    @Test
    void keysHaveAsManyConnectionsAsThereCanBeTransactions() {
        assertThatCode(() -> DatabaseConfiguration.requireEnough(8, 8)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DatabaseConfiguration.requireEnough(8, 7))
                .hasMessageContaining("jalur.part-keys.connections is 7")
                .hasMessageContaining("give the keys 8 at least");
    }
}

package org.jalur.node.contacts;

import java.time.Instant;
import java.util.Optional;
import org.jalur.contacts.Entry;
import org.jalur.log.Hash;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the other side's register names a representative, and since when. */
@Component
public class SeenRepresentatives {
    private final JdbcClient jdbc;
    private final RegisterVersions versions;

    SeenRepresentatives(JdbcClient jdbc, RegisterVersions versions) {
        this.jdbc = jdbc;
        this.versions = versions;
    }

    /**
     * The register's message that names somebody for a country whom its owner confirmed after a
     * moment; empty if none does. That somebody called this person back it does not say.
     */
    public Optional<Hash> confirmed(Channel channel, String country, Instant since, Instant now) {
        return versions.newest(channel, Direction.IN)
                .filter(message ->
                        versions.entries(channel, message).stream()
                                .anyMatch(entry ->
                                        entry instanceof Entry.Representative one
                                                && one.country().equals(country)
                                                && one.standing().holds(now)
                                                && one.standing().confirmedAt().isAfter(since)))
                .map(message ->
                        jdbc.sql("select digest from messages where id = :message")
                                .param("message", message)
                                .query((row, _) -> Hash.of(row.getBytes("digest")))
                                .single());
    }
}

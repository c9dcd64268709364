package org.jalur.node.zones;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.sql.DataSource;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.Serial;
import org.jalur.node.zones.ZoneImport.State;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what an import changes, and makes it the next version of the list's zone. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ListPublishing {
    private static final int CHUNK = 1 << 22;

    private final JdbcClient jdbc;
    private final DataSource database;
    private final ZoneImports imports;
    private final Versions versions;

    ListPublishing(JdbcClient jdbc, DataSource database, ZoneImports imports, Versions versions) {
        this.jdbc = jdbc;
        this.database = database;
        this.imports = imports;
        this.versions = versions;
    }

    /** Stores the difference, a name a line, so that it can be published later. */
    @Transactional
    public void keepChange(long id, NameTable before, NameTable after) {
        var removed = new Chunks(id, false);
        var added = new Chunks(id, true);
        NameTable.compare(before, after, removed::add, added::add);
        removed.store();
        added.store();
    }

    /** Names into rows of a bounded size, each deflated by itself. */
    private final class Chunks {
        private final long id;
        private final boolean added;
        private final StringBuilder lines = new StringBuilder();
        private int place;

        private Chunks(long id, boolean added) {
            this.id = id;
            this.added = added;
        }

        private void add(BlockedName name) {
            lines.append(Spelling.of(name)).append('\n');
            if (lines.length() >= CHUNK) {
                store();
            }
        }

        private void store() {
            jdbc.sql("insert into zone_import_changes values (:id, :added, :place, :octets)")
                    .param("id", id)
                    .param("added", added)
                    .param("place", place++)
                    .param("octets", deflated(lines.toString()))
                    .update();
            lines.setLength(0);
        }
    }

    private static byte[] deflated(String lines) {
        var octets = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(octets)) {
            out.write(lines.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    /** Takes lines of names. */
    private interface Lines {
        void take(InputStream lines) throws IOException, SQLException;
    }

    /** Row by row, none while another statement of the transaction is under way. */
    private void each(long id, boolean added, Lines lines) {
        int chunks =
                jdbc.sql(
                                "select count(*) from zone_import_changes where import = :id and added = :added")
                        .param("id", id)
                        .param("added", added)
                        .query(Integer.class)
                        .single();
        for (int place = 0; place < chunks; place++) {
            byte[] octets =
                    jdbc.sql(
                                    """
                                    select octets from zone_import_changes
                                    where import = :id and added = :added and place = :place
                                    """)
                            .param("id", id)
                            .param("added", added)
                            .param("place", place)
                            .query(byte[].class)
                            .single();
            try (var in = new InflaterInputStream(new ByteArrayInputStream(octets))) {
                lines.take(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException("the list could not be changed", e);
            }
        }
    }

    void forget(long id) {
        jdbc.sql("delete from zone_import_changes where import = :id").param("id", id).update();
    }

    /** Makes the next version, unless the list has changed since the import was compared. */
    @Transactional
    public void publish(long id) {
        Serial compared = imports.hold(id);
        Serial newest = versions.hold(ZoneName.LIST).serial();
        boolean same = compared.equals(newest) || unchangedSince(compared);
        if (!same) {
            imports.move(id, State.PUBLISHING, State.OVERTAKEN, Optional.empty());
            forget(id);
            return;
        }
        change(id);
        Published version = versions.record(ZoneName.LIST, listed(id), Optional.of(id));
        imports.published(id, version.serial());
        forget(id);
    }

    /** Each start of a node makes a version; only those that change names overtake an import. */
    private boolean unchangedSince(Serial compared) {
        return jdbc.sql(
                        """
                        select not exists (select from zone_changes
                            where zone = 'list' and list_import is not null and serial <> :serial
                                and published_at >= coalesce((select published_at from zone_changes
                                    where zone = 'list' and serial = :serial), '-infinity'))
                        """)
                .param("serial", compared.value())
                .query(Boolean.class)
                .single();
    }

    private void change(long id) {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            jdbc.sql("create temporary table zone_gone (name text collate \"C\") on commit drop")
                    .update();
            jdbc.sql("create temporary table zone_come (name text collate \"C\") on commit drop")
                    .update();
            each(id, false, lines -> copy.copyIn("copy zone_gone from stdin", lines));
            each(id, true, lines -> copy.copyIn("copy zone_come from stdin", lines));
            jdbc.sql(
                            "delete from zone_names using zone_gone where zone = 'list' and zone_names.name = zone_gone.name")
                    .update();
            jdbc.sql("insert into zone_names select 'list', name from zone_come order by name")
                    .update();
        } catch (SQLException e) {
            throw new IllegalStateException("the list could not be changed", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /** The names that changed; empty if they are too many. */
    private Optional<Versions.Names> listed(long id) {
        ZoneImport one = imports.require(id);
        if (one.added() + one.removed() > Versions.MOST) {
            return Optional.empty();
        }
        return Optional.of(new Versions.Names(names(id, false), names(id, true)));
    }

    private List<BlockedName> names(long id, boolean added) {
        List<BlockedName> names = new ArrayList<>();
        each(
                id,
                added,
                lines ->
                        new String(lines.readAllBytes(), StandardCharsets.US_ASCII)
                                .lines()
                                .map(Spelling::stored)
                                .forEach(names::add));
        return names;
    }
}

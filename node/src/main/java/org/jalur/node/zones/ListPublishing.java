package org.jalur.node.zones;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.sql.DataSource;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.Serial;
import org.jalur.node.zones.ZoneImport.State;
import org.postgresql.PGConnection;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what an import changes, and makes it the next version of the list's zone. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ListPublishing {
    private static final int CHUNK = 1 << 20;

    private final JdbcClient jdbc;
    private final DataSource database;
    private final ZoneImports imports;
    private final Versions versions;

    ListPublishing(
            JdbcClient jdbc, DataSource database, ZoneImports imports, Versions versions) {
        this.jdbc = jdbc;
        this.database = database;
        this.imports = imports;
        this.versions = versions;
    }

    /** Stores the difference, a name a line, so that it can be published later. */
    @Transactional
    public void keepChange(long id, NameTable before, NameTable after) {
        try (OutputStream removed = deflated(id, false);
                OutputStream added = deflated(id, true)) {
            NameTable.compare(
                    before, after, name -> write(removed, name), name -> write(added, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, BlockedName name) {
        try {
            out.write((Spelling.of(name) + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutputStream deflated(long id, boolean added) {
        return new java.io.BufferedOutputStream(
                new DeflaterOutputStream(new Chunks(id, added), true), 1 << 16);
    }

    /** Octets into rows of a bounded size. */
    private final class Chunks extends OutputStream {
        private final long id;
        private final boolean added;
        private final byte[] chunk = new byte[CHUNK];
        private int length;
        private int place;

        private Chunks(long id, boolean added) {
            this.id = id;
            this.added = added;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) {
            int at = from;
            int left = count;
            while (left > 0) {
                int some = Math.min(left, CHUNK - length);
                System.arraycopy(octets, at, chunk, length, some);
                length += some;
                at += some;
                left -= some;
                if (length == CHUNK) {
                    store();
                }
            }
        }

        @Override
        public void close() {
            if (length > 0) {
                store();
            }
        }

        private void store() {
            jdbc.sql("insert into zone_import_changes values (:id, :added, :place, :octets)")
                    .param("id", id)
                    .param("added", added)
                    .param("place", place++)
                    .param("octets", java.util.Arrays.copyOf(chunk, length))
                    .update();
            length = 0;
        }
    }

    /** The lines that were stored, read row by row. */
    private InputStream lines(long id, boolean added) {
        int chunks =
                jdbc.sql(
                                "select count(*) from zone_import_changes where import = :id and added = :added")
                        .param("id", id)
                        .param("added", added)
                        .query(Integer.class)
                        .single();
        Iterator<Integer> places = IntStream.range(0, chunks).iterator();
        return new InflaterInputStream(
                new SequenceInputStream(
                        new Enumeration<InputStream>() {
                            @Override
                            public boolean hasMoreElements() {
                                return places.hasNext();
                            }

                            @Override
                            public InputStream nextElement() {
                                if (!places.hasNext()) {
                                    throw new NoSuchElementException();
                                }
                                return chunk(id, added, places.next());
                            }
                        }));
    }

    private InputStream chunk(long id, boolean added, int place) {
        return new ByteArrayInputStream(
                jdbc.sql(
                                """
                                select octets from zone_import_changes
                                where import = :id and added = :added and place = :place
                                """)
                        .param("id", id)
                        .param("added", added)
                        .param("place", place)
                        .query(byte[].class)
                        .single());
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
        try (InputStream removed = lines(id, false);
                InputStream added = lines(id, true)) {
            change(removed, added);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Published version =
                versions.record(ZoneName.LIST, listed(id), Optional.of(id));
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

    private void change(InputStream removed, InputStream added) throws IOException {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            try (var statement = connection.createStatement()) {
                statement.execute(
                        "create temporary table zone_gone (name text collate \"C\") on commit drop");
                statement.execute(
                        "create temporary table zone_come (name text collate \"C\") on commit drop");
                copy.copyIn("copy zone_gone from stdin", removed);
                copy.copyIn("copy zone_come from stdin", added);
                statement.execute(
                        "delete from zone_names using zone_gone where zone = 'list' and zone_names.name = zone_gone.name");
                statement.execute(
                        "insert into zone_names select 'list', name from zone_come order by name");
            }
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
        try (InputStream lines = lines(id, added)) {
            new String(lines.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(Spelling::stored)
                    .forEach(names::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}

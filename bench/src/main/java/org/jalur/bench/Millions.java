package org.jalur.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Databases with as many cases and notices as years of use leave behind. */
final class Millions {
    static final int CASES = 1_000_000;

    private Millions() {}

    /**
     * @param data folder of a running demo
     * @param party authority or platform
     */
    static Connection open(Path data, String party) throws IOException, SQLException {
        Path postgres = data.resolve("postgres");
        String port = Files.readAllLines(postgres.resolve("data/postmaster.pid")).get(3).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/%s".formatted(port, party),
                "jalur",
                Files.readString(postgres.resolve("password")).strip());
    }

    /**
     * Copies of one real case, each with copies of its item, due within a year.
     *
     * @param count how many cases
     * @param items of each case
     * @param open one of so many is still open
     */
    static void fillCases(Connection database, int count, int items, int open) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    """
                    insert into cases (id, channel, notice_id, message, state, kind, urgency, category, reference,
                        organisation, item_count, undecided, agreement, facts_leaf, reasons_leaf, received_at, due_at,
                        changed_at)
                    select gen_random_uuid(), channel, md5(n::text)::uuid, message,
                        case when n %% %d = 0 then 'open' else 'closed' end, kind,
                        case when n %% 3 = 0 then 'urgent' else 'normal' end, category, reference,
                        organisation, %d, %d, agreement, facts_leaf, reasons_leaf, received_at,
                        due_at + n * interval '30 seconds', changed_at
                    from (select * from cases order by received_at limit 1) one, generate_series(1, %d) n
                    """
                            .formatted(open, items, items, count));
            statement.execute(
                    """
                    insert into case_items (case_id, no, kind, leaf, place)
                    select cases.id, no, 'post', one.leaf, sha256(substr(cases.id::text, 1, 3)::bytea)
                    from cases, (select leaf from case_items limit 1) one, generate_series(1, %d) no
                    on conflict do nothing
                    """
                            .formatted(items));
            statement.execute("analyze");
        }
    }

    /**
     * Copies of one real notice, each with copies of its item: of ten one still waits for
     * decisions, of a hundred one for its acknowledgement, of a thousand one is a draft and one
     * waits for a clarification.
     *
     * @param items of each notice
     */
    static void fillNotices(Connection database, int count, int items) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    """
                    insert into notices (id, channel, state, kind, urgency, category, reference, organisation,
                        item_count, drafted_by, message, received_at, acknowledged_at, due_at, stopped_at, created_at,
                        changed_at)
                    select md5(n::text)::uuid, channel,
                        case when n %% 1000 = 1 then 'draft' when n %% 10 = 0 then 'sent' else 'closed' end,
                        kind, case when n %% 3 = 0 then 'urgent' else 'normal' end, category, reference, organisation,
                        %d, drafted_by, message, received_at, case when n %% 100 = 0 then null else received_at end,
                        due_at + n * interval '30 seconds', case when n %% 1000 = 0 then received_at end, created_at,
                        changed_at - n * interval '30 seconds'
                    from (select * from notices where state <> 'draft' order by created_at limit 1) one,
                        generate_series(1, %d) n
                    """
                            .formatted(items, count));
            statement.execute(
                    """
                    insert into notice_items (notice, no, kind, leaf)
                    select notices.id, no, 'post', one.leaf
                    from notices, (select leaf from notice_items limit 1) one, generate_series(1, %d) no
                    on conflict do nothing
                    """
                            .formatted(items));
            statement.execute("analyze");
        }
    }

    static List<String> some(String table, Connection database, int count) throws SQLException {
        var ids = new ArrayList<String>();
        try (Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select id from %s tablesample system (1) limit %d"
                                        .formatted(table, count))) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}

package org.jalur.node.screening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.screening.ExactScreener;
import org.jalur.screening.Mode;
import org.jalur.screening.Normalised;
import org.jalur.screening.Screener;
import org.jalur.screening.Signal;
import org.jalur.screening.Signature;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The platform's signature list: rows with their origin, and the screener that holds them. */
@Component
public class Signatures {
    /** A transaction that began this long ago may still commit rows with an older time. */
    private static final Duration LATE_COMMITS = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Screener screener = new ExactScreener();
    private volatile Instant loadedAt = Instant.EPOCH;

    Signatures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Where a signature comes from.
     *
     * @param origin party id of the authority
     * @param agreement digest of the agreement
     * @param countries in which it counts; empty for everywhere
     */
    public record Origin(
            UUID caseId, int no, String origin, Hash agreement, List<String> countries) {
        public Origin {
            countries = List.copyOf(countries);
        }
    }

    /** What was blocked, as far as it is known. */
    public record Blocked(Optional<String> text, List<String> urls, List<String> files) {
        public Blocked {
            urls = List.copyOf(urls);
            files = List.copyOf(files);
        }
    }

    Screener screener() {
        if (loadedAt.equals(Instant.EPOCH)) {
            load();
        }
        return screener;
    }

    /** Also sees what another process of this node has added or suspended. */
    @Scheduled(fixedDelay = 5_000)
    synchronized void load() {
        Instant now = clock.instant();
        Instant since =
                loadedAt.equals(Instant.EPOCH) ? Instant.EPOCH : loadedAt.minus(LATE_COMMITS);
        jdbc.sql(
                        """
                        select id, kind, value, mode, countries, suspended_at is not null as suspended
                        from signatures where changed_at >= :since
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((ResultSet row) -> {
                    Signature signature = from(row);
                    if (row.getBoolean("suspended")) {
                        screener.remove(signature);
                    } else {
                        screener.add(signature);
                    }
                });
        loadedAt = now;
    }

    private static Signature from(ResultSet row) throws SQLException {
        return new Signature(
                row.getObject("id", UUID.class),
                Signal.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("value"),
                Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                List.of((String[]) row.getArray("countries").getArray()));
    }

    /** Creates what the reviewer chose; a text that is too short never becomes a signature. */
    public void create(Origin origin, Blocked blocked, SignatureModes modes) {
        var created = new ArrayList<Signature>();
        blocked.files().forEach(file -> add(created, origin, Signal.FILE, file, modes.fileMode()));
        blocked.text()
                .map(Normalised::text)
                .filter(text -> text.length() >= Signature.SHORTEST_TEXT)
                .ifPresent(text -> add(created, origin, Signal.TEXT, text, modes.textMode()));
        blocked.urls().stream()
                .flatMap(url -> Normalised.url(url).stream())
                .distinct()
                .forEach(url -> add(created, origin, Signal.URL, url, modes.urlMode()));
        afterCommit(() -> created.forEach(screener()::add));
    }

    private void add(
            List<Signature> created, Origin origin, Signal signal, String value, String mode) {
        if (mode.equals(SignatureModes.NONE)) {
            return;
        }
        var signature =
                new Signature(
                        UUID.randomUUID(),
                        signal,
                        value,
                        SignatureModes.mode(mode),
                        origin.countries());
        int inserted =
                jdbc.sql(
                                """
                                insert into signatures (id, kind, value, digest, mode, case_id, no, origin, agreement,
                                    countries, created_at, changed_at)
                                values (:id, :kind, :value, :digest, :mode, :case, :no, :origin, :agreement,
                                    :countries::text[], :now, :now)
                                on conflict do nothing
                                """)
                        .param("id", signature.id())
                        .param("kind", signal.name().toLowerCase(Locale.ROOT))
                        .param("value", value)
                        .param("digest", Hash.sha256(value.getBytes(UTF_8)).bytes())
                        .param("mode", mode)
                        .param("case", origin.caseId())
                        .param("no", origin.no())
                        .param("origin", origin.origin())
                        .param("agreement", origin.agreement().bytes())
                        .param("countries", origin.countries().toArray(String[]::new))
                        .param("now", now())
                        .update();
        if (inserted == 1) {
            created.add(signature);
        }
    }

    /** The case was withdrawn: nothing it created counts any more. */
    public void suspend(UUID caseId) {
        jdbc.sql(
                        "update signatures set suspended_at = :now, changed_at = :now where case_id = :case and suspended_at is null")
                .param("now", now())
                .param("case", caseId)
                .update();
        afterCommit(this::load);
    }

    /**
     * Items were erased: the texts and addresses that were kept of them go, and with them what
     * would be refused. Digests of files stay, for they say nothing.
     */
    public void empty(UUID caseId, List<Integer> items) {
        jdbc.sql(
                        """
                        update signatures set value = '', emptied_at = :now, suspended_at = coalesce(suspended_at, :now),
                            changed_at = :now
                        where case_id = :case and no = any(:items::int[]) and kind <> 'file' and emptied_at is null
                        returning id, kind, mode, countries
                        """)
                .param("now", now())
                .param("case", caseId)
                .param("items", items.toArray(Integer[]::new))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        afterCommit(this::load);
    }

    private static void afterCommit(Runnable effect) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        effect.run();
                    }
                });
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

package org.jalur.node.screening;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.screening.engine.Checked;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Refusal;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Settings;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.SimilarText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What decisions on cases add to the lists, and take out of them. */
@Component
public class Signatures {
    private static final Logger log = LoggerFactory.getLogger(Signatures.class);
    private static final int LONGEST_PHRASE = 8_192;
    private static final int BEST_QUALITY = 100;

    private final JdbcClient jdbc;
    private final SignatureLists lists;
    private final Reopening reopening;
    private final Clock clock;

    Signatures(JdbcClient jdbc, SignatureLists lists, Reopening reopening, Clock clock) {
        this.jdbc = jdbc;
        this.lists = lists;
        this.reopening = reopening;
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

    /**
     * What was blocked, as far as it is known.
     *
     * @param files SHA-256 digests
     */
    public record Blocked(
            Optional<String> text, List<String> urls, List<String> files, List<Picture> pictures) {
        public Blocked {
            urls = List.copyOf(urls);
            files = List.copyOf(files);
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * What a picture looks like, as the platform says.
     *
     * @param pdq 64 hexadecimal digits
     * @param quality 0 to 100
     */
    public record Picture(String pdq, Optional<Integer> quality) {}

    /** Creates what the reviewer chose; what is too short or too common never becomes one. */
    public void create(Origin origin, Blocked blocked, SignatureModes modes) {
        blocked.files().forEach(file -> add(origin, Signal.FILE_SHA256, file, modes.fileMode()));
        blocked.pictures().forEach(picture -> addPicture(origin, picture, modes.pictureMode()));
        blocked.text().ifPresent(text -> addText(origin, text, modes.textMode()));
        blocked.urls().stream()
                .distinct()
                .forEach(url -> add(origin, Signal.URL, url, modes.urlMode()));
    }

    /** SHA-256 digests of the files that a block of an item made signatures of. */
    public List<String> files(UUID caseId, int no) {
        return jdbc.sql(
                        """
                        select distinct value from entries
                        where case_id = :case and no = :no and kind = 'file_sha256'
                        """)
                .param("case", caseId)
                .param("no", no)
                .query((row, _) -> row.getString("value"))
                .list();
    }

    /** What is too long for a phrase is looked for by what it has in common with its variants. */
    private void addText(Origin origin, String text, String mode) {
        if (text.strip().length() <= LONGEST_PHRASE) {
            add(origin, Signal.PHRASE, text, mode);
        } else {
            SimilarText.value(text)
                    .ifPresent(value -> add(origin, Signal.SIMILAR_TEXT, value, mode));
        }
    }

    /** A picture with little structure looks like many that nobody has decided about. */
    private void addPicture(Origin origin, Picture picture, String mode) {
        if (mode.equals(SignatureModes.NONE)) {
            return;
        }
        int least = lists.require(SignatureLists.DECISIONS + mode).list().pdqQuality();
        if (picture.quality().filter(one -> one >= least && one <= BEST_QUALITY).isPresent()) {
            add(origin, Signal.PDQ, picture.pdq(), mode);
        } else {
            refuse(
                    origin,
                    Signal.PDQ,
                    "its quality is %s; the list takes %d to %d"
                            .formatted(
                                    picture.quality().map(String::valueOf).orElse("not given"),
                                    least,
                                    BEST_QUALITY));
        }
    }

    private static void refuse(Origin origin, Signal signal, String rule) {
        log.info(
                "case {} item {}: no {} signature: {}",
                origin.caseId(),
                origin.no(),
                SignatureLists.wire(signal),
                rule);
    }

    private void add(Origin origin, Signal signal, String value, String mode) {
        if (mode.equals(SignatureModes.NONE)) {
            return;
        }
        String list = SignatureLists.DECISIONS + mode;
        Checked checked =
                Screening.check(
                        List.of(Entry.of(UUID.randomUUID(), list, signal, value)),
                        Settings.standard());
        for (Refusal refused : checked.refused()) {
            refuse(origin, signal, refused.broken().sentence());
        }
        for (Entry entry : checked.entries()) {
            jdbc.sql(
                            """
                            insert into entries (id, list, kind, value, digest, case_id, no, origin, agreement,
                                countries, added_at)
                            values (:id, :list, :kind, :value, :digest, :case, :no, :origin, :agreement,
                                :countries::text[], :now)
                            on conflict do nothing
                            """)
                    .param("id", entry.id())
                    .param("list", list)
                    .param("kind", SignatureLists.wire(entry.signal()))
                    .param("value", entry.value())
                    .param("digest", Entries.digest(entry))
                    .param("case", origin.caseId())
                    .param("no", origin.no())
                    .param("origin", origin.origin())
                    .param("agreement", origin.agreement().bytes())
                    .param("countries", origin.countries().toArray(String[]::new))
                    .param("now", now())
                    .update();
        }
    }

    /**
     * The case was withdrawn: nothing it created counts any more, and what that caught is opened.
     */
    public void suspend(UUID caseId) {
        jdbc.sql(
                        """
                        update entries set removed_at = coalesce(removed_at, :now),
                            overturned_at = coalesce(overturned_at, :now)
                        where case_id = :case
                        """)
                .param("now", now())
                .param("case", caseId)
                .update();
        reopening.byCase(caseId);
    }

    /**
     * Items were erased: the texts, addresses and looks of pictures that were kept of them go, and
     * with them what would be refused, and the words around what they found. Digests of files stay,
     * for they say nothing.
     */
    public void empty(UUID caseId, List<Integer> items) {
        var emptied =
                new ArrayList<>(
                        jdbc.sql(
                                        """
                                        update entries set value = '', emptied_at = :now,
                                            removed_at = coalesce(removed_at, :now)
                                        where case_id = :case and no = any(:items::int[]) and emptied_at is null
                                            and kind not in ('file_sha256', 'file_md5')
                                        returning id
                                        """)
                                .param("now", now())
                                .param("case", caseId)
                                .param("items", items.toArray(Integer[]::new))
                                .query(UUID.class)
                                .list());
        jdbc.sql(
                        """
                        delete from hit_excerpts using hits
                        where hits.id = hit_excerpts.hit and hits.entry = any(:entries::uuid[])
                        """)
                .param("entries", emptied.toArray(UUID[]::new))
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

package org.jalur.node.objections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.order.OrderEvent;
import org.jalur.log.Hash;
import org.jalur.node.access.OrderActs;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.PublicSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes objections in: sealed, with a clock, journaled, and told to the platform without a word of
 * theirs.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Objections {
    /**
     * So many of a block the platform is told of; the others are answered alike. Each is a message,
     * and what happened to a block is worked out of all of them.
     */
    static final int TOLD = 500;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET = 32;
    private static final Duration HOUR = Duration.ofHours(1);

    /** Without letters that are taken for digits (Crockford's base 32). */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final JdbcClient jdbc;
    private final PublicBlocks blocks;
    private final OrderActs acts;
    private final Forms forms;
    private final DraftKeys keys;
    private final Journal journal;
    private final Notifications notifications;
    private final PublicSettings settings;
    private final JsonMapper json;
    private final Clock clock;

    Objections(
            JdbcClient jdbc,
            PublicBlocks blocks,
            OrderActs acts,
            Forms forms,
            DraftKeys keys,
            Journal journal,
            Notifications notifications,
            PublicSettings settings,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.acts = acts;
        this.forms = forms;
        this.keys = keys;
        this.journal = journal;
        this.notifications = notifications;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Files what somebody wrote.
     *
     * @param token of the form
     * @return the secret by which the answer is read; it is kept nowhere
     * @throws ProblemException 429 if too many came in this hour, 409 for a form sent before
     */
    @Transactional
    public String file(UUID id, Filing filing, String token) {
        String secret = secret();
        file(
                id,
                filing,
                token,
                secret,
                () -> {
                    throw new ProblemException(
                            HttpStatus.CONFLICT,
                            "objection-sent",
                            "This form was sent already; its answer is at the link that was shown.");
                });
        return secret;
    }

    /**
     * Files what a program sends under a key that it chose. The same again is filed once, and has
     * the same secret.
     *
     * @throws ProblemException 429 if too many came in this hour, 422 for a key that something else
     *     was filed under
     */
    @Transactional
    public String fileOnce(UUID id, Filing filing, String key) {
        String secret = forms.secret(id, key, json.writeValueAsBytes(filing));
        if (bySecret(secret).isEmpty()) {
            file(
                    id,
                    filing,
                    "api " + key,
                    secret,
                    () -> {
                        // Who files the same at the same moment has waited for it here.
                        if (bySecret(secret).isEmpty()) {
                            throw new ProblemException(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    "idempotency-key-reused",
                                    "Idempotency-Key \"%s\" was used for another objection; choose a new one."
                                            .formatted(key));
                        }
                    });
        }
        return secret;
    }

    private void file(UUID id, Filing filing, String token, String secret, Runnable sentBefore) {
        PublicBlock block = blocks.one(id);
        // Looked at before anybody waits for the block, and again when nobody else can file.
        requireRoom(clock.instant());
        if (!forms.take(token)) {
            sentBefore.run();
            return;
        }
        Instant at = acts.hold(id);
        requireRoom(at);
        boolean told = told(id) < TOLD;
        PublicBlocks.Terms terms = blocks.terms(id, at);
        var objection = UUID.randomUUID();
        String reference = reference();
        byte[] sealed = keys.box(objection).seal(json.writeValueAsBytes(filing));
        jdbc.sql(
                        """
                        insert into objections (id, block, reference, kind, filed_at, answer_by, told, secret, sealed)
                        values (:id, :block, :reference, :kind, :at, :answerBy, :told, :secret, :sealed)
                        """)
                .param("id", objection)
                .param("block", id)
                .param("reference", reference)
                .param("kind", filing.kind().wire())
                .param("at", at(at))
                .param("answerBy", at(terms.answerBy()))
                .param("told", told)
                .param("secret", digest(secret))
                .param("sealed", sealed)
                .update();
        journal.append(EntryKind.RECORD, Hash.sha256(sealed));
        if (told) {
            acts.record(id, new OrderEvent.Objected(reference, terms.answerBy(), at));
        }
        notifications.tell(
                Event.of(
                                Kind.OBJECTION,
                                objection,
                                at,
                                "%s · %s".formatted(reference, block.reference()))
                        .due(terms.answerBy()));
    }

    /** Whoever files many must not keep others from filing for longer than an hour. */
    private void requireRoom(Instant now) {
        Instant since = now.minus(HOUR);
        Lately lately =
                jdbc.sql(
                                "select count(*) as many, min(filed_at) as first from objections where filed_at > :since")
                        .param("since", at(since))
                        .query(Lately::from)
                        .single();
        if (lately.many() >= settings.objectionsPerHour()) {
            throw ProblemException.tooMany(
                    "too-many-objections",
                    "%d objections came in this hour; file yours later.".formatted(lately.many()),
                    lately.first()
                            .map(first -> Duration.between(since, first).plusSeconds(1))
                            .orElse(HOUR));
        }
    }

    private record Lately(int many, Optional<Instant> first) {
        static Lately from(ResultSet row, int number) throws SQLException {
            return new Lately(
                    row.getInt("many"),
                    Optional.ofNullable(row.getObject("first", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }
    }

    private int told(UUID block) {
        return jdbc.sql("select count(*) from objections where block = :block and told")
                .param("block", block)
                .query(Integer.class)
                .single();
    }

    /** Random, so that nobody tells how many there are, or guesses one. */
    private static String reference() {
        var text = new StringBuilder("KB-");
        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                text.append('-');
            }
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static String secret() {
        byte[] octets = new byte[SECRET];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static byte[] digest(String secret) {
        return Hash.sha256(secret.getBytes(UTF_8)).bytes();
    }

    /** What somebody who has the link may know. */
    Optional<Objection> bySecret(String secret) {
        return jdbc.sql(Objection.ROWS + "where objections.secret = :secret")
                .param("now", at(clock.instant()))
                .param("secret", digest(secret))
                .query(Objection::from)
                .optional();
    }

    /** What was written; empty once it was destroyed, or if a lost database had it. */
    Optional<Filing> words(UUID objection) {
        return open(objection, "select sealed from objections where id = :id")
                .map(octets -> json.readValue(octets, Filing.class));
    }

    /** The reasons of its answer; empty while there is none, and once they were destroyed. */
    Optional<String> reasons(UUID objection) {
        return open(objection, "select sealed from objection_answers where objection = :id")
                .map(octets -> new String(octets, UTF_8));
    }

    /** What one person wants to answer. */
    Optional<String> wished(UUID objection) {
        return open(objection, "select sealed from objection_wishes where objection = :id")
                .map(octets -> new String(octets, UTF_8));
    }

    private Optional<byte[]> open(UUID objection, String sql) {
        Optional<byte[]> sealed =
                jdbc
                        .sql(sql)
                        .param("id", objection)
                        .query((row, _) -> Optional.ofNullable(row.getBytes("sealed")))
                        .list()
                        .stream()
                        .flatMap(Optional::stream)
                        .findFirst();
        return sealed.flatMap(octets -> keys.existing(objection).map(box -> box.open(octets)));
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}

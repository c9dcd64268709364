package org.jalur.node.enforcement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.appeal.AppealRule;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.web.PublicSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The secret addresses at which affected users appeal and read what became of it. Each statement
 * has its own; of the secret a digest is kept, and itself, sealed, until the statement is
 * delivered.
 */
@Component
public class AppealLinks {
    /** Of the page, before the secret. */
    public static final String PATH = "/appeal/";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET = 32;

    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final Agreements agreements;
    private final PublicSettings settings;
    private final Clock clock;

    AppealLinks(
            JdbcClient jdbc,
            DraftKeys keys,
            Agreements agreements,
            PublicSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.agreements = agreements;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * An item against whose restriction somebody may appeal.
     *
     * @param openUntil until when
     */
    public record Link(UUID caseId, int no, Instant openUntil) {
        static Link from(ResultSet row, int number) throws SQLException {
            return new Link(
                    row.getObject("case_id", UUID.class),
                    row.getInt("no"),
                    row.getObject("open_until", OffsetDateTime.class).toInstant());
        }
    }

    /**
     * What a statement says of the way to appeal.
     *
     * @param url absent while no public address is configured: the platform takes appeals itself
     */
    record Offer(Optional<String> url, Instant until) {}

    /** The same for the same action, however often it is asked. */
    @Transactional
    public Offer offer(Actions.Due due) {
        Optional<Offer> before = offered(due.id());
        if (before.isPresent()) {
            return before.get();
        }
        byte[] octets = new byte[SECRET];
        RANDOM.nextBytes(octets);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        jdbc.sql(
                        """
                        insert into appeal_links (action, case_id, no, secret, sealed, open_until)
                        values (:action, :case, :no, :secret, :sealed, :until) on conflict do nothing
                        """)
                .param("action", due.id())
                .param("case", due.caseId())
                .param("no", due.no())
                .param("secret", digest(secret))
                .param("sealed", keys.box(due.id()).seal(secret))
                .param("until", Enforcement.at(until(due, clock.instant())))
                .update();
        return offered(due.id()).orElseThrow();
    }

    private Instant until(Actions.Due due, Instant told) {
        return AppealRule.openUntil(agreement(due), told);
    }

    private Agreement agreement(Actions.Due due) {
        return agreements.of(due.channel(), due.agreement()).agreement();
    }

    private Optional<Offer> offered(UUID action) {
        return jdbc.sql(
                        "select sealed, open_until from appeal_links where action = :action and sealed is not null")
                .param("action", action)
                .query((row, _) ->
                        new Offer(
                                url(keys.opening(action).text(row.getBytes("sealed"))),
                                row.getObject("open_until", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private Optional<String> url(String secret) {
        return Optional.ofNullable(settings.url()).map(base -> base + PATH + secret);
    }

    /** The statement was delivered, or never will be: nobody needs the secret here any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    void over(Actions.Due due, boolean told) {
        Instant now = clock.instant();
        int links =
                jdbc.sql(
                                """
                                update appeal_links set sealed = null,
                                    told_at = case when :told then :now else told_at end,
                                    open_until = case when :told then greatest(open_until, :until) else open_until end
                                where action = :action
                                """)
                        .param("told", told)
                        .param("now", Enforcement.at(now))
                        .param("until", Enforcement.at(until(due, now)))
                        .param("action", due.id())
                        .update();
        if (links > 0) {
            keys.destroy(due.id());
        }
    }

    /** The item of whoever has this secret. */
    public Optional<Link> bySecret(String secret) {
        return jdbc.sql("select case_id, no, open_until from appeal_links where secret = :secret")
                .param("secret", digest(secret))
                .query(Link::from)
                .optional();
    }

    /** The item that an action of the connector told somebody about. */
    public Optional<Link> byAction(UUID action) {
        return jdbc.sql("select case_id, no, open_until from appeal_links where action = :action")
                .param("action", action)
                .query(Link::from)
                .optional();
    }

    /** Until when anybody who was told of this item may appeal; empty if nobody was. */
    public Optional<Instant> openUntil(UUID caseId, int no) {
        return jdbc.sql(
                        """
                        select max(open_until) as until from appeal_links
                        where case_id = :case and no = :no and told_at is not null
                        """)
                .param("case", caseId)
                .param("no", no)
                .query((row, _) ->
                        Optional.ofNullable(row.getObject("until", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }

    private static byte[] digest(String secret) {
        return Hash.sha256(secret.getBytes(UTF_8)).bytes();
    }
}

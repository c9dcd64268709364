package org.jalur.node.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.node.notifications.Readers.Reader;
import org.jalur.node.notifications.carriers.Letter;
import org.jalur.node.notifications.carriers.NotificationSettings;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.stereotype.Component;

/** What people read, in their language and zone. */
@Component
class Wording {
    private static final String SETTINGS = "/notifications/settings";

    private final Texts texts;
    private final Moments moments;
    private final String url;
    private final Clock clock;

    Wording(Texts texts, Moments moments, NotificationSettings settings, Clock clock) {
        this.texts = texts;
        this.moments = moments;
        url = settings.url().toString().replaceAll("/+$", "");
        this.clock = clock;
    }

    /**
     * An event as it was told.
     *
     * @param number how many, for a digest
     */
    record Told(
            Kind kind,
            String subject,
            String reference,
            Optional<Instant> dueAt,
            int number,
            boolean emergency,
            Instant at) {
        /** The time it was told is {@code event_told_at}: other rows have such a time too. */
        static Told from(ResultSet row) throws SQLException {
            return new Told(
                    Kind.of(row.getString("kind")).orElseThrow(),
                    row.getString("subject"),
                    row.getString("reference"),
                    Optional.ofNullable(row.getObject("due_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant),
                    row.getInt("number"),
                    row.getBoolean("emergency"),
                    row.getObject("event_told_at", OffsetDateTime.class).toInstant());
        }
    }

    /** In the language and zone of the page that is being made. */
    String sentence(Told told) {
        String said =
                texts.say(
                        "tell." + told.kind().wire(),
                        told.reference(),
                        told.dueAt().map(moments::full).orElse(""),
                        told.number());
        return told.emergency() ? texts.say("tell.emergency", said) : said;
    }

    Letter letter(UUID id, Told told, Reader reader) {
        String link = url + told.kind().path(told.subject());
        return as(
                reader,
                () ->
                        new Letter(
                                id,
                                told.kind().wire(),
                                reader.language(),
                                told.reference(),
                                sentence(told),
                                texts.say(
                                        "tell.text", moments.full(told.at()), link, url + SETTINGS),
                                link,
                                told.at(),
                                told.dueAt(),
                                told.emergency(),
                                Optional.empty()));
    }

    Letter test(Reader reader) {
        return plain("test", reader, "tell.test", Optional.empty());
    }

    Letter code(Reader reader, String code) {
        return plain("code", reader, "tell.code", Optional.of(code));
    }

    private Letter plain(String kind, Reader reader, String key, Optional<String> code) {
        Instant now = clock.instant();
        String link = url + SETTINGS;
        return as(
                reader,
                () ->
                        new Letter(
                                UUID.randomUUID(),
                                kind,
                                reader.language(),
                                "",
                                texts.say(key, code.orElse("")),
                                texts.say("tell.text", moments.full(now), link, link),
                                link,
                                now,
                                Optional.empty(),
                                false,
                                code));
    }

    private static <T> T as(Reader reader, Supplier<T> said) {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        LocaleContextHolder.setLocaleContext(
                new SimpleTimeZoneAwareLocaleContext(
                        Locale.of(reader.language()), TimeZone.getTimeZone(reader.zone())));
        try {
            return said.get();
        } finally {
            LocaleContextHolder.setLocaleContext(before);
        }
    }
}

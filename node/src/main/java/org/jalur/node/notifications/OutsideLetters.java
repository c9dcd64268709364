package org.jalur.node.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.node.JalurSettings;
import org.jalur.node.notifications.carriers.Carrier;
import org.jalur.node.notifications.carriers.Channel;
import org.jalur.node.notifications.carriers.Letter;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.stereotype.Component;

/**
 * Letters to people without an account here, whose address a register has. They say what is wanted
 * in Indonesian and in English, and lead to no page: these people could not open one.
 */
@Component
public class OutsideLetters {
    private static final List<Locale> LANGUAGES = List.of(Locale.of("id"), Locale.ENGLISH);

    private final Optional<Carrier> mail;
    private final Texts texts;
    private final Moments moments;
    private final String party;

    OutsideLetters(
            ObjectProvider<Carrier> carriers,
            Texts texts,
            Moments moments,
            JalurSettings settings) {
        mail = carriers.stream().filter(one -> one.channel() == Channel.MAIL).findFirst();
        this.texts = texts;
        this.moments = moments;
        party = settings.party().name();
    }

    /** What became of a letter. */
    public enum Outcome {
        SENT,
        LATER,
        REFUSED,
        /** This node sends no mail. */
        NO_MAIL
    }

    /**
     * Reminds a resolver's operator of names that are to be open again.
     *
     * @param id the same at every try
     * @param lagging how many names at resolvers do not answer so
     */
    public Outcome liftLags(UUID id, String address, String reference, int lagging, Instant at) {
        if (mail.isEmpty()) {
            return Outcome.NO_MAIL;
        }
        if (!mail.get().accepts(address)) {
            return Outcome.REFUSED;
        }
        var text = new StringBuilder();
        for (Locale language : LANGUAGES) {
            text.append(
                            in(
                                    language,
                                    () ->
                                            texts.say(
                                                    "letter.lift-lags",
                                                    party,
                                                    reference,
                                                    lagging,
                                                    moments.full(at))))
                    .append("\n\n");
        }
        var letter =
                new Letter(
                        id,
                        "lift-lags",
                        "id",
                        reference,
                        in(
                                LANGUAGES.getFirst(),
                                () -> texts.say("letter.lift-lags.subject", reference)),
                        text.toString().stripTrailing() + "\n",
                        "",
                        at,
                        Optional.empty(),
                        false,
                        Optional.empty());
        return switch (mail.get().send(address, letter)) {
            case Carrier.Outcome.Sent _ -> Outcome.SENT;
            case Carrier.Outcome.Later _ -> Outcome.LATER;
            case Carrier.Outcome.Refused _ -> Outcome.REFUSED;
        };
    }

    private static String in(Locale language, Supplier<String> words) {
        var before = LocaleContextHolder.getLocaleContext();
        try {
            LocaleContextHolder.setLocaleContext(
                    new SimpleTimeZoneAwareLocaleContext(language, TimeZone.getTimeZone("UTC")));
            return words.get();
        } finally {
            LocaleContextHolder.setLocaleContext(before);
        }
    }
}

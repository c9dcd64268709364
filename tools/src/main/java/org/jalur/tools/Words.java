package org.jalur.tools;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;

/** The sentences of {@code verify} in Indonesian or English. */
final class Words {
    private static final String BUNDLE = "org.jalur.tools.verify";

    private final ResourceBundle sentences;
    private final DateTimeFormatter times;

    /** The languages that there are sentences in. */
    enum Language {
        ID("id"),
        EN("en");

        private final Locale locale;

        Language(String tag) {
            this.locale = Locale.of(tag);
        }

        static Optional<Language> of(String tag) {
            return Stream.of(values())
                    .filter(language -> language.locale.getLanguage().equals(tag))
                    .findFirst();
        }

        /** As POSIX environments name it, for example {@code id_ID.UTF-8}; else English. */
        static Language ofEnvironment(Optional<String> value) {
            return value.filter(name -> name.matches("id([_.@].*)?")).isPresent() ? ID : EN;
        }
    }

    Words(Language language) {
        sentences =
                ResourceBundle.getBundle(
                        BUNDLE,
                        language.locale,
                        Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        times =
                DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", language.locale)
                        .withZone(ZoneOffset.UTC);
    }

    String say(String key, Object... values) {
        return sentences.getString(key).formatted(values);
    }

    boolean has(String key) {
        return sentences.containsKey(key);
    }

    String time(Instant at) {
        return times.format(at);
    }

    /** Text of others without what could move a terminal's cursor or turn the line around. */
    static String visible(String text) {
        return text.codePoints()
                .map(c -> isVisible(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}

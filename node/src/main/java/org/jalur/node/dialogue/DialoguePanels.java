package org.jalur.node.dialogue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the pages of both sides show of a dialogue, and what their forms bring. */
@Component
public class DialoguePanels {
    private static final List<String> LANGUAGES = List.of("id", "en");
    private static final Set<String> DONE = Set.of("asked", "answered", "remarked");

    private final JdbcClient jdbc;
    private final DialogueViews views;
    private final Texts texts;
    private final boolean authority;

    DialoguePanels(JdbcClient jdbc, DialogueViews views, Texts texts, Register register) {
        this.jdbc = jdbc;
        this.views = views;
        this.texts = texts;
        this.authority = register.isAuthority();
    }

    /**
     * @param path of the notice or the case
     */
    public record Panel(String path, List<Turn> said, WhyItStands why) {
        /** Questions that wait for an answer. */
        public List<Turn> open() {
            return said.stream().filter(Turn::open).toList();
        }
    }

    public Panel of(UUID subject) {
        List<Turn> said = views.of(subject);
        return new Panel((authority ? "/notices/" : "/cases/") + subject, said, why(subject, said));
    }

    /** What the clock shows, from the row in which lists and dashboards find it too. */
    private WhyItStands why(UUID subject, List<Turn> said) {
        return jdbc.sql(
                        "select stopped_at, goes_on_at from %s where id = :id"
                                .formatted(authority ? "notices" : "cases"))
                .param("id", subject)
                .query((row, _) ->
                        WhyItStands.of(
                                time(row.getObject("stopped_at", OffsetDateTime.class)),
                                time(row.getObject("goes_on_at", OffsetDateTime.class)),
                                said))
                .single();
    }

    private static Optional<Instant> time(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    /** The templates of one side in the language of the page. */
    public List<Form.Option> templates(Template.Use use) {
        return Template.of(use).stream()
                .map(one -> new Form.Option(one.wire(), texts.name("template", one.wire())))
                .toList();
    }

    /** Both languages, whatever the language of the page. */
    public List<Form.Option> languages() {
        return LANGUAGES.stream()
                .map(one -> new Form.Option(one, texts.name("language", one)))
                .toList();
    }

    /** The text of a template in the language in which the other side is written to. */
    private Optional<String> text(String template, String language) {
        return Template.of(template)
                .filter(_ -> LANGUAGES.contains(language))
                .map(one -> texts.sayIn(Locale.of(language), "template-text." + one.wire()));
    }

    /** A form that begins with the text of a template, if one was chosen. */
    public Form begun(Map<String, String> asked) {
        String template = asked.getOrDefault("template", "");
        String language = asked.getOrDefault("templateLanguage", "");
        Map<String, String> values = new HashMap<>();
        values.put("template", template);
        values.put("templateLanguage", language);
        text(template, language)
                .ifPresent(text -> {
                    values.put("questionText", text);
                    values.put("answer", text);
                });
        Optional.ofNullable(asked.get("question")).ifPresent(one -> values.put("question", one));
        return Form.of(values);
    }

    /** What a command did. */
    public String done(Map<String, String> asked) {
        String done = asked.getOrDefault("done", "");
        return DONE.contains(done) ? texts.name("dialogue-done", done) : "";
    }
}

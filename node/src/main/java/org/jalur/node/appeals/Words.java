package org.jalur.node.appeals;

import java.util.Optional;
import org.jalur.appeal.AppealReasons;
import org.jalur.appeal.AppealWords;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.DecisionReasons;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is private of appeals, as far as this node has it and it is not erased. */
@Component
class Words {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final PartStore parts;
    private final DraftKeys keys;
    private final JsonMapper json;

    Words(JdbcClient jdbc, Channels channels, PartStore parts, DraftKeys keys, JsonMapper json) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.parts = parts;
        this.keys = keys;
        this.json = json;
    }

    /** As it was filed on this node. */
    private Optional<Filing> filed(Appeal one) {
        return one.sealed()
                ? keys.existing(one.id())
                        .map(box ->
                                json.readValue(
                                        box.open(
                                                jdbc.sql(
                                                                "select sealed from appeals where id = :id")
                                                        .param("id", one.id())
                                                        .query((row, _) -> row.getBytes("sealed"))
                                                        .single()),
                                        Filing.class))
                : Optional.empty();
    }

    Optional<String> of(Appeal one) {
        return filed(one)
                .map(Filing::words)
                .or(() ->
                        part(one, one.wordsLeaf())
                                .map(part -> Parts.read(part, AppealWords.class).text()));
    }

    Optional<String> contact(Appeal one) {
        return filed(one).map(Filing::contact).filter(contact -> !contact.isEmpty());
    }

    /** Why it was granted or rejected. */
    Optional<String> reasons(Appeal one) {
        return part(one, one.outcome().flatMap(Appeal.Outcome::reasons))
                .map(part ->
                        part.type().equals("decision")
                                ? Parts.read(part, DecisionReasons.class).reason()
                                : Parts.read(part, AppealReasons.class).reason());
    }

    private Optional<Part> part(Appeal one, Optional<Hash> leaf) {
        return leaf.flatMap(it -> parts.open(channels.byId(one.channel()), it));
    }
}

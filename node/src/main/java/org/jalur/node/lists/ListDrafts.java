package org.jalur.node.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jalur.channel.Part;
import org.jalur.channel.PartSeries;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.ListFacts;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.list.LineError;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lists that are not sent yet: sealed like everything that is not, until then or discarded. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ListDrafts {
    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final JsonMapper json;

    ListDrafts(JdbcClient jdbc, DraftKeys keys, JsonMapper json) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.json = json;
    }

    /**
     * A draft without its entries.
     *
     * @param wrong how many lines of the file were left out
     * @param errors the first of them
     */
    record Draft(ListFacts facts, long wrong, List<LineError> errors) {
        Draft {
            errors = List.copyOf(errors);
        }
    }

    /** A draft as it is kept. */
    private record KeptDraft(ListFacts facts, long wrong, List<KeptLine> errors) {
        static KeptDraft of(Draft draft) {
            return new KeptDraft(
                    draft.facts(),
                    draft.wrong(),
                    draft.errors().stream().map(KeptLine::of).toList());
        }

        Draft draft() {
            return new Draft(facts, wrong, errors.stream().map(KeptLine::error).toList());
        }
    }

    private record KeptLine(long line, String value, String rule, String wayOut) {
        static KeptLine of(LineError error) {
            return new KeptLine(error.line(), error.value(), error.broken().text(), error.wayOut());
        }

        LineError error() {
            return new LineError(line, value, BrokenRule.kept(rule, wayOut));
        }
    }

    byte[] sealed(UUID list, Draft draft) {
        return keys.box(list).seal(json.writeValueAsBytes(KeptDraft.of(draft)));
    }

    /** For the salts of the parts; as closed as the draft, and gone with it. */
    byte[] newSeed(UUID list) {
        return keys.box(list).seal(PartSeries.newSeed());
    }

    Draft open(UUID list, byte[] draft) {
        return json.readValue(keys.opening(list).open(draft), KeptDraft.class).draft();
    }

    void keep(UUID list, List<byte[]> chunks) {
        DraftKeys.Box box = keys.box(list);
        int no = 0;
        for (byte[] chunk : chunks) {
            jdbc.sql(
                            "insert into sent_list_drafts (list, no, entries) values (:list, :no, :entries)")
                    .param("list", list)
                    .param("no", ++no)
                    .param("entries", box.seal(chunk))
                    .update();
        }
    }

    List<byte[]> chunks(UUID list) {
        DraftKeys.Box box = keys.opening(list);
        return jdbc.sql("select entries from sent_list_drafts where list = :list order by no")
                .param("list", list)
                .query((row, _) -> box.open(row.getBytes("entries")))
                .list();
    }

    /** Nobody can read it any more, in an old copy of the database either. */
    void delete(UUID list) {
        jdbc.sql("delete from sent_list_drafts where list = :list").param("list", list).update();
        keys.destroy(list);
    }

    /**
     * What is sent.
     *
     * @param parts in the order of the message, the facts first
     */
    record Content(List<Part> parts) {
        Content {
            parts = List.copyOf(parts);
        }

        /** What the signature will commit to. */
        Hash root() {
            return MerkleTree.root(parts.stream().map(Part::leaf).toList());
        }

        Hash facts() {
            return parts.getFirst().leaf();
        }
    }

    /**
     * Of a draft as it is kept: the same parts each time.
     *
     * @param seed as it is kept
     */
    Content content(UUID list, ListFacts facts, List<byte[]> chunks, byte[] seed) {
        var series = new PartSeries(keys.opening(list).open(seed));
        var parts = new ArrayList<Part>();
        parts.add(Parts.json(series, "list", facts));
        chunks.forEach(chunk -> parts.add(series.next("list-entries", chunk)));
        return new Content(parts);
    }
}

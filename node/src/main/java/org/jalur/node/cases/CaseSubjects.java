package org.jalur.node.cases;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.evidence.Subject;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.ErasureListener;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.screening.Signatures;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A platform's subjects are its cases; what it copied from an erased item goes with the item. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseSubjects implements Subjects, ErasureListener {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final Signatures signatures;

    CaseSubjects(JdbcClient jdbc, Channels channels, Signatures signatures) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.signatures = signatures;
    }

    @Override
    public Subject.Kind kind() {
        return Subject.Kind.CASE;
    }

    @Override
    public Known known(UUID subject) {
        return jdbc.sql("select channel, notice_id from cases where id = :id")
                .param("id", subject)
                .query((row, _) ->
                        new Known(
                                channels.byId(row.getInt("channel")),
                                row.getObject("notice_id", UUID.class)))
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-case",
                                "There is no case %s on this node.".formatted(subject)));
    }

    @Override
    public Optional<UUID> subject(Channel channel, UUID notice) {
        return jdbc.sql("select id from cases where channel = :channel and notice_id = :notice")
                .param("channel", channel.id())
                .param("notice", notice)
                .query(UUID.class)
                .optional();
    }

    @Override
    public void erased(Channel channel, UUID notice, Set<Hash> leaves) {
        Optional<UUID> theCase = subject(channel, notice);
        if (theCase.isPresent()) {
            List<Integer> items =
                    jdbc.sql(
                                    "select no from case_items where case_id = :case and leaf = any(:leaves::bytea[])")
                            .param("case", theCase.get())
                            .param(
                                    "leaves",
                                    leaves.stream().map(Hash::bytes).toArray(byte[][]::new))
                            .query((row, _) -> row.getInt("no"))
                            .list();
            jdbc.sql(
                            "update case_items set place = null, address = null where case_id = :case and no = any(:items::int[])")
                    .param("case", theCase.get())
                    .param("items", items.toArray(Integer[]::new))
                    .update();
            jdbc.sql(
                            "delete from case_item_files where case_id = :case and no = any(:items::int[])")
                    .param("case", theCase.get())
                    .param("items", items.toArray(Integer[]::new))
                    .update();
            signatures.empty(theCase.get(), items);
        }
    }
}

package org.jalur.node.appeals;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.ErasureListener;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What ends appeals, and what was written in them, without a decision. */
@Component
public class EndedAppeals implements ErasureListener {
    private final JdbcClient jdbc;
    private final AppealRows rows;
    private final DraftKeys keys;
    private final Notifications notifications;

    EndedAppeals(JdbcClient jdbc, AppealRows rows, DraftKeys keys, Notifications notifications) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.keys = keys;
        this.notifications = notifications;
    }

    /** The notice was withdrawn: its content is restored without a decision about appeals. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdrawn(UUID subject, Instant at) {
        List<UUID> ended = rows.withdrawn(subject, at);
        if (!ended.isEmpty()) {
            notifications.settled(
                    ended,
                    Kind.APPEAL,
                    Kind.APPEAL_DUE_SOON,
                    Kind.APPEAL_OVERDUE,
                    Kind.NOTICE_APPEAL);
        }
    }

    /** What was written about an item goes with it, also where the authority never had it. */
    @Override
    public void erased(Channel channel, UUID notice, Set<Hash> leaves) {
        byte[][] gone = leaves.stream().map(Hash::bytes).toArray(byte[][]::new);
        jdbc.sql(
                        """
                        update appeals set sealed = null where channel = :channel and notice = :notice and sealed is not null
                            and (words_leaf = any(:gone::bytea[])
                                or exists (select 1 from case_items item where item.case_id = appeals.subject
                                    and item.no = appeals.no and item.leaf = any(:gone::bytea[]))
                                or exists (select 1 from decisions where decisions.subject = appeals.subject
                                    and decisions.no = appeals.no and decisions.leaf = any(:gone::bytea[])))
                        returning id
                        """)
                .param("channel", channel.id())
                .param("notice", notice)
                .param("gone", gone)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .forEach(keys::destroy);
    }
}

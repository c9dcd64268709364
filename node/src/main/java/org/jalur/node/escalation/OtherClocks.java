package org.jalur.node.escalation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jalur.agreement.Ladder.Silence;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Clocks of what is neither notice nor case, where lists of all clocks find them. */
@Component
public class OtherClocks {
    private final JdbcClient jdbc;

    OtherClocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param subject id on the channel
     * @param since from when it runs; before that no list has it
     */
    public record Running(
            UUID subject, String reference, String organisation, Instant since, Instant dueAt) {}

    /**
     * Sets what runs for a page: these clocks, and no others.
     *
     * @param page this side's own id of what the page is about
     * @param path of the page
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void set(Silence about, int channel, UUID page, String path, List<Running> running) {
        jdbc.sql(
                        """
                        delete from other_clocks
                        where about = :about and page = :page and subject <> all(:subjects)
                        """)
                .param("about", Ladders.wire(about))
                .param("page", page)
                .param("subjects", running.stream().map(Running::subject).toArray(UUID[]::new))
                .update();
        jdbc.sql(
                        """
                        insert into other_clocks (channel, about, subject, page, path, reference, organisation,
                            received_at, due_at)
                        select :channel, :about, subject, :page, :path, reference, organisation, since, due_at
                        from unnest(:subjects::uuid[], :references::text[], :organisations::text[],
                            :sinces::timestamptz[], :dues::timestamptz[])
                            as new(subject, reference, organisation, since, due_at)
                        on conflict (channel, subject, about)
                            do update set received_at = excluded.received_at, due_at = excluded.due_at
                        """)
                .param("channel", channel)
                .param("about", Ladders.wire(about))
                .param("page", page)
                .param("path", path)
                .param("subjects", running.stream().map(Running::subject).toArray(UUID[]::new))
                .param("references", texts(running, Running::reference))
                .param("organisations", texts(running, Running::organisation))
                .param("sinces", texts(running, one -> one.since().toString()))
                .param("dues", texts(running, one -> one.dueAt().toString()))
                .update();
    }

    private static String[] texts(List<Running> running, Function<Running, String> text) {
        return running.stream().map(text).toArray(String[]::new);
    }
}

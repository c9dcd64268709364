package org.jalur.node.deconfliction;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.ErasureListener;
import org.jalur.node.exchange.Erasures;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Filed;
import org.jalur.node.exchange.MessageFiles;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Erasure;
import org.jalur.notice.ErasureGround;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases what a note is about, and why it was overridden, on both sides. One that holds is ended
 * first: nobody could keep to what nobody can read.
 */
@Component
class NoteErasing implements ErasureListener {
    private static final Set<String> CONTENT = Set.of(NoteParts.TEXT, NoteParts.OVERRIDE);

    private final NoteRows rows;
    private final Channels channels;
    private final MessageFiles messages;
    private final PartStore parts;
    private final Exchange exchange;
    private final Erasures erasures;
    private final Clock clock;

    NoteErasing(
            NoteRows rows,
            Channels channels,
            MessageFiles messages,
            PartStore parts,
            Exchange exchange,
            Erasures erasures,
            Clock clock) {
        this.rows = rows;
        this.channels = channels;
        this.messages = messages;
        this.parts = parts;
        this.exchange = exchange;
        this.erasures = erasures;
        this.clock = clock;
    }

    /**
     * @return how many parts
     * @throws ProblemException 409 while it holds, if nothing is left, or if a message about it is
     *     not delivered yet
     */
    @Transactional
    public int erase(UUID id, ErasureGround ground) {
        NoteRows.Asked note = rows.lock(id).orElseThrow(() -> unknown(id));
        if (note.state().equals("draft")) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "note-draft",
                    "Note %s was never sent; discard its draft.".formatted(id));
        }
        if (holds(note)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "note-holds",
                    "Note %s holds until %s; end it first, or wait for its end."
                            .formatted(id, note.facts().until()),
                    note.facts().until());
        }
        Channel channel = channels.byId(note.channel());
        List<Hash> leaves = content(channel, id);
        if (leaves.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "nothing-to-erase",
                    "Nothing of note %s is left; it is erased already.".formatted(id));
        }
        for (int from = 0; from < leaves.size(); from += Erasure.MOST) {
            send(
                    channel,
                    id,
                    leaves.subList(from, Math.min(leaves.size(), from + Erasure.MOST)),
                    ground);
        }
        return leaves.size();
    }

    private boolean holds(NoteRows.Asked note) {
        return note.state().equals("asked") && note.facts().until().isAfter(clock.instant());
    }

    private List<Hash> content(Channel channel, UUID id) {
        var leaves = new ArrayList<Hash>();
        for (long row : messages.about(channel, id)) {
            Filed filed = messages.one(row);
            List<Hash> some =
                    parts.open(channel, filed.message().leaves()).entrySet().stream()
                            .filter(part -> CONTENT.contains(part.getValue().type()))
                            .map(Map.Entry::getKey)
                            .toList();
            boolean own = filed.message().manifest().from().equals(channel.local());
            if (own && filed.receipt().isEmpty() && !some.isEmpty()) {
                throw new ProblemException(
                        HttpStatus.CONFLICT,
                        "not-delivered-yet",
                        "A message about it is on its way; what was never delivered cannot be erased on both sides. Wait for its receipt.");
            }
            leaves.addAll(some);
        }
        return leaves;
    }

    private void send(Channel channel, UUID id, List<Hash> leaves, ErasureGround ground) {
        Part erasure =
                Parts.json("erasure", new Erasure(leaves.stream().map(Hash::hex).toList(), ground));
        SentMessage sent =
                exchange.send(
                        channel,
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.ERASURE,
                                Optional.of(id),
                                Optional.empty(),
                                List.of(erasure)));
        erasures.record(channel, id, Set.copyOf(leaves), sent.row());
    }

    @Override
    public Optional<String> objection(Channel channel, UUID about) {
        return rows.lock(about)
                .filter(note -> note.channel() == channel.id() && holds(note))
                .map(note ->
                        "The note holds until %s; it is ended first."
                                .formatted(note.facts().until()));
    }

    /** What it was about is not kept as a digest either. */
    @Override
    public void erased(Channel channel, UUID note, Set<Hash> leaves) {
        rows.forget(channel, note, leaves);
    }

    static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-note",
                "There is no note %s on this node.".formatted(id));
    }
}

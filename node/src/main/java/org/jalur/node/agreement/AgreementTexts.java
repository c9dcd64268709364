package org.jalur.node.agreement;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.agreement.negotiation.Dossier;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.PartStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The octets of agreements, read once: from the part that brought them, or from a signed file. */
@Component
class AgreementTexts {
    private final Map<Hash, AgreementText> read = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final PartStore parts;

    AgreementTexts(JdbcClient jdbc, PartStore parts) {
        this.jdbc = jdbc;
        this.parts = parts;
    }

    /** What was read before. */
    Optional<AgreementText> known(Hash digest) {
        @Nullable AgreementText known = read.get(digest);
        return Optional.ofNullable(known);
    }

    AgreementText of(Channel channel, Dossier.Proposal proposal) {
        return known(proposal.digest()).orElseGet(() -> read(channel, proposal));
    }

    private AgreementText read(Channel channel, Dossier.Proposal proposal) {
        AgreementText text = AgreementText.read(octets(channel, proposal));
        if (!text.digest().equals(proposal.digest())) {
            throw new IllegalStateException(
                    "the part of proposal %s has other octets than were proposed"
                            .formatted(proposal.id()));
        }
        read.put(text.digest(), text);
        return text;
    }

    private byte[] octets(Channel channel, Dossier.Proposal proposal) {
        Optional<byte[]> filed =
                jdbc.sql("select octets from agreement_files where digest = :digest")
                        .param("digest", proposal.digest().bytes())
                        .query((row, _) -> row.getBytes("octets"))
                        .optional();
        return filed.or(() ->
                        leaf(channel, proposal)
                                .flatMap(leaf -> parts.open(channel, leaf))
                                .map(Part::bytes))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "the text of proposal %s cannot be opened"
                                        .formatted(proposal.id())));
    }

    private Optional<Hash> leaf(Channel channel, Dossier.Proposal proposal) {
        return jdbc.sql(
                        """
                        select leaf from agreement_acts
                        where channel = :channel and proposal = :proposal and kind = 'proposed' and leaf is not null
                        """)
                .param("channel", channel.id())
                .param("proposal", proposal.id())
                .query((row, _) -> Hash.of(row.getBytes("leaf")))
                .optional();
    }
}

package org.jalur.node.agreement;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.PartyId;
import org.jalur.node.JalurSettings;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in agreements that both identity keys signed in a file, as a first version mostly is: at
 * the start of the node, once.
 */
@Component
class SignedFiles implements InitializingBean {
    private final JalurSettings settings;
    private final Channels channels;
    private final PartyTerms parties;
    private final Acts acts;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    SignedFiles(
            JalurSettings settings,
            Channels channels,
            PartyTerms parties,
            Acts acts,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Clock clock) {
        this.settings = settings;
        this.channels = channels;
        this.parties = parties;
        this.acts = acts;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() throws IOException {
        for (Path path : settings.agreements()) {
            AgreementFile file = AgreementFile.read(path);
            transactions.executeWithoutResult(_ -> take(path, file));
        }
    }

    private void take(Path path, AgreementFile file) {
        AgreementText text = file.text();
        Channel channel = channel(path, text.agreement());
        parties.wrong(channel, text.agreement())
                .ifPresent(clause -> {
                    throw new IllegalStateException(
                            "%s: %s is not what this node has pinned".formatted(path, clause));
                });
        acts.lock(channel);
        Standing standing = Standing.of(acts.of(channel));
        if (standing.dossier().concluded().stream()
                .anyMatch(one -> one.digest().equals(text.digest()))) {
            return;
        }
        if (!text.agreement().version().equals(standing.dossier().next())) {
            throw new IllegalStateException(
                    "%s is version %d, and the next one with %s is %s; sign that, or take the file out of jalur.agreements"
                            .formatted(
                                    path,
                                    text.agreement().version().number(),
                                    channel.peer(),
                                    standing.dossier().next()));
        }
        jdbc.sql(
                        """
                        insert into agreement_files (digest, channel, octets, authority_signature, platform_signature)
                        values (:digest, :channel, :octets, :authority, :platform) on conflict do nothing
                        """)
                .param("digest", text.digest().bytes())
                .param("channel", channel.id())
                .param("octets", text.octets())
                .param("authority", file.authority())
                .param("platform", file.platform())
                .update();
        // The same on both sides, and in every database that comes back.
        UUID proposal = UUID.nameUUIDFromBytes(text.digest().bytes());
        acts.add(
                channel,
                Acts.Row.of(null, Acts.Kind.PROPOSED, Side.AUTHORITY, proposal, clock.instant())
                        .proposing(
                                new Acts.Proposed(
                                        text.digest(),
                                        text.agreement().version(),
                                        Optional.empty()),
                                Optional.empty()));
        for (Side side : Side.values()) {
            acts.add(channel, Acts.Row.of(null, Acts.Kind.SIGNED, side, proposal, clock.instant()));
        }
    }

    private Channel channel(Path path, Agreement agreement) {
        PartyId authority = agreement.authority().id();
        PartyId platform = agreement.platform().id();
        return channels.with(authority)
                .or(() -> channels.with(platform))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "%s is between %s and %s; no channel leads to either"
                                        .formatted(path, authority, platform)));
    }
}

package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.RelayOutcome;
import org.jalur.evidence.Cosigned;
import org.jalur.evidence.Delivery;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Finding.Doubt;
import org.jalur.evidence.Finding.Pin;
import org.jalur.evidence.Finding.Quorum;
import org.jalur.evidence.Flaw;
import org.jalur.evidence.OpenedPart;
import org.jalur.evidence.PartsShown;
import org.jalur.evidence.RelayTry;
import org.jalur.evidence.SignedOff;
import org.jalur.evidence.Summary;
import org.jalur.log.Hash;

/** Findings as a lawyer reads them: a paragraph for each, and what they come to. */
final class ReportInWords implements Report {
    private static final String INDENT = "   ";

    private final PrintWriter out;
    private final Words words;
    private final boolean showParts;
    private boolean inParties;
    private boolean inMessages;
    private long number;

    ReportInWords(PrintWriter out, Words words, String file, boolean showParts) {
        this.out = out;
        this.words = words;
        this.showParts = showParts;
        line(words.say("file", Words.visible(file)));
    }

    @Override
    public void accept(Finding finding) {
        switch (finding) {
            case Finding.OfCover cover -> write(cover);
            case Finding.OfParty party -> write(party);
            case Finding.OfKeys keys -> write(keys);
            case Finding.OfMessage message -> write(message);
            case Finding.OfUnreadable(var sender, var seq, var flaws) -> {
                beginMessage();
                line(words.say("message.unreadable", number, seq, sender));
                indented(words.say("message.flawed", flaws(flaws)));
            }
        }
    }

    private void write(Finding.OfCover cover) {
        var sheet = cover.sheet();
        line(
                words.say(
                        "cover",
                        sheet.madeBy(),
                        words.time(sheet.madeAt()),
                        words.say("subject." + sheet.subject().kind()),
                        sheet.subject().id()));
        if (!cover.isGenuine()) {
            line(words.say("cover.flawed", flaws(cover.flaws())));
        }
    }

    private void write(Finding.OfParty finding) {
        if (!inParties) {
            inParties = true;
            heading("parties");
        }
        var party = finding.party();
        line(words.say("party", party.id(), grouped(party.fingerprint())));
        indented(
                finding.pin() == Pin.NOT_GIVEN
                        ? words.say("pin." + finding.pin(), party.id())
                        : words.say("pin." + finding.pin()));
    }

    /** In groups of four digits, as they are read aloud. */
    private static String grouped(Hash fingerprint) {
        return INDENT + fingerprint.hex().replaceAll("(.{4})(?!$)", "$1 ");
    }

    private void write(Finding.OfKeys keys) {
        line(
                keys.statement()
                        .map(statement ->
                                words.say(
                                        "keys",
                                        keys.party(),
                                        statement.serial(),
                                        keys.seq(),
                                        keys.seq() + 1))
                        .orElseGet(() ->
                                words.say(
                                        "keys.flawed",
                                        keys.party(),
                                        keys.seq(),
                                        flaws(keys.flaws()))));
        keys.statement()
                .flatMap(KeyStatement::reason)
                .ifPresent(reason -> indented(words.say("keys." + reason, keys.party())));
    }

    private void write(Finding.OfMessage message) {
        beginMessage();
        Manifest manifest = message.manifest();
        line(
                words.say(
                        "message",
                        number,
                        kind(manifest.kind()),
                        manifest.from(),
                        manifest.to(),
                        manifest.seq()));
        indented(
                message.isGenuine()
                        ? words.say("message.genuine")
                        : words.say("message.flawed", flaws(message.flaws())));
        writeTimes(message);
        writeDelivery(message);
        switch (message.signedOff()) {
            case SignedOff.By(var approver) ->
                    indented(words.say("signedOff.by", approver.fingerprint()));
            case SignedOff.NotShown _ -> indented(words.say("signedOff.notShown"));
            case SignedOff.NotNeeded _, SignedOff.Missing _ -> {
                // Nothing to be said, or said as what is wrong.
            }
        }
        for (Doubt doubt : Doubt.values()) {
            if (message.doubts().contains(doubt)) {
                indented(words.say("doubt." + doubt));
            }
        }
        if (message.quorum() != Quorum.NOT_ASKED) {
            indented(words.say("quorum." + message.quorum()));
        }
        writeParts(message.parts());
    }

    private void writeTimes(Finding.OfMessage message) {
        indented(words.say("time.claimed", words.time(message.manifest().time())));
        message.after()
                .ifPresent(
                        quoted -> indented(words.say("time.after", quoted.party(), quoted.size())));
        indented(
                message.existedBy()
                        .map(by ->
                                words.say(
                                        "time.by." + by.standing(), words.time(by.at()), by.key()))
                        .orElseGet(() -> words.say("time.by.none")));
        if (message.hasConflictingTimes()) {
            indented(words.say("time.conflict"));
        }
        if (message.cosigned().size() > 1) {
            indented(
                    words.say(
                            "time.all",
                            message.cosigned().stream()
                                    .map(this::signedTime)
                                    .collect(Collectors.joining("; "))));
        }
    }

    private String signedTime(Cosigned one) {
        return "%s %s".formatted(one.key(), words.time(one.at()));
    }

    private void writeDelivery(Finding.OfMessage message) {
        switch (message.delivery()) {
            case Delivery.Received(var at, var journaled) -> {
                indented(words.say("delivery.received", message.manifest().to(), words.time(at)));
                journaled.ifPresent(by ->
                        indented(words.say("delivery.journaled", words.time(by.at()), by.key())));
            }
            case Delivery.NotProven _ ->
                    indented(
                            words.say(
                                    message.isTriedOnly()
                                            ? "delivery.tried"
                                            : "delivery.notProven"));
        }
        message.tries().forEach(one -> indented(tried(one)));
    }

    private String tried(RelayTry one) {
        String outcome =
                one.outcome() instanceof RelayOutcome.Answered(int status, _)
                        ? words.say("relay.answered", status)
                        : words.say("relay." + one.outcome().word());
        return words.say(
                "relay.by." + one.by().standing(),
                one.by().key(),
                words.time(one.began()),
                words.time(one.ended()),
                Words.visible(one.at()),
                outcome);
    }

    private void writeParts(PartsShown parts) {
        if (parts.count() == 0) {
            indented(words.say("parts.none"));
            return;
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(words.say("parts", parts.count(), parts.opened().size()));
        addCount(sentences, "parts.withheld", parts.withheld());
        addCount(sentences, "parts.erased", parts.erased());
        addCount(sentences, "parts.missing", parts.missing());
        addCount(sentences, "parts.undisclosed", parts.undisclosed());
        indented(String.join(" ", sentences));
        if (showParts) {
            parts.opened().forEach(this::writePart);
        }
    }

    private void addCount(List<String> sentences, String key, long count) {
        if (count > 0) {
            sentences.add(words.say(key, count));
        }
    }

    private void writePart(OpenedPart part) {
        indented(words.say("part", part.type(), part.length(), part.leaf()));
        String text =
                part.content().flatMap(this::text).orElseGet(() -> words.say("part.notShown"));
        text.lines().forEach(line -> line(INDENT + INDENT + "| " + line));
    }

    private Optional<String> text(byte[] content) {
        try {
            return Optional.of(
                    Words.visible(UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString()));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private String kind(String kind) {
        String key = "kind." + kind;
        return words.has(key) ? words.say(key) : words.say("kind.other", kind);
    }

    private String flaws(List<Flaw> flaws) {
        return flaws.stream()
                        .map(flaw ->
                                words.say(
                                        "flaw",
                                        words.say("flaw." + flaw.kind()),
                                        Words.visible(flaw.detail())))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private void beginMessage() {
        if (!inMessages) {
            inMessages = true;
            heading("messages");
        } else {
            out.println();
        }
        number++;
    }

    @Override
    public void end(Summary summary) {
        var whole = new SummaryInWords(words, summary);
        heading("proves");
        whole.proven().forEach(this::bullet);
        heading("provesNot");
        whole.notProven().forEach(this::bullet);
        out.println();
        line(words.say("result." + summary.verdict()));
        out.flush();
    }

    @Override
    public void unreadable(String reason) {
        out.println();
        line(words.say("result.unreadable"));
        out.flush();
    }

    private void heading(String key) {
        out.println();
        line(words.say(key));
    }

    private void bullet(String sentence) {
        line("- " + sentence);
    }

    private void indented(String sentence) {
        line(INDENT + sentence);
    }

    private void line(String sentence) {
        out.println(sentence);
    }
}

package org.jalur.tools;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.PartyId;
import org.jalur.channel.RelayOutcome;
import org.jalur.evidence.Cosigned;
import org.jalur.evidence.Delivery;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Flaw;
import org.jalur.evidence.OpenedPart;
import org.jalur.evidence.PartsShown;
import org.jalur.evidence.RelayTry;
import org.jalur.evidence.SignedOff;
import org.jalur.evidence.Summary;
import org.jalur.log.Hash;
import tools.jackson.databind.json.JsonMapper;

/** Findings for programs: one JSON object a line, the last one with the verdict. */
final class ReportAsJson implements Report {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintWriter out;

    ReportAsJson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(Finding finding) {
        Map<String, Object> object = new LinkedHashMap<>();
        switch (finding) {
            case Finding.OfCover(var sheet, _) -> {
                object.put("finding", "cover");
                object.put("madeBy", sheet.madeBy().value());
                object.put("madeAt", sheet.madeAt().toString());
                object.put("subject", sheet.subject().kind().wire());
                object.put("id", sheet.subject().id().toString());
            }
            case Finding.OfParty(var party, var pin, _) -> {
                object.put("finding", "party");
                object.put("party", party.id().value());
                object.put("fingerprint", party.fingerprint().hex());
                object.put("pin", pin.name());
            }
            case Finding.OfKeys(var party, var seq, var statement, _) -> {
                object.put("finding", "keys");
                object.put("party", party.value());
                object.put("seq", seq);
                statement.ifPresent(keys -> object.put("serial", keys.serial()));
                statement
                        .flatMap(KeyStatement::reason)
                        .ifPresent(reason -> object.put("reason", reason.wire()));
            }
            case Finding.OfMessage message -> put(object, message);
            case Finding.OfUnreadable(var sender, var seq, _) -> {
                object.put("finding", "unreadable-message");
                object.put("from", sender.value());
                object.put("seq", seq);
            }
        }
        object.put("genuine", finding.isGenuine());
        object.put("flaws", finding.flaws().stream().map(ReportAsJson::flaw).toList());
        line(object);
    }

    private static void put(Map<String, Object> object, Finding.OfMessage message) {
        Manifest manifest = message.manifest();
        object.put("finding", "message");
        object.put("from", manifest.from().value());
        object.put("to", manifest.to().value());
        object.put("seq", manifest.seq());
        object.put("kind", manifest.kind());
        object.put("id", manifest.id().toString());
        object.put("digest", message.digest().hex());
        object.put("claimedAt", manifest.time().toString());
        message.after().ifPresent(quoted -> object.put("afterPeerJournalSize", quoted.size()));
        message.existedBy().ifPresent(by -> object.put("existedBy", cosigned(by)));
        object.put("timesConflict", message.hasConflictingTimes());
        object.put("cosigned", message.cosigned().stream().map(ReportAsJson::cosigned).toList());
        switch (message.delivery()) {
            case Delivery.Received(var at, var journaled) -> {
                object.put("receivedAt", at.toString());
                journaled.ifPresent(by -> object.put("receiptExistedBy", cosigned(by)));
            }
            case Delivery.NotProven _ -> {}
        }
        if (!message.tries().isEmpty()) {
            object.put("tries", message.tries().stream().map(ReportAsJson::tried).toList());
        }
        if (message.signedOff() instanceof SignedOff.By(var approver)) {
            object.put("signedOffBy", approver.fingerprint().hex());
        }
        object.put("doubts", message.doubts().stream().map(Enum::name).sorted().toList());
        object.put("quorum", message.quorum().name());
        object.put("parts", parts(message.parts()));
    }

    private static Map<String, Object> parts(PartsShown parts) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", parts.count());
        List<Map<String, Object>> opened = new ArrayList<>();
        for (OpenedPart part : parts.opened()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("leaf", part.leaf().hex());
            one.put("type", part.type());
            one.put("length", part.length());
            part.content().ifPresent(content -> one.put("content", content));
            opened.add(one);
        }
        object.put("opened", opened);
        object.put("withheld", parts.withheld());
        object.put("erased", parts.erased());
        object.put("missing", parts.missing());
        object.put("undisclosed", parts.undisclosed());
        return object;
    }

    private static Map<String, Object> tried(RelayTry one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("by", cosigned(one.by()));
        object.put("at", one.at());
        object.put("began", one.began().toString());
        object.put("ended", one.ended().toString());
        object.put("outcome", one.outcome().word());
        if (one.outcome() instanceof RelayOutcome.Answered(int status, Hash answer)) {
            object.put("status", status);
            object.put("answer", answer.hex());
        }
        return object;
    }

    private static Map<String, Object> cosigned(Cosigned one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", one.key());
        object.put("standing", one.standing().name());
        object.put("at", one.at().toString());
        return object;
    }

    private static Map<String, Object> flaw(Flaw flaw) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", flaw.kind().name());
        object.put("detail", flaw.detail());
        return object;
    }

    @Override
    public void end(Summary summary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("finding", "summary");
        object.put("verdict", summary.verdict().name());
        object.put("messages", summary.messages());
        object.put("genuine", summary.genuine());
        object.put("flawed", summary.flawed());
        object.put("received", summary.received());
        object.put("tried", summary.tried());
        object.put("triedNamedOnly", summary.triedNamedOnly());
        object.put("bounded", summary.bounded());
        object.put("namedOnly", summary.namedOnly());
        object.put("quorumMissed", summary.quorumMissed());
        object.put("doubtful", summary.doubtful());
        object.put("revoked", ids(summary.revoked()));
        object.put("unpinned", ids(summary.unpinned()));
        object.put("contradicted", ids(summary.contradicted()));
        object.put("absent", ids(summary.absent()));
        line(object);
        out.flush();
    }

    @Override
    public void unreadable(String reason) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("finding", "unreadable-file");
        object.put("reason", reason);
        line(object);
        out.flush();
    }

    private static List<String> ids(Set<PartyId> parties) {
        return parties.stream().map(PartyId::value).sorted().toList();
    }

    private void line(Map<String, Object> object) {
        out.println(JSON.writeValueAsString(object));
    }
}

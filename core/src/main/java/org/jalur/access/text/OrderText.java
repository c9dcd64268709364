package org.jalur.access.text;

import java.util.Arrays;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Answered;
import org.jalur.access.check.CheckedOrder;
import org.jalur.access.check.Concern;
import org.jalur.access.check.Finding;
import org.jalur.access.order.AccessOrder;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.Scope;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.StrictJson;
import org.jalur.log.Hash;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoticeFacts.LegalBasis;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An order and its check with the octets that approvers read and that are signed and sent: the
 * approvals name their digest. Nothing is ever written again from what was read.
 */
public final class OrderText {
    /** Largest number of octets that are read: ten thousand long names, each with findings. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private final byte[] octets;
    private final CheckedOrder checked;

    private OrderText(byte[] octets, CheckedOrder checked) {
        this.octets = octets;
        this.checked = checked;
    }

    /**
     * @throws MalformedMessageException if it is not JSON of this format
     * @throws InvalidAccessException if a value is one that no order can have
     */
    public static OrderText read(byte[] octets) {
        byte[] own = octets.clone();
        StrictJson said = StrictJson.readPart(own, "order", MAX_BYTES);
        var order =
                new AccessOrder(
                        said.string("reference"),
                        said.string("organisation"),
                        said.objects("names", OrderText::name),
                        Clauses.ground(said.object("ground")),
                        legalBasis(said.object("legalBasis")),
                        scope(said.object("scope")),
                        said.objects("conditions", Clauses::condition),
                        said.time("takesEffectAt"),
                        said.time("reviewAt"),
                        said.time("endsAt"));
        var checked = new CheckedOrder(order, said.objects("findings", OrderText::finding));
        said.end();
        return new OrderText(own, checked);
    }

    private static BlockedName name(StrictJson said) {
        return new BlockedName(new DomainName(said.string("name")), said.truth("withSubdomains"));
    }

    private static LegalBasis legalBasis(StrictJson said) {
        try {
            var basis = new LegalBasis(said.string("instrument"), said.string("article"));
            said.end();
            return basis;
        } catch (InvalidNoticeException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()));
        }
    }

    private static Scope scope(StrictJson said) {
        var scope = new Scope(said.one("meant", Scope.Meant.values()), said.string("alsoHits"));
        said.end();
        return scope;
    }

    private static Answered finding(StrictJson said) {
        return new Answered(
                new Finding(
                        said.string("name"),
                        said.one("concern", Concern.values()),
                        said.strings("values")),
                said.optionalString("reason"));
    }

    /**
     * Octets to approve; the same order always gets the same.
     *
     * @throws MalformedMessageException if it has more octets than can be read
     */
    public static OrderText write(CheckedOrder checked) {
        byte[] octets = StrictJson.write(json -> write(json, checked));
        if (octets.length > MAX_BYTES) {
            throw new MalformedMessageException(
                    "the order has %d octets; shorten it to %d"
                            .formatted(octets.length, MAX_BYTES));
        }
        return new OrderText(octets, checked);
    }

    private static void write(JsonGenerator json, CheckedOrder checked) {
        AccessOrder order = checked.order();
        json.writeStringProperty("reference", order.reference());
        json.writeStringProperty("organisation", order.organisation());
        json.writeArrayPropertyStart("names");
        for (BlockedName one : order.names()) {
            json.writeStartObject();
            json.writeStringProperty("name", one.name().ascii());
            json.writeBooleanProperty("withSubdomains", one.withSubdomains());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("ground");
        Clauses.write(json, order.ground());
        json.writeObjectPropertyStart("legalBasis");
        json.writeStringProperty("instrument", order.legalBasis().instrument());
        json.writeStringProperty("article", order.legalBasis().article());
        json.writeEndObject();
        json.writeObjectPropertyStart("scope");
        json.writeStringProperty("meant", StrictJson.word(order.scope().meant()));
        json.writeStringProperty("alsoHits", order.scope().alsoHits());
        json.writeEndObject();
        json.writeArrayPropertyStart("conditions");
        order.conditions().forEach(one -> Clauses.write(json, one));
        json.writeEndArray();
        json.writeStringProperty("takesEffectAt", order.takesEffectAt().toString());
        json.writeStringProperty("reviewAt", order.reviewAt().toString());
        json.writeStringProperty("endsAt", order.endsAt().toString());
        json.writeArrayPropertyStart("findings");
        checked.findings().forEach(one -> write(json, one.finding(), one.reason()));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Finding finding, Optional<String> reason) {
        json.writeStartObject();
        json.writeStringProperty("name", finding.name());
        json.writeStringProperty("concern", StrictJson.word(finding.concern()));
        json.writeArrayPropertyStart("values");
        finding.values().forEach(json::writeString);
        json.writeEndArray();
        reason.ifPresent(said -> json.writeStringProperty("reason", said));
        json.writeEndObject();
    }

    public byte[] octets() {
        return octets.clone();
    }

    public CheckedOrder checked() {
        return checked;
    }

    public AccessOrder order() {
        return checked.order();
    }

    /** SHA-256 over the octets: what approvals name. */
    public Hash digest() {
        return Hash.sha256(octets);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderText that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "order " + digest();
    }
}

package org.jalur.access.text;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.Condition;
import org.jalur.access.order.OrderEvent;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.StrictJson;
import tools.jackson.core.JsonGenerator;

/** What happened to an order, as JSON. */
public final class EventText {
    /** Largest number of octets that are read: a lift of ten thousand long names. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private EventText() {}

    public static byte[] write(OrderEvent event) {
        return StrictJson.write(json -> {
            json.writeStringProperty(Clauses.TYPE, type(event));
            say(json, event);
            json.writeStringProperty("at", event.at().toString());
        });
    }

    /** What an event is called: in octets, tables and texts. */
    public static String type(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Approved _ -> "approved";
            case OrderEvent.Announced _ -> "announced";
            case OrderEvent.Withdrawn _ -> "withdrawn";
            case OrderEvent.Answered _ -> "answered";
            case OrderEvent.ConditionMet _ -> "condition_met";
            case OrderEvent.LiftPromised _ -> "lift_promised";
            case OrderEvent.Renewed _ -> "renewed";
            case OrderEvent.BlockPublished _ -> "block_published";
            case OrderEvent.LiftOrdered _ -> "lift_ordered";
            case OrderEvent.LiftPublished _ -> "lift_published";
            case OrderEvent.LiftMeasured _ -> "lift_measured";
            case OrderEvent.Objected _ -> "objected";
            case OrderEvent.ObjectionAnswered _ -> "objection_answered";
        };
    }

    private static void say(JsonGenerator json, OrderEvent event) {
        switch (event) {
            case OrderEvent.Approved(var by, var read, var subdomains, _) -> {
                json.writeStringProperty("by", by);
                json.writeStringProperty("read", read.hex());
                json.writeBooleanProperty("subdomains", subdomains);
            }
            case OrderEvent.Announced(var proof, _) -> {
                json.writeName("proof");
                Clauses.write(json, proof);
            }
            case OrderEvent.Withdrawn(var reason, _) -> json.writeStringProperty("reason", reason);
            case OrderEvent.Answered(var message, _) ->
                    json.writeStringProperty("message", message.hex());
            case OrderEvent.ConditionMet(var condition, var evidence, _) -> {
                json.writeName("condition");
                Clauses.write(json, condition);
                json.writeName("evidence");
                Clauses.write(json, evidence);
            }
            case OrderEvent.LiftPromised(var liftAt, _) ->
                    json.writeStringProperty("liftAt", liftAt.toString());
            case OrderEvent.Renewed renewed -> {
                json.writeStringProperty("reasons", renewed.reasons());
                json.writeStringProperty("by", renewed.by());
                json.writeStringProperty("alsoBy", renewed.alsoBy());
                json.writeStringProperty("reviewAt", renewed.reviewAt().toString());
                json.writeStringProperty("endsAt", renewed.endsAt().toString());
            }
            case OrderEvent.BlockPublished(var serial, _) ->
                    json.writeNumberProperty("serial", serial);
            case OrderEvent.LiftOrdered lift -> {
                write(json, "names", lift.names());
                json.writeStringProperty("reason", lift.reason());
                json.writeStringProperty("by", lift.by());
                lift.alsoBy().ifPresent(other -> json.writeStringProperty("alsoBy", other));
            }
            case OrderEvent.LiftPublished(var serial, _) ->
                    json.writeNumberProperty("serial", serial);
            case OrderEvent.LiftMeasured(var open, var unreachable, _) -> {
                write(json, "open", open);
                write(json, "unreachable", unreachable);
            }
            case OrderEvent.Objected(var id, var answerBy, _) -> {
                json.writeStringProperty("id", id);
                json.writeStringProperty("answerBy", answerBy.toString());
            }
            case OrderEvent.ObjectionAnswered(var id, var upheld, var reasons, _) -> {
                json.writeStringProperty("id", id);
                json.writeBooleanProperty("upheld", upheld);
                json.writeStringProperty("reasons", reasons);
            }
        }
    }

    private static void write(JsonGenerator json, String member, Collection<DomainName> names) {
        json.writeArrayPropertyStart(member);
        names.forEach(name -> json.writeString(name.ascii()));
        json.writeEndArray();
    }

    /**
     * @throws MalformedMessageException if it is not JSON of this format
     * @throws InvalidAccessException if a value is one that no event can have
     */
    public static OrderEvent read(byte[] octets) {
        StrictJson said = StrictJson.readPart(octets, "event", MAX_BYTES);
        OrderEvent event = event(said, said.time("at"));
        said.end();
        return event;
    }

    private static OrderEvent event(StrictJson said, Instant at) {
        String type = said.string(Clauses.TYPE);
        return switch (type) {
            case "approved" ->
                    new OrderEvent.Approved(
                            said.string("by"), said.hash("read"), said.truth("subdomains"), at);
            case "announced" -> new OrderEvent.Announced(Clauses.proof(said.object("proof")), at);
            case "withdrawn" -> new OrderEvent.Withdrawn(said.string("reason"), at);
            case "answered" -> new OrderEvent.Answered(said.hash("message"), at);
            case "condition_met" ->
                    new OrderEvent.ConditionMet(
                            condition(said.object("condition")),
                            Clauses.evidence(said.object("evidence")),
                            at);
            case "lift_promised" -> new OrderEvent.LiftPromised(said.time("liftAt"), at);
            case "renewed" ->
                    new OrderEvent.Renewed(
                            said.string("reasons"),
                            said.string("by"),
                            said.string("alsoBy"),
                            said.time("reviewAt"),
                            said.time("endsAt"),
                            at);
            case "block_published" -> new OrderEvent.BlockPublished(said.number("serial"), at);
            case "lift_ordered" ->
                    new OrderEvent.LiftOrdered(
                            names(said.strings("names")),
                            said.string("reason"),
                            said.string("by"),
                            said.optionalString("alsoBy"),
                            at);
            case "lift_published" -> new OrderEvent.LiftPublished(said.number("serial"), at);
            case "lift_measured" ->
                    new OrderEvent.LiftMeasured(
                            names(said.strings("open")), names(said.strings("unreachable")), at);
            case "objected" ->
                    new OrderEvent.Objected(said.string("id"), said.time("answerBy"), at);
            case "objection_answered" ->
                    new OrderEvent.ObjectionAnswered(
                            said.string("id"), said.truth("upheld"), said.string("reasons"), at);
            default -> throw said.unknown(Clauses.TYPE, type);
        };
    }

    private static Condition condition(StrictJson said) {
        Condition condition = Clauses.condition(said);
        said.end();
        return condition;
    }

    private static Set<DomainName> names(List<String> names) {
        Set<DomainName> read = new TreeSet<>();
        for (String name : names) {
            if (!read.add(new DomainName(name))) {
                throw new InvalidAccessException("names", AccessRule.TWICE, name);
            }
        }
        return read;
    }
}

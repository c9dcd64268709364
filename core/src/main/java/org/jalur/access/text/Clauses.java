package org.jalur.access.text;

import org.jalur.access.order.Condition;
import org.jalur.access.order.Condition.Evidence;
import org.jalur.access.order.Ground;
import org.jalur.agreement.ladder.LadderEvent.Proof;
import org.jalur.channel.StrictJson;
import org.jalur.log.Hash;
import tools.jackson.core.JsonGenerator;

/** What orders and events say in the same words: grounds, conditions, proofs. */
final class Clauses {
    static final String TYPE = "type";

    private Clauses() {}

    static void write(JsonGenerator json, Ground ground) {
        json.writeStartObject();
        switch (ground) {
            case Ground.UnansweredNotices(var notices, var step) -> {
                json.writeStringProperty(TYPE, "unanswered_notices");
                json.writeArrayPropertyStart("notices");
                for (Ground.Unanswered one : notices) {
                    json.writeStartObject();
                    json.writeStringProperty("notice", one.notice().hex());
                    json.writeName("proof");
                    write(json, one.proof());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeStringProperty("step", step);
            }
            case Ground.Other(var reason) -> {
                json.writeStringProperty(TYPE, "other");
                json.writeStringProperty("reason", reason);
            }
        }
        json.writeEndObject();
    }

    static Ground ground(StrictJson said) {
        String type = said.string(TYPE);
        Ground ground =
                switch (type) {
                    case "unanswered_notices" ->
                            new Ground.UnansweredNotices(
                                    said.objects(
                                            "notices",
                                            one ->
                                                    new Ground.Unanswered(
                                                            one.hash("notice"),
                                                            proof(one.object("proof")))),
                                    said.string("step"));
                    case "other" -> new Ground.Other(said.string("reason"));
                    default -> throw said.unknown(TYPE, type);
                };
        said.end();
        return ground;
    }

    static void write(JsonGenerator json, Proof proof) {
        switch (proof) {
            case Proof.Receipt(var message) -> digest(json, "receipt", message);
            case Proof.Attempt(var record) -> digest(json, "attempt", record);
        }
    }

    static Proof proof(StrictJson said) {
        String type = said.string(TYPE);
        Hash digest = said.hash("digest");
        said.end();
        return switch (type) {
            case "receipt" -> new Proof.Receipt(digest);
            case "attempt" -> new Proof.Attempt(digest);
            default -> throw said.unknown(TYPE, type);
        };
    }

    static void write(JsonGenerator json, Evidence evidence) {
        switch (evidence) {
            case Evidence.SignedMessage(var digest) -> digest(json, "signed_message", digest);
            case Evidence.JournaledRecord(var digest) -> digest(json, "journaled_record", digest);
        }
    }

    static Evidence evidence(StrictJson said) {
        String type = said.string(TYPE);
        Hash digest = said.hash("digest");
        said.end();
        return switch (type) {
            case "signed_message" -> new Evidence.SignedMessage(digest);
            case "journaled_record" -> new Evidence.JournaledRecord(digest);
            default -> throw said.unknown(TYPE, type);
        };
    }

    private static void digest(JsonGenerator json, String type, Hash digest) {
        json.writeStartObject();
        json.writeStringProperty(TYPE, type);
        json.writeStringProperty("digest", digest.hex());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Condition condition) {
        json.writeStartObject();
        switch (condition) {
            case Condition.AgreementInForce _ ->
                    json.writeStringProperty(TYPE, "agreement_in_force");
            case Condition.RepresentativeConfirmed(var country) -> {
                json.writeStringProperty(TYPE, "representative_confirmed");
                json.writeStringProperty("country", country);
            }
            case Condition.ContentGone(var list, var items) -> {
                json.writeStringProperty(TYPE, "content_gone");
                json.writeStringProperty("list", list.hex());
                json.writeNumberProperty("items", items);
            }
            case Condition.ContactAnswers _ -> json.writeStringProperty(TYPE, "contact_answers");
            case Condition.Other(var words) -> {
                json.writeStringProperty(TYPE, "other");
                json.writeStringProperty("words", words);
            }
        }
        json.writeEndObject();
    }

    /** The members of a condition; whoever asks calls {@link StrictJson#end()}. */
    static Condition condition(StrictJson said) {
        String type = said.string(TYPE);
        return switch (type) {
            case "agreement_in_force" -> new Condition.AgreementInForce();
            case "representative_confirmed" ->
                    new Condition.RepresentativeConfirmed(said.string("country"));
            case "content_gone" ->
                    new Condition.ContentGone(said.hash("list"), said.integer("items"));
            case "contact_answers" -> new Condition.ContactAnswers();
            case "other" -> new Condition.Other(said.string("words"));
            default -> throw said.unknown(TYPE, type);
        };
    }
}

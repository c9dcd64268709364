package org.jalur.node.objections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Objections as the API has them. */
final class ObjectionJson {
    private ObjectionJson() {}

    /** What whoever files gets. */
    @Schema(name = "FiledObjection")
    record Filed(
            String reference,
            @Schema(description = "reads the answer; it is shown to nobody else, and kept nowhere")
                    String secret,
            Instant answerBy) {}

    /** What whoever has the secret may know. */
    @Schema(name = "ObjectionState")
    record State(
            String reference,
            UUID block,
            String blockReference,
            @Schema(allowableValues = {"objection", "normalisation"}) String kind,
            @Schema(allowableValues = {"open", "overdue", "upheld", "rejected"}) String state,
            Instant filedAt,
            Instant answerBy,
            Optional<Instant> answeredAt,
            Optional<String> reasons) {
        static State of(Objection one, Optional<String> reasons, Instant now) {
            return new State(
                    one.reference(),
                    one.block(),
                    one.blockReference(),
                    one.kind(),
                    one.state(now),
                    one.filedAt(),
                    one.answerBy(),
                    one.answer().map(Objection.Answer::at),
                    one.answer().flatMap(_ -> reasons));
        }
    }

    /**
     * An objection for officers, without a word of it.
     *
     * @param told whether the platform knows of it
     */
    @Schema(name = "ObjectionLine")
    record Line(
            UUID id,
            String reference,
            UUID block,
            String blockReference,
            String kind,
            String state,
            Instant filedAt,
            Instant answerBy,
            boolean told,
            Optional<Claim> claim,
            Optional<Wish> wish,
            Optional<Instant> answeredAt) {
        static Line of(Objection one, Instant now) {
            return new Line(
                    one.id(),
                    one.reference(),
                    one.block(),
                    one.blockReference(),
                    one.kind(),
                    one.state(now),
                    one.filedAt(),
                    one.answerBy(),
                    one.told(),
                    one.claim().map(it -> new Claim(it.by(), it.until())),
                    one.wish().map(it -> new Wish(it.by(), it.upheld(), it.at())),
                    one.answer().map(Objection.Answer::at));
        }
    }

    /**
     * @param by pseudonym
     */
    @Schema(name = "ObjectionClaim")
    record Claim(String by, Instant until) {}

    /**
     * The answer that one person wants already, where two must.
     *
     * @param by pseudonym
     */
    @Schema(name = "ObjectionWish")
    record Wish(String by, boolean upheld, Instant at) {}

    /**
     * @param next cursor of the next page; absent on the last
     */
    @Schema(name = "ObjectionPage")
    record Page(List<Line> objections, Optional<String> next) {}

    /**
     * An objection with what it says.
     *
     * @param words absent once they are destroyed
     * @param name the domain name that it is about; absent for all of the block
     * @param contact for questions; for whoever has claimed it alone
     * @param reasons of the answer, or of the one that somebody wants
     */
    @Schema(name = "ObjectionDetail")
    record Detail(
            Line objection,
            Optional<String> words,
            Optional<String> name,
            Optional<String> contact,
            Optional<String> reasons) {}
}

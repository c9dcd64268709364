package org.jalur.node.objections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * An objection as its rows have it; what it says is sealed.
 *
 * @param block that it is about
 * @param blockReference what people know the block by
 * @param reference what people quote; no secret
 * @param told whether the platform knows of it
 * @param words whether there are any that can be read still
 * @param claim who answers it now
 * @param wish what one person wants to answer already
 */
record Objection(
        UUID id,
        UUID block,
        String blockReference,
        String reference,
        String kind,
        Instant filedAt,
        Instant answerBy,
        boolean told,
        boolean words,
        Optional<Claim> claim,
        Optional<Wish> wish,
        Optional<Answer> answer) {
    static final String ROWS =
            """
            select objections.id, objections.block, orders.reference as block_reference, objections.reference,
                objections.kind, filed_at, answer_by, told, objections.sealed is not null as words,
                claims.account as claimed_by, claims.until, claimant.pseudonym as claimant,
                wishes.account as wished_by, wisher.pseudonym as wisher, wishes.upheld as wished,
                wishes.at as wished_at, answers.at as answered_at, answers.upheld
            from objections join access_orders orders on orders.id = objections.block
            left join objection_claims claims on claims.objection = objections.id and claims.until > :now
            left join accounts claimant on claimant.id = claims.account
            left join objection_wishes wishes on wishes.objection = objections.id
            left join accounts wisher on wisher.id = wishes.account
            left join objection_answers answers on answers.objection = objections.id
            """;

    /**
     * @param by pseudonym
     */
    record Claim(UUID account, String by, Instant until) {}

    /**
     * @param by pseudonym
     */
    record Wish(UUID account, String by, boolean upheld, Instant at) {}

    record Answer(boolean upheld, Instant at) {}

    static Objection from(ResultSet row, int number) throws SQLException {
        return new Objection(
                row.getObject("id", UUID.class),
                row.getObject("block", UUID.class),
                row.getString("block_reference"),
                row.getString("reference"),
                row.getString("kind"),
                time(row, "filed_at").orElseThrow(),
                time(row, "answer_by").orElseThrow(),
                row.getBoolean("told"),
                row.getBoolean("words"),
                claim(row),
                wish(row),
                answer(row));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static Optional<Claim> claim(ResultSet row) throws SQLException {
        Optional<Instant> until = time(row, "until");
        return until.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Claim(
                                row.getObject("claimed_by", UUID.class),
                                row.getString("claimant"),
                                until.get()));
    }

    private static Optional<Wish> wish(ResultSet row) throws SQLException {
        Optional<Instant> at = time(row, "wished_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Wish(
                                row.getObject("wished_by", UUID.class),
                                row.getString("wisher"),
                                row.getBoolean("wished"),
                                at.get()));
    }

    private static Optional<Answer> answer(ResultSet row) throws SQLException {
        Optional<Instant> at = time(row, "answered_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Answer(row.getBoolean("upheld"), at.get()));
    }

    /** open, answered in time or late, for texts. */
    String state(Instant now) {
        if (answer.isPresent()) {
            return answer.get().upheld() ? "upheld" : "rejected";
        }
        return now.isAfter(answerBy) ? "overdue" : "open";
    }
}

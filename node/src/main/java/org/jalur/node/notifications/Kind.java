package org.jalur.node.notifications;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jalur.node.accounts.Role;

/** What people are told about, whom it concerns, and which page it leads to. */
public enum Kind {
    /** A draft waits for approval. */
    APPROVAL("/notices/", false, Role.APPROVER),
    /** A notice has no receipt, and deliveries fail. */
    UNDELIVERED("/notices/", true, Role.OFFICER, Role.APPROVER),
    /** A quarter of the time has gone, and nobody at the platform has opened it. */
    UNACKNOWLEDGED("/notices/", true, Role.OFFICER),
    NOTICE_DUE_SOON("/notices/", false, Role.OFFICER),
    NOTICE_OVERDUE("/notices/", true, Role.OFFICER, Role.APPROVER),
    /** The platform asks for a clarification. */
    QUESTION("/notices/", false, Role.OFFICER),
    /** The platform has said something about a notice that asks nothing. */
    NOTICE_REMARK("/notices/", false, Role.OFFICER),
    /** An affected user appeals against what the platform decided about a notice. */
    NOTICE_APPEAL("/appeals/", false, Role.OFFICER),
    /** A step because an appeal is not decided is a call that is due now. */
    APPEAL_CALL("/appeals/", true, Role.OFFICER, Role.APPROVER),
    /** The platform decided an appeal. */
    APPEAL_OUTCOME("/appeals/", false, Role.OFFICER, Role.APPROVER),
    REFUSED("/notices/", false, Role.OFFICER, Role.APPROVER),
    /** The renewal of a non-disclosure waits for approval. */
    RENEWAL_APPROVAL("/notices/", false, Role.APPROVER),
    /** A de-confliction note waits for approval. */
    NOTE_APPROVAL("/notes", false, Role.APPROVER),
    /** The platform took away what a note asked it to leave, and says why. */
    NOTE_OVERRIDDEN("/notes", false, Role.OFFICER, Role.APPROVER),
    /** An authority asks that something is left where it is. */
    NOTE("/notes", false, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** A list waits for approval. */
    LIST_APPROVAL("/sent-lists/", false, Role.APPROVER),
    LIST_REFUSED("/sent-lists/", false, Role.OFFICER, Role.APPROVER),
    /** An order to block access waits for approval. */
    ACCESS_APPROVAL("/access-blocks/", false, Role.APPROVER),
    /** An authority told the platform of an order. */
    ACCESS_ORDER("/access-blocks/", true, Role.SENIOR_REVIEWER, Role.REVIEWER),
    /** The platform answered an order. */
    ACCESS_ANSWER("/access-blocks/", false, Role.OFFICER, Role.APPROVER),
    /** Names are blocked, and nothing that was asked for is missing any more. */
    LIFT_PROPOSED("/access-blocks/", true, Role.APPROVER, Role.OFFICER),
    /** Names are published as open, and some resolver does not answer so. */
    LIFT_LAGS("/access-blocks/", true, Role.APPROVER, Role.OFFICER),
    /** The need of a block is to be looked at again. */
    BLOCK_REVIEW("/access-blocks/", false, Role.APPROVER),
    /** Somebody objects to an access block. */
    OBJECTION("/objections/", false, Role.OFFICER, Role.APPROVER),
    OBJECTION_DUE_SOON("/objections/", false, Role.OFFICER, Role.APPROVER),
    OBJECTION_OVERDUE("/objections/", true, Role.APPROVER, Role.OFFICER),
    /** An urgent notice, or an emergency, has come. */
    CASE_NEW("/cases/", true, Role.REVIEWER, Role.SENIOR_REVIEWER),
    CASE_DUE_SOON("/cases/", true, Role.REVIEWER, Role.SENIOR_REVIEWER),
    CASE_OVERDUE("/cases/", true, Role.SENIOR_REVIEWER, Role.REVIEWER),
    /** The authority has answered a question. */
    ANSWER("/cases/", false, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** An affected user appeals against what was decided. */
    APPEAL("/appeals/", false, Role.REVIEWER, Role.SENIOR_REVIEWER),
    APPEAL_DUE_SOON("/appeals/", true, Role.REVIEWER, Role.SENIOR_REVIEWER),
    APPEAL_OVERDUE("/appeals/", true, Role.SENIOR_REVIEWER, Role.REVIEWER),
    /** A decision waits for a second reviewer. */
    CONFIRMATION("/cases/", true, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** A second reviewer sent a decision back; for whoever wanted it. */
    SENT_BACK("/cases/", false, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** The platform's systems did not tell an affected user in the agreed time. */
    USER_NOT_TOLD("/cases/", false, Role.SENIOR_REVIEWER),
    /** The authority's node did not take up a message about a case. */
    CASE_REJECTED("/cases/", false, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** Nobody has called the organisation of an emergency back. */
    CALL_BACK_WAITING("/cases/", true, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** The platform called about an emergency, and wants to know whether that was us. */
    CALL_BACK("/notices/", true, Role.OFFICER, Role.APPROVER),
    /** A step of a ladder is a call that is due now. */
    LADDER_CALL("/notices/", true, Role.OFFICER, Role.APPROVER),
    /** A call because a lift is not confirmed is due now. */
    LIFT_CALL("/access-blocks/", true, Role.SENIOR_REVIEWER, Role.REVIEWER),
    /** The platform takes steps because a lift is not confirmed. */
    LIFT_STEP("/access-blocks/", true, Role.APPROVER, Role.OFFICER),
    /** The other side tries out contacts of ours; for them, or for the admin. */
    DRILL("/drills/", false, Role.ADMIN),
    /** Contacts of the other side did not answer a drill. */
    DRILL_UNANSWERED("/drills/", false, Role.ADMIN),
    /** The authority has said something about a notice that answers nothing. */
    CASE_REMARK("/cases/", false, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** Hits that a person has to look at; one digest, not one for each. */
    HITS("/hits", false, Role.REVIEWER, Role.SENIOR_REVIEWER),
    /** The journal takes nothing in. */
    JOURNAL_STOPPED("/journal", false, Role.ADMIN),
    /** A witness has not cosigned for a while what the journal has. */
    WITNESS_BEHIND("/journal", false, Role.ADMIN);

    private final String place;
    private final boolean onCall;

    /** Copied, so that it never changes. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Role> roles;

    Kind(String place, boolean onCall, Role... roles) {
        this.place = place;
        this.onCall = onCall;
        this.roles = Set.copyOf(Arrays.asList(roles));
    }

    /** As it stands in the database, in texts and in webhooks. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Kind> of(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }

    /** Whether it goes first to the person on call of a role that has one. */
    boolean isForOnCall() {
        return onCall;
    }

    Set<Role> roles() {
        return roles;
    }

    String path(String subject) {
        return place.endsWith("/") ? place + subject : place;
    }
}

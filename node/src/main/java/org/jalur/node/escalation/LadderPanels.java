package org.jalur.node.escalation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.channel.PartyId;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.contacts.Callees;
import org.jalur.node.contacts.Phones;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.springframework.stereotype.Component;

/** Ladders as the page of what they are about shows them, with what this person may do. */
@Component
public class LadderPanels {

    private final LadderViews views;
    private final Callees callees;
    private final Channels channels;
    private final Texts texts;
    private final Moments moments;
    private final Clock clock;

    LadderPanels(
            LadderViews views,
            Callees callees,
            Channels channels,
            Texts texts,
            Moments moments,
            Clock clock) {
        this.views = views;
        this.callees = callees;
        this.channels = channels;
        this.texts = texts;
        this.moments = moments;
        this.clock = clock;
    }

    /**
     * @param id on the channel of what it is about
     * @param path of its forms, and of its own page where it has one
     * @param headline how it stands as a whole, a sentence
     * @param deadline by when an answer is, or was, in time; empty where it is over, or nobody
     *     knows
     * @param mayAct whether this person may do something about its steps
     * @param approve step that this person may approve, or empty
     * @param call step that is a call to be made now, or empty
     * @param callees whom that step calls, by the other side's register; empty if it names nobody
     * @param stoppable steps that this person may stop
     */
    public record Panel(
            UUID id,
            String path,
            String headline,
            Optional<Moments.Deadline> deadline,
            boolean mayAct,
            List<Rung> rungs,
            String approve,
            String call,
            List<Callees.Callee> callees,
            List<Form.Option> stoppable,
            List<Form.Option> outcomes) {
        private Panel toRead() {
            return new Panel(
                    id, path, headline, deadline, mayAct, rungs, "", "", List.of(), List.of(),
                    List.of());
        }
    }

    /**
     * @param state in the text family {@code rung.}
     * @param says what it waits for, or when it comes
     * @param acts what was done, a sentence each
     */
    public record Rung(
            String step, String action, String state, String says, List<Happened> acts) {}

    /**
     * @param refused whether the other side did not take it
     */
    public record Happened(String says, Instant at, boolean refused) {}

    /** Empty where nothing was sent, or the agreement has no ladder for it. */
    public Optional<Panel> ofNotice(UUID notice) {
        return all(Silence.NOTICE, notice, _ -> "/notices/" + notice + "/ladder").findFirst();
    }

    public Optional<Panel> ofCase(UUID caseId) {
        return all(Silence.NOTICE, caseId, _ -> "").map(Panel::toRead).findFirst();
    }

    /** By the id of its page on this side; it is acted on a page of its own. */
    public Optional<Panel> ofAppeal(UUID appeal) {
        return all(Silence.APPEAL, appeal, _ -> ofAppealAt(appeal)).map(Panel::toRead).findFirst();
    }

    static String ofAppealAt(UUID appeal) {
        return "/appeals/" + appeal + "/ladder";
    }

    /**
     * Of the lifts of an access block that have begun, the first due at first. A page has several,
     * so each is acted on its own page.
     */
    public List<Panel> ofBlock(UUID block) {
        return all(Silence.LIFT, block, lift -> ofLift(block, lift)).map(Panel::toRead).toList();
    }

    static String ofLift(UUID block, UUID lift) {
        return "/access-blocks/" + block + "/ladders/" + lift;
    }

    Optional<Panel> one(LadderForms.Place place) {
        return all(place.which().about(), place.which().page(), _ -> place.path())
                .filter(panel -> place.which().fits(panel.id()))
                .findFirst();
    }

    private Stream<Panel> all(Silence about, UUID page, Function<UUID, String> path) {
        boolean mayAct = mayAct(about);
        return views.on(about, page).stream()
                .map(view -> panel(view, path.apply(view.subject()), mayAct));
    }

    /** People of the side that climbs: whoever files there, or decides. */
    private static boolean mayAct(Silence about) {
        Role role = Caller.current().role();
        return switch (about) {
            case NOTICE, APPEAL -> role == Role.OFFICER || role == Role.APPROVER;
            case LIFT -> role == Role.REVIEWER || role == Role.SENIOR_REVIEWER;
        };
    }

    /** What the form of a call holds before anybody types: the number to be called first. */
    public Form blank(Optional<Panel> panel) {
        String number =
                panel.stream()
                        .flatMap(one -> one.callees().stream())
                        .flatMap(one -> one.phones().stream())
                        .map(Phones.Phone::text)
                        .findFirst()
                        .orElse("");
        return Form.of(
                Map.of(
                        "callNumber",
                        number,
                        "calledAt",
                        clock.instant()
                                .atZone(Moments.zone())
                                .toLocalDateTime()
                                .truncatedTo(ChronoUnit.MINUTES)
                                .toString()));
    }

    private Panel panel(LadderViews.LadderView view, String path, boolean mayAct) {
        String role = Caller.current().role().wire();
        List<LadderViews.Rung> open = view.steps().stream().filter(LadderPanels::isOpen).toList();
        String call = mayAct ? first(open, LadderPanels::isCallDue) : "";
        return new Panel(
                view.subject(),
                path,
                headline(view),
                view.answeredAt().isPresent()
                        ? Optional.empty()
                        : view.dueAt().map(due -> moments.deadline(due, Optional.empty())),
                mayAct && !open.isEmpty(),
                view.steps().stream().map(this::rung).toList(),
                mayAct ? first(open, rung -> rung.approval().equals(Optional.of(role))) : "",
                call,
                open.stream()
                        .filter(rung -> rung.step().equals(call))
                        .flatMap(rung -> callees(view.peer(), rung).stream())
                        .toList(),
                mayAct
                        ? open.stream()
                                .map(rung -> new Form.Option(rung.step(), rung.step()))
                                .toList()
                        : List.of(),
                Arrays.stream(Said.Outcome.values())
                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                        .map(one -> new Form.Option(one, texts.name("call-outcome", one)))
                        .toList());
    }

    private static boolean isCallDue(LadderViews.Rung rung) {
        return rung.state().equals("due") && rung.action().startsWith("call_");
    }

    private List<Callees.Callee> callees(String peer, LadderViews.Rung rung) {
        Channel channel = channels.with(new PartyId(peer)).orElseThrow();
        return switch (Ladder.Action.valueOf(rung.action().toUpperCase(Locale.ROOT))) {
            case CALL_DUTY_CONTACT -> callees.of(channel, Callees.Who.DUTY_CONTACT);
            case CALL_DEPUTY -> callees.of(channel, Callees.Who.DEPUTY);
            case CALL_REPRESENTATIVE -> callees.of(channel, Callees.Who.REPRESENTATIVE);
            case REMIND, WARNING, ACCESS_BLOCK_POSSIBLE -> List.of();
        };
    }

    private static boolean isOpen(LadderViews.Rung rung) {
        return !Set.of("done", "stopped", "not-needed").contains(rung.state());
    }

    private static String first(List<LadderViews.Rung> rungs, Predicate<LadderViews.Rung> which) {
        return rungs.stream().filter(which).map(LadderViews.Rung::step).findFirst().orElse("");
    }

    private String headline(LadderViews.LadderView view) {
        if (view.answeredAt().isPresent()) {
            return texts.say(
                    "ladder-answered." + view.about(), moments.full(view.answeredAt().get()));
        }
        if (view.accessBlockPossible()) {
            return texts.say("ladder.access-block");
        }
        return view.steps().stream().anyMatch(LadderPanels::isOpen)
                ? texts.say(
                        "ladder-open." + view.about(), view.since().map(moments::full).orElse(""))
                : texts.say("ladder.ended");
    }

    private Rung rung(LadderViews.Rung rung) {
        return new Rung(
                rung.step(),
                texts.name("ladder-action", rung.action()),
                rung.state(),
                says(rung),
                rung.acts().stream().map(this::happened).toList());
    }

    private String says(LadderViews.Rung rung) {
        String at = rung.at().map(moments::full).orElse("");
        String lack =
                rung.approval()
                        .map(role -> texts.say("rung-lacks.approval", texts.name("role", role)))
                        .or(() -> rung.cosignature().map(this::lack))
                        .orElse("");
        String says =
                texts.say(
                        "rung-says." + rung.state(),
                        at,
                        rung.announceAt().map(moments::full).orElse(""));
        return lack.isEmpty() ? says : says + " " + lack;
    }

    private String lack(LadderViews.Cosignature cosignature) {
        if (cosignature.seen().isEmpty()) {
            return texts.say("rung-lacks.cosignature", moments.full(cosignature.wantedBy()));
        }
        return texts.say(
                "rung-lacks.silence",
                moments.full(cosignature.seen().get()),
                cosignature.enough().map(moments::full).orElse(""));
    }

    private Happened happened(LadderViews.Act act) {
        String what =
                texts.say(
                        "ladder-act." + act.act(),
                        act.role().map(role -> texts.name("role", role)).orElse(""),
                        detail(act));
        String how =
                act.refused()
                        ? texts.say("ladder.refused")
                        : act.at().isEmpty()
                                ? texts.say("ladder.underway")
                                : act.receipted() ? "" : texts.say("ladder.tendered");
        return new Happened(
                how.isEmpty() ? what : what + " " + how,
                act.at().orElse(act.recordedAt()),
                act.refused());
    }

    private String detail(LadderViews.Act act) {
        if (act.call().isPresent()) {
            LadderViews.Call call = act.call().get();
            return texts.say(
                    "ladder.call",
                    call.number(),
                    moments.full(call.at()),
                    texts.name("call-outcome", call.outcome()),
                    call.remark().orElse(""));
        }
        return act.seenAt()
                .map(moments::full)
                .or(act::reason)
                .orElseGet(() -> act.act().equals("stopped") ? texts.say("item.erased") : "");
    }
}

package org.jalur.node.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.Condition;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.web.Problems;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an authority's own system does about orders. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "access blocks")
class OrderController {
    private final OrderDrafts drafts;
    private final OrderActs acts;
    private final BlockViews views;
    private final Channels channels;

    OrderController(OrderDrafts drafts, OrderActs acts, BlockViews views, Channels channels) {
        this.drafts = drafts;
        this.acts = acts;
        this.views = views;
        this.channels = channels;
    }

    /**
     * @param digest of the order as GET shows it
     * @param subdomains confirms the reach below names that are blocked with their subdomains
     */
    record Approval(String digest, boolean subdomains) {}

    record Reason(String reason) {}

    record Promise(Instant liftAt) {}

    /**
     * @param condition its place in the order, from 0
     * @param message digest of the message that shows it; or words of what was heard elsewhere
     */
    record Met(int condition, Optional<String> message, Optional<String> words) {}

    /**
     * @param names left out: all that are in force
     */
    record Lift(List<String> names, String reason) {
        Lift {
            names = names == null ? List.of() : List.copyOf(names);
        }
    }

    record Renewal(String reasons, Instant reviewAt, Instant endsAt) {}

    @PostMapping("/api/access-blocks")
    @Operation(
            summary = "Makes a draft of an order",
            description =
                    """
                    Checked for proportionality: what is forbidden, and what lacks a written reason, is 422 with the \
                    rule. Two other people approve it before the platform is told.\
                    """)
    ResponseEntity<BlockJson> draft(@RequestBody OrderForm form) {
        UUID id = drafts.draft(channel(form.platform()), form, Caller.current());
        return ResponseEntity.created(URI.create("/api/access-blocks/" + id)).body(shown(id));
    }

    private Channel channel(String platform) {
        return channels.all().stream()
                .filter(one -> one.peer().value().equals(platform))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidAccessException(
                                "platform",
                                AccessRule.PLATFORM,
                                platform,
                                channels.all().stream()
                                        .map(Channel::peer)
                                        .map(PartyId::value)
                                        .toList()));
    }

    private BlockJson shown(UUID id) {
        return BlockJson.of(views.detail(id));
    }

    @PostMapping("/api/access-blocks/{id}/approval")
    @Operation(
            summary = "Approves a draft of another person; the second approval sends it",
            description = "Only the digest that you read is approved.")
    BlockJson approve(@PathVariable UUID id, @RequestBody Approval approval) {
        drafts.approve(
                id, digest("digest", approval.digest()), approval.subdomains(), Caller.current());
        return shown(id);
    }

    @GetMapping("/api/access-blocks/{id}/draft-file")
    @Operation(
            summary = "An order that two have approved, for \"./jalur approve\"",
            description = "409 before, or where the party's keys name no approvers.")
    ResponseEntity<byte[]> file(@PathVariable UUID id) {
        return ServedFile.of(
                "order-%s.draft".formatted(id),
                "application/octet-stream",
                drafts.file(id).octets());
    }

    @PostMapping("/api/access-blocks/{id}/sign-off")
    @Operation(
            summary = "Sends an order that two have approved, with what \"./jalur approve\" signed",
            description = "422 if no approver signed exactly this.")
    BlockJson sign(@PathVariable UUID id, @RequestParam String signOff) {
        drafts.sign(id, signOff);
        return shown(id);
    }

    static Hash digest(String field, String hex) {
        try {
            return Hash.parseHex(hex == null ? "" : hex);
        } catch (IllegalArgumentException e) {
            throw new InvalidAccessException(field, AccessRule.DIGEST, String.valueOf(hex));
        }
    }

    @PostMapping("/api/access-blocks/{id}/attempt")
    @Operation(
            summary = "Counts the order as announced by the journaled try, where no receipt comes")
    BlockJson attempt(@PathVariable UUID id) {
        acts.countAttempt(id);
        return shown(id);
    }

    @PostMapping("/api/access-blocks/{id}/withdrawal")
    @Operation(summary = "Gives an order up before it is in force")
    BlockJson withdraw(@PathVariable UUID id, @RequestBody Reason reason) {
        acts.withdraw(id, text(reason.reason()));
        return shown(id);
    }

    @PostMapping("/api/access-blocks/{id}/promise")
    @Operation(summary = "Promises a lift for a moment")
    BlockJson promise(@PathVariable UUID id, @RequestBody Promise promise) {
        acts.promise(id, given("liftAt", promise.liftAt()));
        return shown(id);
    }

    @PostMapping("/api/access-blocks/{id}/conditions")
    @Operation(summary = "Says that a condition is met, with what shows it")
    BlockJson met(@PathVariable UUID id, @RequestBody Met met) {
        List<Condition> conditions = views.detail(id).order().conditions();
        if (met.condition() < 0 || met.condition() >= conditions.size()) {
            throw new InvalidAccessException(
                    "condition", AccessRule.RANGE, met.condition(), 0, conditions.size() - 1);
        }
        Condition condition = conditions.get(met.condition());
        if (met.message().isPresent()) {
            acts.meet(id, condition, digest("message", met.message().get()));
        } else {
            acts.meet(id, condition, met.words().orElse(""));
        }
        return shown(id);
    }

    @PostMapping("/api/access-blocks/{id}/lift")
    @Operation(
            summary = "Lifts names at once, or all of them",
            description =
                    "Where the agreement wants two people, the first call waits for another person's same call.")
    BlockJson lift(@PathVariable UUID id, @RequestBody Lift lift) {
        Set<DomainName> names = new TreeSet<>();
        lift.names().forEach(name -> names.add(DomainName.read(name)));
        acts.lift(id, names, text(lift.reason()), Caller.current());
        return shown(id);
    }

    @PostMapping("/api/access-blocks/{id}/renewal")
    @Operation(summary = "Puts the end off with reasons, once a second person wants the same")
    BlockJson renew(@PathVariable UUID id, @RequestBody Renewal renewal) {
        acts.renew(
                id,
                text(renewal.reasons()),
                given("reviewAt", renewal.reviewAt()),
                given("endsAt", renewal.endsAt()),
                Caller.current());
        return shown(id);
    }

    @PostMapping("/api/access-blocks/{id}/removal")
    @Operation(summary = "Discards a draft; nobody can read it any more")
    ResponseEntity<Void> discard(@PathVariable UUID id) {
        drafts.discard(id);
        return ResponseEntity.noContent().build();
    }

    private static String text(String said) {
        return said == null ? "" : said.strip();
    }

    private static Instant given(String field, Instant time) {
        if (time == null) {
            throw new InvalidAccessException(field, AccessRule.EMPTY);
        }
        return time;
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidAccessException e) {
        return BlockController.problem(e);
    }

    /** A field that the body lacks is said like any other rule. */
    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidAccessException invalid) {
                return invalid(invalid);
            }
        }
        return Problems.problem(
                HttpStatus.BAD_REQUEST,
                "unreadable",
                "The body is not the JSON of this call; /openapi describes it.");
    }
}

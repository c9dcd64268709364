package org.jalur.node.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.Condition;
import org.jalur.node.accounts.Caller;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What officers and approvers do on the page of an order. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class OrderPages {
    private static final String ONE = BlockPages.HERE + "/{id}";

    private final BlockPages pages;
    private final BlockViews views;
    private final OrderDrafts drafts;
    private final OrderActs acts;

    OrderPages(BlockPages pages, BlockViews views, OrderDrafts drafts, OrderActs acts) {
        this.pages = pages;
        this.views = views;
        this.drafts = drafts;
        this.acts = acts;
    }

    /** Approves what the page showed, and only if whoever approves says that they read it. */
    @PostMapping(ONE + "/approval")
    ModelAndView approve(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of("subdomains", "subdomains"),
                "haveRead",
                () -> {
                    if (!typed.containsKey("haveRead")) {
                        throw new InvalidAccessException("haveRead", AccessRule.UNREAD);
                    }
                    boolean sent =
                            drafts.approve(
                                    id,
                                    OrderController.digest("digest", value(typed, "digest")),
                                    typed.containsKey("subdomains"),
                                    Caller.current());
                    return sent ? "sent" : "approved";
                });
    }

    /** For an approver who reads and signs it on a machine of their own. */
    @GetMapping(ONE + "/draft-file")
    ResponseEntity<byte[]> file(@PathVariable UUID id) {
        return ServedFile.of(
                "order-%s.draft".formatted(id),
                "application/octet-stream",
                drafts.file(id).octets());
    }

    @PostMapping(ONE + "/sign-off")
    ModelAndView sign(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of(),
                "signOff",
                () -> {
                    drafts.sign(id, value(typed, "signOff"));
                    return "sent";
                });
    }

    @PostMapping(ONE + "/removal")
    String discard(@PathVariable UUID id) {
        drafts.discard(id);
        return "redirect:" + BlockPages.HERE + "?done=discarded";
    }

    @PostMapping(ONE + "/attempt")
    ModelAndView attempt(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of(),
                "attempt",
                () -> {
                    acts.countAttempt(id);
                    return "announced";
                });
    }

    @PostMapping(ONE + "/withdrawal")
    ModelAndView withdraw(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of(),
                "withdrawReason",
                () -> {
                    acts.withdraw(id, value(typed, "withdrawReason"));
                    return "withdrawn";
                });
    }

    @PostMapping(ONE + "/promise")
    ModelAndView promise(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of(),
                "promiseAt",
                () -> {
                    acts.promise(id, time(typed, "promiseAt"));
                    return "promised";
                });
    }

    /** A condition that the node offers comes with its message; others with words. */
    @PostMapping(ONE + "/conditions")
    ModelAndView met(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of("condition", "metCondition"),
                "metWords",
                () -> {
                    Condition condition = condition(id, value(typed, "metCondition"));
                    String message = value(typed, "metMessage");
                    if (message.isEmpty()) {
                        acts.meet(id, condition, value(typed, "metWords"));
                    } else {
                        acts.meet(id, condition, OrderController.digest("metWords", message));
                    }
                    return "met";
                });
    }

    private Condition condition(UUID id, String place) {
        List<Condition> all = views.detail(id).order().conditions();
        return all.stream()
                .filter(one -> Integer.toString(all.indexOf(one)).equals(place))
                .findFirst()
                .orElseThrow(() -> new InvalidAccessException("condition", AccessRule.EMPTY));
    }

    @PostMapping(ONE + "/lift")
    ModelAndView lift(@PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed) {
        Map<String, String> first = typed.toSingleValueMap();
        return pages.command(
                id,
                first,
                Map.of("names", "liftNames"),
                "liftReason",
                () -> {
                    Set<DomainName> names = new TreeSet<>();
                    typed.getOrDefault("liftNames", List.of()).stream()
                            .flatMap(one -> Arrays.stream(one.split("\\s+")))
                            .filter(one -> !one.isBlank())
                            .forEach(one -> names.add(DomainName.read(one)));
                    return acts.lift(id, names, value(first, "liftReason"), Caller.current())
                            ? "lifted"
                            : "lift-wanted";
                });
    }

    @PostMapping(ONE + "/renewal")
    ModelAndView renew(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return pages.command(
                id,
                typed,
                Map.of("endsAt", "newEndsAt", "reviewAt", "newReviewAt"),
                "renewReasons",
                () ->
                        acts.renew(
                                        id,
                                        value(typed, "renewReasons"),
                                        time(typed, "newReviewAt"),
                                        time(typed, "newEndsAt"),
                                        Caller.current())
                                ? "renewed"
                                : "renewal-wanted");
    }

    static String value(Map<String, String> typed, String name) {
        return typed.getOrDefault(name, "").strip();
    }

    /** As it was on the reader's clock; what another person wants is there to the moment. */
    static Instant time(Map<String, String> typed, String name) {
        String text = value(typed, name);
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).atZone(Moments.zone()).toInstant();
        } catch (DateTimeException _) {
            throw new InvalidAccessException(name, AccessRule.TIME, text);
        }
    }
}

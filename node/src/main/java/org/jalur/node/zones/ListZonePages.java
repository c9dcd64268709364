package org.jalur.node.zones;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.zone.ListOrder;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** The list that is a zone of its own: under which order, and the files that become it. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ListZonePages {
    private final Frame frame;
    private final Texts texts;
    private final ListZone list;
    private final ZoneImports imports;
    private final ZonesInUse zones;
    private final DnsSettings settings;
    private final Clock clock;

    ListZonePages(
            Frame frame,
            Texts texts,
            ListZone list,
            ZoneImports imports,
            ZonesInUse zones,
            DnsSettings settings,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.list = list;
        this.imports = imports;
        this.zones = zones;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param inForce under which the list is published; absent before the first
     * @param reviewIsDue whether its review date has passed
     * @param most names that may come or go without a second person
     */
    record ListPage(
            boolean setUp,
            Optional<ZoneImport> inForce,
            boolean reviewIsDue,
            List<ZoneImport> imports,
            Form form,
            boolean mayImport,
            int most) {}

    /**
     * @param mayDecide whether this person may approve it: somebody else has begun it
     * @param mayRefuse whether this person may let go of it
     */
    record ImportPage(
            ZoneImport one,
            List<WrongRow> errors,
            boolean mayDecide,
            boolean mayRefuse,
            String done) {}

    /**
     * @param says which rule it breaks, and the way out
     */
    record WrongRow(long line, String value, String says) {}

    @GetMapping("/zones/list")
    ModelAndView show() {
        return page(Form.EMPTY, HttpStatus.OK);
    }

    private ModelAndView page(Form form, HttpStatus status) {
        Optional<ZoneImport> inForce = imports.inForce();
        ModelAndView page =
                frame.show(
                        "zones/list",
                        new ListPage(
                                zones.settings(ZoneName.LIST).isPresent(),
                                inForce,
                                inForce.filter(one ->
                                                one.order().reviewAt().isBefore(clock.instant()))
                                        .isPresent(),
                                imports.newest(),
                                form,
                                Caller.current().role() == Role.OFFICER,
                                settings.listChange()));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/zones/list/imports")
    ModelAndView begin(
            @RequestParam Map<String, String> typed, @RequestParam("nameList") MultipartFile file)
            throws IOException {
        Form form = Form.of(typed);
        String name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
        if (file.isEmpty() || name.isBlank()) {
            form = form.wrong("nameList", texts.say("zones.file.wrong"));
        }
        Optional<Instant> reviewAt = day(typed.getOrDefault("listReview", ""));
        if (reviewAt.isEmpty()) {
            form = form.wrong("listReview", texts.say("zones.review.wrong"));
        }
        Optional<ListOrder> order = Optional.empty();
        try {
            Instant now = clock.instant();
            order =
                    Optional.of(
                            new ListOrder(
                                    typed.getOrDefault("listIssuer", "").strip(),
                                    typed.getOrDefault("listGround", "").strip(),
                                    typed.getOrDefault("listObjection", "").strip(),
                                    now,
                                    reviewAt.orElse(now.plusSeconds(1))));
        } catch (InvalidAccessException e) {
            form = form.wrong(field(e.field()), texts.error(e));
        }
        if (form.isWrong()) {
            return page(form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try (InputStream content = file.getInputStream()) {
            long id = list.begin(order.orElseThrow(), name, content, Caller.current());
            return new ModelAndView("redirect:/zones/list/imports/" + id);
        }
    }

    private static String field(String field) {
        return switch (field) {
            case "issuer" -> "listIssuer";
            case "ground" -> "listGround";
            case "objection" -> "listObjection";
            default -> "listReview";
        };
    }

    /** The beginning of a day where the reader is. */
    private static Optional<Instant> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text).atStartOfDay(Moments.zone()).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @GetMapping("/zones/list/imports/{no}")
    ModelAndView imported(
            @PathVariable("no") long id, @RequestParam(defaultValue = "") String done) {
        ZoneImport one = imports.require(id);
        Caller caller = Caller.current();
        boolean waits = one.state() == ZoneImport.State.WAITING;
        boolean own = one.begunById().equals(caller.account());
        return frame.show(
                "zones/import",
                new ImportPage(
                        one,
                        imports.errors(id).stream().map(this::row).toList(),
                        waits && caller.role() == Role.APPROVER && !own,
                        waits && (caller.role() == Role.APPROVER || own),
                        done.isEmpty() ? "" : texts.name("zone-import-done", done)));
    }

    private WrongRow row(ZoneImports.WrongLine one) {
        return new WrongRow(one.line(), one.value(), texts.error(one.broken()));
    }

    @PostMapping("/zones/list/imports/{no}/approval")
    String approve(@PathVariable("no") long id) {
        list.approve(id, Caller.current());
        return "redirect:/zones/list/imports/" + id + "?done=approved";
    }

    /** Whoever began it may take it back, and every approver. */
    @PostMapping("/zones/list/imports/{no}/refusal")
    String refuse(@PathVariable("no") long id) {
        Caller caller = Caller.current();
        ZoneImport one = imports.require(id);
        if (caller.role() != Role.APPROVER && !one.begunById().equals(caller.account())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "other-zone-import",
                    "Somebody else began this import; only they and approvers can let go of it.");
        }
        list.refuse(id, caller);
        return "redirect:/zones/list/imports/" + id + "?done=refused";
    }
}

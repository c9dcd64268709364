package org.jalur.node.zones;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.zone.ListOrder;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The zones for programs: how far resolvers are, files for who polls, and the list's imports. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "zones")
class ZoneController {
    private final ZoneViews views;
    private final OrderExports exports;
    private final ListZone list;
    private final ZoneImports imports;
    private final Clock clock;

    ZoneController(
            ZoneViews views,
            OrderExports exports,
            ListZone list,
            ZoneImports imports,
            Clock clock) {
        this.views = views;
        this.exports = exports;
        this.list = list;
        this.imports = imports;
        this.clock = clock;
    }

    /** The zones that this node has. */
    record Zones(List<ZoneViews.ZoneView> zones) {}

    /** The number of what was begun. */
    record Begun(long id) {}

    /** An import, and the first 1,000 lines that were no names. */
    @Schema(name = "ZoneImportView")
    record ImportView(ZoneImport progress, List<WrongLine> errors) {}

    /**
     * @param rule which rule it breaks, and the way out
     */
    @Schema(name = "ZoneImportLine")
    record WrongLine(long line, String value, String rule) {
        static WrongLine of(ZoneImports.WrongLine one) {
            return new WrongLine(
                    one.line(), one.value(), Objects.requireNonNull(one.broken().getMessage()));
        }
    }

    @GetMapping("/api/zones")
    @Operation(summary = "Each zone with its version, and how far each secondary follows it")
    Zones all() {
        return new Zones(views.all());
    }

    @GetMapping("/api/zones/orders/exports/{name}")
    @Operation(
            summary =
                    "What is blocked by single orders, as a file for a resolver that cannot transfer",
            description =
                    "names.txt, orders.zone, bind-zone.conf, bind-options.conf, unbound.conf, recursor.lua, kresd.conf. Each says until when it may be used; fetch it anew before.")
    ResponseEntity<String> export(
            @PathVariable("name") String file,
            @RequestParam(defaultValue = OrderExports.USUAL_PATH) String path) {
        return exports.file(file, path);
    }

    @PostMapping("/api/zones/list/imports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary =
                    "Begins to read a file that takes the place of the whole list: the body is the file",
            description =
                    "A name a line, \"*.\" before one with its subdomains, \"#\" before remarks. issuer, ground, objection and reviewAt are the list order, without which there is no list. GET …/imports/{no} tells how far it is.")
    Begun begin(
            @RequestParam(defaultValue = "") String issuer,
            @RequestParam(defaultValue = "") String ground,
            @RequestParam(defaultValue = "") String objection,
            @RequestParam Optional<Instant> reviewAt,
            @RequestParam(defaultValue = "list.txt") String name,
            HttpServletRequest request)
            throws IOException {
        return new Begun(
                list.begin(
                        order(issuer, ground, objection, reviewAt),
                        name,
                        request.getInputStream(),
                        Caller.current()));
    }

    private ListOrder order(
            String issuer, String ground, String objection, Optional<Instant> reviewAt) {
        try {
            Instant now = clock.instant();
            return new ListOrder(issuer, ground, objection, now, reviewAt.orElse(now));
        } catch (InvalidAccessException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-list-order",
                    Objects.requireNonNull(e.getMessage()));
        }
    }

    @GetMapping("/api/zones/list/imports/{no}")
    @Operation(summary = "How far an import is, what it changes, and which lines were no names")
    ImportView imported(@PathVariable("no") long id) {
        return new ImportView(
                imports.require(id), imports.errors(id).stream().map(WrongLine::of).toList());
    }

    @PostMapping("/api/zones/list/imports/{no}/approval")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Lets an import take effect that waits for a second person",
            description = "403 for whoever began it; 409 if it does not wait.")
    void approve(@PathVariable("no") long id) {
        list.approve(id, Caller.current());
    }

    @PostMapping("/api/zones/list/imports/{no}/refusal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Lets go of an import that waits; 409 if it does not wait")
    void refuse(@PathVariable("no") long id) {
        list.refuse(id, Caller.current());
    }
}

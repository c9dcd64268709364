package org.jalur.node.resolvers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Resolvers and what is measured at them, for programs. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "resolvers")
class ResolverController {
    private final ResolverRegister register;
    private final FieldProbes probes;
    private final MeasuredViews views;
    private final LiftMeasuring lifts;
    private final OutsideReadings outside;

    ResolverController(
            ResolverRegister register,
            FieldProbes probes,
            MeasuredViews views,
            LiftMeasuring lifts,
            OutsideReadings outside) {
        this.register = register;
        this.probes = probes;
        this.views = views;
        this.lifts = lifts;
        this.outside = outside;
    }

    /** The register with what was measured last at each resolver. */
    @Schema(name = "ResolversView")
    record Resolvers(
            boolean measuring,
            List<ResolverView> resolvers,
            MeasuredViews.Sums sums,
            List<MeasuredViews.CellLine> cells) {}

    /** An entry of the register. */
    @Schema(name = "ResolverView")
    record ResolverView(
            UUID id,
            String operator,
            String name,
            String address,
            int port,
            Resolver.Software software,
            Resolver.Transport transport,
            Resolver.AskedFrom askedFrom,
            boolean confirmed) {
        static ResolverView of(Resolver one) {
            return new ResolverView(
                    one.id(),
                    one.operatorName(),
                    one.name(),
                    one.address().getHostAddress(),
                    one.port(),
                    one.software(),
                    one.transport(),
                    one.askedFrom(),
                    one.confirmed());
        }
    }

    /** Why something is done. */
    @Schema(name = "ResolverReason")
    record Reason(Optional<String> reason) {}

    /** Names at a resolver that are closed as not measured. */
    @Schema(name = "MeasureClosure")
    record Closing(
            Optional<UUID> resolver, Optional<List<String>> names, Optional<String> reason) {}

    /** A probe in a provider's network. */
    @Schema(name = "ProbeRegistration")
    record Registration(
            Optional<String> name, Optional<String> key, Optional<Set<UUID>> resolvers) {}

    /** The id of what is new. */
    @Schema(name = "ResolverId")
    record Id(UUID id) {}

    @GetMapping("/api/resolvers")
    @Operation(
            summary =
                    "Registered resolvers, and what was measured last of each watched name at each")
    Resolvers all() {
        MeasuredViews.Overview overview = views.overview();
        return new Resolvers(
                overview.measuring(),
                overview.resolvers().stream().map(ResolverView::of).toList(),
                overview.sums(),
                overview.cells());
    }

    @PostMapping("/api/resolvers")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Registers a resolver",
            description =
                    "Members: operatorName, contactPerson, contactMail, contactPhone, resolverName, resolverAddress, port, software, transport, askedFrom. Nothing is sent to its address before an admin confirms it; an admin's own entry is confirmed.")
    ResolverView add(@RequestBody Map<String, String> typed) {
        return write(UUID.randomUUID(), typed);
    }

    @PostMapping("/api/resolvers/{id}")
    @Operation(
            summary = "Writes an entry anew; the one before stays in its history",
            description = "Another address, or port, has to be confirmed again.")
    ResolverView change(@PathVariable UUID id, @RequestBody Map<String, String> typed) {
        register.one(id);
        return write(id, typed);
    }

    private ResolverView write(UUID id, Map<String, String> typed) {
        var entry = new TypedResolver(typed);
        return ResolverView.of(
                register.write(
                        id,
                        entry.entry().orElseThrow(() -> entry.wrong().values().iterator().next()),
                        Caller.current()));
    }

    @PostMapping("/api/resolvers/{id}/confirmation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Vouches for the address of a resolver: from now on it is asked, and lifts wait for it")
    void confirm(@PathVariable UUID id) {
        register.confirm(id, Caller.current());
    }

    @PostMapping("/api/resolvers/{id}/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes a resolver out of the register: no lift waits for it any more")
    void remove(@PathVariable UUID id, @RequestBody Reason reason) {
        register.remove(id, reason.reason().orElse(""), Caller.current());
    }

    @GetMapping("/api/access-blocks/{id}/measured")
    @Operation(
            summary =
                    "What was measured of an order's names, and which resolvers its lift waits for",
            description =
                    "tail: until then caches may hold the old answer. What came from outside is told apart, and no lift rests on it.")
    MeasuredViews.Measured measured(@PathVariable UUID id) {
        return views.of(id);
    }

    @PostMapping("/api/access-blocks/{id}/closures")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Closes names at a silent or unclear resolver as not measured, with a reason",
            description = "409 for what was measured, or not asked since the lift.")
    void close(@PathVariable UUID id, @RequestBody Closing closing) {
        lifts.close(
                id,
                closing.resolver().orElse(new UUID(0, 0)),
                names(closing.names().orElse(List.of())),
                closing.reason().orElse(""),
                Caller.current());
    }

    static Set<DomainName> names(List<String> typed) {
        try {
            return typed.stream()
                    .map(DomainName::read)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (InvalidAccessException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "outside-name",
                    String.valueOf(e.getMessage()),
                    String.join(", ", typed));
        }
    }

    @PostMapping("/api/outside-readings")
    @Operation(
            summary =
                    "Takes in what others measured: the body is CSV, or JSON lines as OONI writes them",
            description =
                    "CSV has the columns asked_at, resolver, name, state and, if wanted, remark. Wrong lines are told of by number; the others are taken in.")
    OutsideReadings.Taken take(@RequestParam String origin, HttpServletRequest request)
            throws IOException {
        return outside.take(
                request.getInputStream().readNBytes(OutsideReadings.MOST_OCTETS + 1), origin);
    }

    /** Probes in providers' networks. */
    @Schema(name = "ProbesView")
    record Probes(List<FieldProbes.FieldProbe> probes) {}

    @GetMapping("/api/probes")
    @Operation(summary = "Probes in providers' networks, with when each asked last")
    Probes probes() {
        return new Probes(probes.all());
    }

    @PostMapping("/api/probes")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary =
                    "Registers a probe by its public key, for resolvers that are asked from a probe",
            description = "key: what ./jalur probe key prints, 32 octets in base64url.")
    Id register(@RequestBody Registration one) {
        return new Id(
                probes.register(
                        one.name().orElse(""),
                        one.key().orElse(""),
                        one.resolvers().orElse(Set.of()),
                        Caller.current()));
    }

    @PostMapping("/api/probes/{id}/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes a probe out: it gets no task, and no result of it is taken")
    void removeProbe(@PathVariable UUID id) {
        probes.remove(id);
    }
}

package org.jalur.node.agreement;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Term;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Channel;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Agreements: everybody of this node reads them, signatories negotiate and sign them. */
@RestController
@Tag(name = "agreements")
class AgreementController {
    private final AgreementViews views;
    private final Negotiation negotiation;

    AgreementController(AgreementViews views, Negotiation negotiation) {
        this.views = views;
        this.negotiation = negotiation;
    }

    /**
     * @param clause that it is about; left out: the whole
     */
    record Remark(Optional<String> clause, String text) {}

    /**
     * @param digest of the text that you read, hex
     * @param representative whose signature it is, as the agreement names them
     */
    record Signature(String digest, String representative) {}

    /**
     * @param ground on which it ends without notice; left out: with notice
     */
    record Ending(LocalDate lastDay, Optional<Term.Ground> ground, String reason) {}

    @GetMapping("/api/agreements")
    @Operation(summary = "All versions with all parties, proposed or signed; newest first")
    List<AgreementViews.Summary> all() {
        return views.all();
    }

    @GetMapping("/api/agreements/{peer}/{id}")
    @Operation(summary = "A version: who signed it, what was said about it, what is still open")
    AgreementViews.Detail one(@PathVariable String peer, @PathVariable UUID id) {
        return views.detail(views.channel(peer), id);
    }

    @GetMapping(
            value = "/api/agreements/{peer}/{id}/text",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "The octets of a version, as they are signed")
    byte[] text(@PathVariable String peer, @PathVariable UUID id) {
        return views.text(views.channel(peer), id).octets();
    }

    @PostMapping(
            value = "/api/agreements/{peer}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Proposes a version: the body is its text, which is sent octet for octet",
            description =
                    """
                    Take the text of the version in force, raise its version, and change what you want. With answers, \
                    it counters that proposal, which this party then cannot sign any more.\
                    """)
    ResponseEntity<AgreementViews.Detail> propose(
            @PathVariable String peer,
            @RequestParam Optional<UUID> answers,
            @RequestBody byte[] text) {
        Channel channel = views.channel(peer);
        UUID id = negotiation.propose(channel, text, answers);
        return ResponseEntity.created(URI.create("/api/agreements/" + peer + "/" + id))
                .body(views.detail(channel, id));
    }

    @PostMapping("/api/agreements/{peer}/{id}/comments")
    @Operation(summary = "Says something about a proposal to the other side")
    AgreementViews.Detail comment(
            @PathVariable String peer, @PathVariable UUID id, @RequestBody Remark remark) {
        Channel channel = views.channel(peer);
        negotiation.comment(
                channel,
                id,
                Negotiation.said(() -> new Said.Remark(remark.clause(), remark.text())));
        return views.detail(channel, id);
    }

    @PostMapping("/api/agreements/{peer}/{id}/signature")
    @Operation(
            summary = "Signs a proposal, once a second signatory wants the same",
            description = "409 if you wanted it already; whoever names another begins anew.")
    AgreementViews.Detail sign(
            @PathVariable String peer, @PathVariable UUID id, @RequestBody Signature signature) {
        Channel channel = views.channel(peer);
        negotiation.sign(
                channel,
                id,
                Negotiation.said(
                        () -> new Said.Signature(signature.digest(), signature.representative())),
                Caller.current());
        return views.detail(channel, id);
    }

    @PostMapping("/api/agreements/{peer}/{id}/termination")
    @Operation(summary = "Ends a version that both signed, once a second signatory wants the same")
    AgreementViews.Detail terminate(
            @PathVariable String peer, @PathVariable UUID id, @RequestBody Ending ending) {
        Channel channel = views.channel(peer);
        negotiation.terminate(
                channel,
                id,
                Negotiation.said(
                        () -> new Said.Ending(ending.lastDay(), ending.ground(), ending.reason())),
                Caller.current());
        return views.detail(channel, id);
    }
}

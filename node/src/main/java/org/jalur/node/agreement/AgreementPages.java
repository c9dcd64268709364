package org.jalur.node.agreement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Term;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The agreements of each channel, and each of them as a document to read, discuss and sign. */
@PageController
class AgreementPages {
    private final Frame frame;
    private final Texts texts;
    private final Channels channels;
    private final PartyTerms parties;
    private final AgreementViews views;
    private final AgreementWords words;
    private final ProposalPages proposals;
    private final Negotiation negotiation;
    private final AgreementPdf pdf;

    AgreementPages(
            Frame frame,
            Texts texts,
            Channels channels,
            PartyTerms parties,
            AgreementViews views,
            AgreementWords words,
            ProposalPages proposals,
            Negotiation negotiation,
            AgreementPdf pdf) {
        this.frame = frame;
        this.texts = texts;
        this.channels = channels;
        this.parties = parties;
        this.views = views;
        this.words = words;
        this.proposals = proposals;
        this.negotiation = negotiation;
        this.pdf = pdf;
    }

    /**
     * @param begin what a new version can begin with
     */
    record ChannelAgreements(
            String peer,
            String name,
            List<AgreementViews.Summary> versions,
            List<Form.Option> begin) {}

    record AllPage(List<ChannelAgreements> channels, List<Form.Option> templates, boolean signs) {}

    /**
     * @param compared number of the version that both signed before this one
     * @param changes from that one, each a sentence
     * @param signs whether this person may sign now
     * @param comments whether this person may say something
     * @param ends whether this person may end it
     */
    record DocumentPage(
            AgreementViews.Detail detail,
            String name,
            String done,
            List<AgreementWords.Section> document,
            Optional<Integer> compared,
            List<String> changes,
            Form form,
            List<Form.Option> representatives,
            List<Form.Option> grounds,
            boolean signs,
            boolean comments,
            boolean ends) {}

    @GetMapping("/agreements")
    ModelAndView all() {
        return frame.show(
                "agreements/all",
                new AllPage(
                        channels.all().stream()
                                .map(channel ->
                                        new ChannelAgreements(
                                                channel.peer().value(),
                                                parties.name(channel, parties.peer()),
                                                views.of(channel),
                                                proposals.begin(channel)))
                                .toList(),
                        proposals.templates(),
                        isSignatory()));
    }

    private static boolean isSignatory() {
        return Caller.current().role() == Role.SIGNATORY;
    }

    @GetMapping("/agreements/{peer}/{id}")
    ModelAndView one(
            @PathVariable String peer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String done) {
        return show(views.channel(peer), id, done, Form.EMPTY, HttpStatus.OK);
    }

    @GetMapping("/agreements/{peer}/{id}/pdf")
    ResponseEntity<byte[]> pdf(@PathVariable String peer, @PathVariable UUID id) {
        Channel channel = views.channel(peer);
        AgreementViews.Detail detail = views.detail(channel, id);
        String name = "agreement-%s-%d.pdf".formatted(peer, detail.summary().number());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name, UTF_8).build().toString())
                .cacheControl(CacheControl.noStore())
                .body(pdf.of(detail, views.text(channel, id).agreement()));
    }

    private ModelAndView show(Channel channel, UUID id, String done, Form form, HttpStatus status) {
        AgreementViews.Detail detail = views.detail(channel, id).in(words);
        Agreement agreement = views.text(channel, id).agreement();
        Optional<AgreementViews.Summary> before =
                views.of(channel).stream()
                        .filter(one ->
                                agreement.version().previous().isPresent()
                                        && one.digest()
                                                .equals(agreement.version().previous().get().hex()))
                        .findFirst();
        boolean signatory = isSignatory();
        ModelAndView page =
                frame.show(
                        "agreements/document",
                        new DocumentPage(
                                detail,
                                parties.name(channel, parties.peer()),
                                Stream.of(
                                                "proposed",
                                                "commented",
                                                "prepared",
                                                "signed",
                                                "terminated")
                                        .filter(done::equals)
                                        .map(one -> texts.say("agreements.done." + one))
                                        .findFirst()
                                        .orElse(""),
                                words.document(agreement),
                                before.map(AgreementViews.Summary::number),
                                before.map(one ->
                                                words.changes(
                                                        views.text(channel, one.id()).agreement(),
                                                        agreement))
                                        .orElse(List.of()),
                                form,
                                PartyTerms.party(agreement, parties.own())
                                        .representatives()
                                        .stream()
                                        .map(one ->
                                                new Form.Option(
                                                        one.name(),
                                                        one.name() + ", " + one.capacity()))
                                        .toList(),
                                grounds(agreement),
                                signatory
                                        && detail.objection().isEmpty()
                                        && detail.open().isEmpty(),
                                signatory,
                                signatory
                                        && Stream.of(
                                                        AgreementViews.State.IN_FORCE,
                                                        AgreementViews.State.TO_COME)
                                                .anyMatch(detail.summary().state()::equals)));
        page.setStatus(status);
        return page;
    }

    private List<Form.Option> grounds(Agreement agreement) {
        return Stream.concat(
                        Stream.of(new Form.Option("", texts.say("agreements.end.notice"))),
                        agreement.term().atOnce().stream()
                                .map(ground ->
                                        new Form.Option(
                                                Acts.wire(ground),
                                                texts.name("agreement.value.ground", ground))))
                .toList();
    }

    @PostMapping("/agreements/{peer}/{id}/comments")
    ModelAndView comment(
            @PathVariable String peer,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed) {
        Channel channel = views.channel(peer);
        String clause = typed.getOrDefault("clause", "").strip();
        try {
            negotiation.comment(
                    channel,
                    id,
                    Negotiation.said(() ->
                            new Said.Remark(
                                    Optional.of(clause).filter(one -> !one.isEmpty()),
                                    typed.getOrDefault("remark", ""))));
            return done(peer, id, "commented");
        } catch (ProblemException e) {
            return again(channel, id, typed, "remark", e);
        }
    }

    @PostMapping("/agreements/{peer}/{id}/signature")
    ModelAndView sign(
            @PathVariable String peer,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed) {
        Channel channel = views.channel(peer);
        try {
            boolean signed =
                    negotiation.sign(
                            channel,
                            id,
                            Negotiation.said(() ->
                                    new Said.Signature(
                                            typed.getOrDefault("digest", ""),
                                            typed.getOrDefault("representative", ""))),
                            Caller.current());
            return done(peer, id, signed ? "signed" : "prepared");
        } catch (ProblemException e) {
            return again(channel, id, typed, "representative", e);
        }
    }

    @PostMapping("/agreements/{peer}/{id}/termination")
    ModelAndView terminate(
            @PathVariable String peer,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed) {
        Channel channel = views.channel(peer);
        LocalDate last;
        try {
            last = LocalDate.parse(typed.getOrDefault("lastDay", "").strip());
        } catch (DateTimeParseException _) {
            return show(
                    channel,
                    id,
                    "",
                    Form.of(typed).wrong("lastDay", texts.say("agreements.wrong.date")),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Optional<Term.Ground> ground =
                Arrays.stream(Term.Ground.values())
                        .filter(one -> Acts.wire(one).equals(typed.get("endingGround")))
                        .findFirst();
        try {
            boolean ended =
                    negotiation.terminate(
                            channel,
                            id,
                            Negotiation.said(() ->
                                    new Said.Ending(
                                            last, ground, typed.getOrDefault("reason", ""))),
                            Caller.current());
            return done(peer, id, ended ? "terminated" : "prepared");
        } catch (ProblemException e) {
            return again(
                    channel, id, typed, e.type().equals("invalid-text") ? "reason" : "lastDay", e);
        }
    }

    private static ModelAndView done(String peer, UUID id, String done) {
        return new ModelAndView("redirect:/agreements/%s/%s?done=%s".formatted(peer, id, done));
    }

    /** The page with what was typed, and why that cannot be. */
    private ModelAndView again(
            Channel channel, UUID id, Map<String, String> typed, String field, ProblemException e) {
        if (e.status() == HttpStatus.NOT_FOUND) {
            throw e;
        }
        return show(channel, id, "", Form.of(typed).wrong(field, words.error(e)), e.status());
    }
}

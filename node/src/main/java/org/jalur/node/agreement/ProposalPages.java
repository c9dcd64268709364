package org.jalur.node.agreement;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jalur.agreement.InvalidTermException;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Party;
import org.jalur.agreement.template.Opening;
import org.jalur.agreement.template.Template;
import org.jalur.agreement.template.Templates;
import org.jalur.agreement.text.AgreementText;
import org.jalur.agreement.text.MalformedAgreementException;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A new version to propose: from a template, or from an earlier one; as fields, or as JSON. */
@PageController
class ProposalPages {
    private final Frame frame;
    private final Texts texts;
    private final Channels channels;
    private final PartyTerms parties;
    private final AgreementViews views;
    private final AgreementWords words;
    private final Negotiation negotiation;
    private final Clock clock;

    ProposalPages(
            Frame frame,
            Texts texts,
            Channels channels,
            PartyTerms parties,
            AgreementViews views,
            AgreementWords words,
            Negotiation negotiation,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.channels = channels;
        this.parties = parties;
        this.views = views;
        this.words = words;
        this.negotiation = negotiation;
        this.clock = clock;
    }

    /**
     * @param begin template, or id of the version that it begins with
     * @param answers id of the proposal that it counters; may be empty
     * @param opening whether the parties must be filled in, for a template knows none
     */
    record ProposalPage(
            String peer,
            String name,
            int number,
            String begin,
            String answers,
            boolean opening,
            List<String> sides,
            Form form) {}

    record TemplatePage(String title, List<AgreementWords.Section> document) {}

    List<Form.Option> templates() {
        return Arrays.stream(Templates.values())
                .map(one -> new Form.Option(Acts.wire(one), texts.say(one.textKey())))
                .toList();
    }

    /**
     * What a new version can begin with: what is there already, the newest first, or a template.
     */
    List<Form.Option> begin(Channel channel) {
        return Stream.concat(
                        views.of(channel).stream()
                                .map(one ->
                                        new Form.Option(
                                                one.id().toString(),
                                                "%s %d: %s, %s"
                                                        .formatted(
                                                                texts.say("agreements.version"),
                                                                one.number(),
                                                                one.title(),
                                                                texts.name(
                                                                        "agreement.state",
                                                                        one.state())))),
                        templates().stream())
                .toList();
    }

    private static Optional<Templates> template(String name) {
        return Arrays.stream(Templates.values())
                .filter(one -> Acts.wire(one).equals(name))
                .findFirst();
    }

    /** A template as a document, with the origin of each value. */
    @GetMapping("/agreement-templates/{name}")
    ModelAndView read(@PathVariable String name) {
        Templates template =
                template(name)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-template",
                                        "There is no template \"%s\".".formatted(name)));
        Channel channel = channels.all().getFirst();
        Template shown =
                template.with(opening(channel, Form.of(sample()), List.of("Otoritas Contoh")));
        return frame.show(
                "agreements/template",
                new TemplatePage(texts.say(template.textKey()), words.document(shown)));
    }

    /** What stands in a template's document where the parties fill in their own. */
    private Map<String, String> sample() {
        Map<String, String> sample = new HashMap<>();
        for (Side side : Side.values()) {
            sample.put(Acts.wire(side) + "Country", "ID");
            sample.put(Acts.wire(side) + "Representative", "—");
            sample.put(Acts.wire(side) + "Capacity", "—");
        }
        return sample;
    }

    @GetMapping("/agreements/{peer}/proposal")
    ModelAndView form(
            @PathVariable String peer,
            @RequestParam(defaultValue = "") String begin,
            @RequestParam(defaultValue = "") String answers) {
        Channel channel = views.channel(peer);
        Map<String, String> values = new HashMap<>(sample());
        if (template(begin).isPresent()) {
            values.putAll(
                    ProposalForm.values(
                            base(
                                            channel,
                                            begin,
                                            Form.of(sample()),
                                            List.of(parties.name(channel, Side.AUTHORITY)))
                                    .agreement()));
            sample().forEach((field, value) -> values.put(field, value.equals("—") ? "" : value));
        } else {
            values.putAll(
                    ProposalForm.values(base(channel, begin, Form.EMPTY, List.of()).agreement()));
        }
        return show(channel, begin, answers, Form.of(values), HttpStatus.OK);
    }

    private ModelAndView show(
            Channel channel, String begin, String answers, Form form, HttpStatus status) {
        ModelAndView page =
                frame.show(
                        "agreements/proposal",
                        new ProposalPage(
                                channel.peer().value(),
                                parties.name(channel, parties.peer()),
                                views.next(channel).number(),
                                begin,
                                answers,
                                template(begin).isPresent(),
                                Stream.of(Side.values()).map(Acts::wire).toList(),
                                form));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/agreements/{peer}/proposal")
    ModelAndView propose(@PathVariable String peer, @RequestParam Map<String, String> typed) {
        Channel channel = views.channel(peer);
        String begin = typed.getOrDefault("begin", "");
        String answers = typed.getOrDefault("answers", "");
        Form form = Form.of(typed);
        String field = "agreementTitle";
        try {
            byte[] text;
            if (form.value("agreementText").isBlank()) {
                ProposalForm.Built built = built(channel, begin, form);
                if (built.text().isEmpty()) {
                    return show(
                            channel,
                            begin,
                            answers,
                            built.form(),
                            HttpStatus.UNPROCESSABLE_CONTENT);
                }
                text = built.text().get();
            } else {
                field = "agreementText";
                text = form.value("agreementText").getBytes(StandardCharsets.UTF_8);
            }
            AgreementText.read(text);
            UUID id = negotiation.propose(channel, text, id(answers));
            return new ModelAndView("redirect:/agreements/%s/%s?done=proposed".formatted(peer, id));
        } catch (InvalidTermException e) {
            form =
                    form.wrong(
                            field.equals("agreementText")
                                    ? field
                                    : ProposalForm.field(
                                            e.clause().replaceFirst("^agreement\\.", "")),
                            words.error(e));
        } catch (MalformedAgreementException e) {
            form =
                    form.wrong(
                            field,
                            texts.say("problem.invalid-agreement", String.valueOf(e.getMessage())));
        } catch (ProblemException e) {
            form = form.wrong(field, words.error(e));
        }
        return show(channel, begin, answers, form, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private ProposalForm.Built built(Channel channel, String begin, Form form) {
        List<String> organisations =
                form.value("entitled")
                        .lines()
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList();
        return ProposalForm.build(
                base(channel, begin, form, organisations),
                views.next(channel),
                form,
                key -> texts.say(key));
    }

    private AgreementText base(
            Channel channel, String begin, Form form, List<String> organisations) {
        return template(begin)
                .map(one ->
                        AgreementText.write(
                                one.with(opening(channel, form, organisations)).agreement()))
                .or(() -> id(begin).map(id -> views.text(channel, id)))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-template",
                                "There is no template or version \"%s\" to begin with."
                                        .formatted(begin)));
    }

    private Opening opening(Channel channel, Form form, List<String> organisations) {
        return new Opening(
                party(channel, Side.AUTHORITY, form),
                party(channel, Side.PLATFORM, form),
                organisations,
                date(form.value("from")).orElseGet(() -> LocalDate.now(clock)),
                Optional.empty(),
                List.of());
    }

    /** Id, name and key are those that this node has pinned; the rest is filled in. */
    private Party party(Channel channel, Side side, Form form) {
        String of = Acts.wire(side);
        String country = form.value(of + "Country").strip();
        String number = form.value(of + "Number").strip();
        return within(
                of,
                () ->
                        new Party(
                                parties.id(channel, side),
                                parties.name(channel, side),
                                country,
                                List.of(
                                        within(
                                                "representatives",
                                                () ->
                                                        new Party.Representative(
                                                                form.value(of + "Representative")
                                                                        .strip(),
                                                                form.value(of + "Capacity").strip(),
                                                                country))),
                                parties.identity(channel, side),
                                date(form.value(of + "On"))
                                        .filter(_ -> !number.isEmpty())
                                        .map(on ->
                                                within(
                                                        "callBack",
                                                        () ->
                                                                new Party.CallBack(
                                                                        parties.identity(
                                                                                channel, side),
                                                                        number,
                                                                        on,
                                                                        form.value(of + "Role")
                                                                                .strip())))));
    }

    private static <T> T within(String clause, Supplier<T> terms) {
        try {
            return terms.get();
        } catch (InvalidTermException e) {
            throw e.within(clause);
        }
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

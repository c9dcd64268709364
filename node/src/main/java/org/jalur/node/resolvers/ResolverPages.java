package org.jalur.node.resolvers;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** The register of resolvers as people keep it, with what is measured at all of them. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ResolverPages {
    static final String HERE = "/resolvers";

    private final Frame frame;
    private final Texts texts;
    private final ResolverRegister register;
    private final FieldProbes probes;
    private final MeasuredViews views;
    private final OutsideReadings outside;

    ResolverPages(
            Frame frame,
            Texts texts,
            ResolverRegister register,
            FieldProbes probes,
            MeasuredViews views,
            OutsideReadings outside) {
        this.frame = frame;
        this.texts = texts;
        this.register = register;
        this.probes = probes;
        this.views = views;
        this.outside = outside;
    }

    /**
     * @param taken what a file of outside results did; absent unless one was just sent
     */
    record ResolversPage(
            MeasuredViews.Overview overview,
            Form form,
            boolean mayWrite,
            boolean admin,
            Optional<OutsideReadings.Taken> taken,
            List<WrongLine> wrongLines,
            String done) {}

    /** A line of outside results that was not taken. */
    record WrongLine(long line, String says) {}

    @GetMapping(HERE)
    ModelAndView all(@RequestParam(defaultValue = "") String done) {
        return all(Form.EMPTY, Optional.empty(), done, HttpStatus.OK);
    }

    private ModelAndView all(
            Form form, Optional<OutsideReadings.Taken> taken, String done, HttpStatusCode status) {
        Role role = Caller.current().role();
        ModelAndView page =
                frame.show(
                        "resolvers/all",
                        new ResolversPage(
                                views.overview(),
                                form,
                                role != Role.AUDITOR,
                                role == Role.ADMIN,
                                taken,
                                taken.map(OutsideReadings.Taken::errors).orElse(List.of()).stream()
                                        .map(one ->
                                                new WrongLine(one.line(), texts.error(one.cause())))
                                        .toList(),
                                said(done)));
        page.setStatus(status);
        return page;
    }

    private String said(String done) {
        return done.isEmpty() ? "" : texts.name("resolver-done", done);
    }

    @GetMapping(HERE + "/file")
    void file(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("readings.csv").build().toString());
        views.write(response.getOutputStream());
    }

    @PostMapping(HERE + "/outside-readings")
    ModelAndView take(
            @RequestParam(defaultValue = "") String outsideOrigin,
            @RequestParam("outsideFile") MultipartFile file)
            throws IOException {
        Form form = Form.of(Map.of("outsideOrigin", outsideOrigin));
        if (file.isEmpty()) {
            return all(
                    form.wrong("outsideFile", texts.say("resolvers.file.wrong")),
                    Optional.empty(),
                    "",
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            return all(
                    Form.EMPTY,
                    Optional.of(outside.take(file.getBytes(), outsideOrigin)),
                    "",
                    HttpStatus.OK);
        } catch (ProblemException e) {
            String field = e.type().equals("outside-origin") ? "outsideOrigin" : "outsideFile";
            return all(form.wrong(field, texts.error(e)), Optional.empty(), "", e.status());
        }
    }

    /**
     * @param one absent for a new entry
     */
    record EntryPage(
            Optional<Resolver> one,
            List<Resolver> history,
            Optional<ResolverRegister.Contact> contact,
            Form form,
            List<Form.Option> software,
            List<Form.Option> transports,
            List<Form.Option> places,
            boolean mayWrite,
            boolean mayRemove,
            boolean admin,
            String done) {}

    @GetMapping(HERE + "/new")
    ModelAndView begin() {
        return entry(
                Optional.empty(),
                Form.of(
                        Map.of(
                                "port", "53",
                                "software", "other",
                                "transport", "transfer",
                                "askedFrom", "node")),
                "",
                HttpStatus.OK);
    }

    @PostMapping(HERE)
    ModelAndView add(@RequestParam Map<String, String> typed) {
        return write(Optional.empty(), UUID.randomUUID(), typed);
    }

    @GetMapping(HERE + "/{id}")
    ModelAndView one(@PathVariable UUID id, @RequestParam(defaultValue = "") String done) {
        Resolver one = register.one(id);
        return entry(Optional.of(one), Form.of(typed(one)), done, HttpStatus.OK);
    }

    @PostMapping(HERE + "/{id}")
    ModelAndView change(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return write(Optional.of(register.one(id)), id, typed);
    }

    private Map<String, String> typed(Resolver one) {
        Map<String, String> typed = new HashMap<>();
        typed.put("operatorName", one.operatorName());
        typed.put("resolverName", one.name());
        typed.put("resolverAddress", one.address().getHostAddress());
        typed.put("port", Integer.toString(one.port()));
        typed.put("software", Resolver.wire(one.software()));
        typed.put("transport", Resolver.wire(one.transport()));
        typed.put("askedFrom", Resolver.wire(one.askedFrom()));
        register.contact(one.operator())
                .ifPresent(contact -> {
                    typed.put("contactPerson", contact.person());
                    typed.put("contactMail", contact.mail());
                    typed.put("contactPhone", contact.phone());
                });
        return typed;
    }

    private ModelAndView write(Optional<Resolver> earlier, UUID id, Map<String, String> typed) {
        var entry = new TypedResolver(typed);
        Optional<TypedResolver.Entry> right = entry.entry();
        Form form = Form.of(typed);
        for (Map.Entry<String, ProblemException> one : entry.wrong().entrySet()) {
            form = form.wrong(one.getKey(), texts.error(one.getValue()));
        }
        if (right.isEmpty()) {
            return entry(earlier, form, "", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            Resolver written = register.write(id, right.get(), Caller.current());
            return new ModelAndView(
                    "redirect:"
                            + HERE
                            + "/"
                            + id
                            + "?done="
                            + (written.confirmed() ? "written" : "waits"));
        } catch (ProblemException e) {
            return entry(earlier, form.wrong("resolverAddress", texts.error(e)), "", e.status());
        }
    }

    private ModelAndView entry(
            Optional<Resolver> one, Form form, String done, HttpStatusCode status) {
        Role role = Caller.current().role();
        boolean open = one.filter(Resolver::removed).isEmpty();
        ModelAndView page =
                frame.show(
                        "resolvers/entry",
                        new EntryPage(
                                one,
                                one.map(it -> register.history(it.id())).orElse(List.of()),
                                one.flatMap(it -> register.contact(it.operator())),
                                form,
                                options("resolver-software", Resolver.Software.values()),
                                options("resolver-transport", Resolver.Transport.values()),
                                options("resolver-asked", Resolver.AskedFrom.values()),
                                open && role != Role.AUDITOR,
                                open
                                        && one.isPresent()
                                        && (role == Role.ADMIN || role == Role.APPROVER),
                                role == Role.ADMIN,
                                said(done)));
        page.setStatus(status);
        return page;
    }

    private List<Form.Option> options(String family, Enum<?>[] all) {
        return Arrays.stream(all)
                .map(one -> new Form.Option(Resolver.wire(one), texts.name(family, one)))
                .toList();
    }

    @PostMapping(HERE + "/{id}/confirmation")
    String confirm(@PathVariable UUID id) {
        register.confirm(id, Caller.current());
        return "redirect:" + HERE + "/" + id + "?done=confirmed";
    }

    @PostMapping(HERE + "/{id}/removal")
    ModelAndView remove(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String resolverRemoval) {
        try {
            register.remove(id, resolverRemoval, Caller.current());
            return new ModelAndView("redirect:" + HERE + "?done=removed");
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            Resolver one = register.one(id);
            Map<String, String> typed = typed(one);
            typed.put("resolverRemoval", resolverRemoval);
            return entry(
                    Optional.of(one),
                    Form.of(typed).wrong("resolverRemoval", texts.error(e)),
                    "",
                    e.status());
        }
    }

    /** Probes, with the resolvers that one can answer for. */
    record ProbesPage(
            List<FieldProbes.FieldProbe> probes,
            Map<UUID, String> names,
            List<Resolver> resolvers,
            Form form,
            String done) {
        /** The resolvers of a probe in words. */
        public String called(FieldProbes.FieldProbe probe) {
            return String.join(
                    ", ",
                    probe.resolvers().stream()
                            .map(one -> names.getOrDefault(one, one.toString()))
                            .toList());
        }
    }

    @GetMapping("/probes")
    ModelAndView probes(@RequestParam(defaultValue = "") String done) {
        return probes(Form.EMPTY, said(done), HttpStatus.OK);
    }

    private ModelAndView probes(Form form, String done, HttpStatusCode status) {
        List<Resolver> all = register.all();
        Map<UUID, String> names = new HashMap<>();
        all.forEach(one -> names.put(one.id(), one.operatorName() + ", " + one.name()));
        ModelAndView page =
                frame.show(
                        "resolvers/probes",
                        new ProbesPage(
                                probes.all(),
                                names,
                                all.stream()
                                        .filter(one -> one.askedFrom() == Resolver.AskedFrom.PROBE)
                                        .toList(),
                                form,
                                done));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/probes")
    ModelAndView register(@RequestParam MultiValueMap<String, String> typed) {
        Map<String, String> values = typed.toSingleValueMap();
        try {
            probes.register(
                    values.getOrDefault("probeName", ""),
                    values.getOrDefault("probeKey", ""),
                    ids(typed.getOrDefault("probeResolvers", List.of())),
                    Caller.current());
            return new ModelAndView("redirect:/probes?done=probe");
        } catch (ProblemException e) {
            String field =
                    switch (e.type()) {
                        case "probe-key" -> "probeKey";
                        case "probe-resolvers", "probe-resolver", "unknown-resolver" ->
                                "probeResolvers";
                        default -> "probeName";
                    };
            return probes(Form.of(values).wrong(field, texts.error(e)), "", e.status());
        }
    }

    private static Set<UUID> ids(List<String> typed) {
        Set<UUID> ids = new LinkedHashSet<>();
        for (String one : typed) {
            try {
                ids.add(UUID.fromString(one));
            } catch (IllegalArgumentException _) {
                ids.add(new UUID(0, 0));
            }
        }
        return ids;
    }

    @PostMapping("/probes/{id}/removal")
    String removeProbe(@PathVariable UUID id) {
        probes.remove(id);
        return "redirect:/probes?done=probe-removed";
    }
}

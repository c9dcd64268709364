package org.jalur.node.publicregister;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.evidence.EvidenceDownloads;
import org.jalur.node.objections.ObjectionFigures;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** The register for everybody, as pages, as a table and with its evidence. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class PublicBlockPages {
    static final String HERE = "/blocks";
    private static final int ROWS = 25;

    private final Frame frame;
    private final Texts texts;
    private final PublicRegister register;
    private final PublicBlocks blocks;
    private final ObjectionFigures objections;
    private final RegisterTable table;
    private final EvidenceDownloads evidence;
    private final Address address;

    PublicBlockPages(
            Frame frame,
            Texts texts,
            PublicRegister register,
            PublicBlocks blocks,
            ObjectionFigures objections,
            RegisterTable table,
            EvidenceDownloads evidence,
            Address address) {
        this.frame = frame;
        this.texts = texts;
        this.register = register;
        this.blocks = blocks;
        this.objections = objections;
        this.table = table;
        this.evidence = evidence;
        this.address = address;
    }

    /**
     * @param form what is looked for
     * @param next address of the next page; empty on the last
     * @param first address of the first page; empty on it
     */
    record RegisterPage(
            Form form,
            List<Form.Option> states,
            PublicRegister.Figures figures,
            List<PublicBlock> blocks,
            boolean searched,
            String next,
            String first) {}

    @GetMapping(HERE)
    ModelAndView all(
            @RequestParam(defaultValue = "all") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam Optional<String> cursor,
            HttpServletResponse response) {
        var search = new RegisterIndex.Search(RegisterIndex.Which.of(state), q);
        PublicRegister.Page page = register.page(search, cursor, ROWS);
        var first =
                UriComponentsBuilder.fromPath(HERE)
                        .queryParam("state", "{state}")
                        .queryParam("q", "{q}")
                        .encode();
        Caching.page(response);
        return frame.show(
                "publicregister/all",
                new RegisterPage(
                        Form.of(Map.of("state", state, "q", search.words())),
                        Arrays.stream(RegisterIndex.Which.values())
                                .map(RegisterIndex.Which::wire)
                                .map(one -> new Form.Option(one, texts.name("register-state", one)))
                                .toList(),
                        page.figures(),
                        page.blocks(),
                        !search.words().isEmpty() || search.which() != RegisterIndex.Which.ALL,
                        page.next()
                                .map(one ->
                                        first.cloneBuilder()
                                                .queryParam("cursor", one)
                                                .buildAndExpand(state, search.words())
                                                .toUriString())
                                .orElse(""),
                        cursor.isEmpty()
                                ? ""
                                : first.buildAndExpand(state, search.words()).toUriString()));
    }

    /**
     * @param permalink with scheme and host
     * @param above whether names below one of its names are blocked too
     */
    record BlockPage(
            PublicBlock block,
            ObjectionFigures.Counts objections,
            String permalink,
            boolean above) {}

    @GetMapping(HERE + "/{id}")
    ModelAndView one(
            @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) {
        PublicBlock block = blocks.one(id);
        Caching.page(response);
        return frame.show(
                "publicregister/one",
                new BlockPage(
                        block,
                        objections.of(id),
                        address.of(HERE + "/" + id, request),
                        block.names().stream().anyMatch(PublicBlock.Name::withSubdomains)));
    }

    @GetMapping(HERE + "/file")
    void file(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("blocks.csv").build().toString());
        Caching.data(response);
        table.write(response.getOutputStream());
    }

    @GetMapping(HERE + "/{id}/evidence")
    void evidence(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        PublicBlocks.Exhibit exhibit = blocks.exhibit(id);
        evidence.writePublic(
                exhibit.channel(),
                exhibit.order(),
                exhibit.subject(),
                PublicBlocks::isPublic,
                response);
    }
}

package org.jalur.node.publicregister;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

/**
 * Why a name is blocked: by whom, on what ground, until when, and how to object; with the status
 * that says so (RFC 7725). Nobody is led here by the block itself: a name that does not exist leads
 * nowhere, and a redirect would need a certificate in the other's name. People come from the
 * register, from what their resolver says besides (RFC 8914), or type the name.
 */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class BlockedPages {
    static final String HERE = "/blocked";
    private static final int PAST = 10;

    private final Frame frame;
    private final Texts texts;
    private final PublicBlocks blocks;
    private final RegisterIndex index;
    private final Address address;

    BlockedPages(
            Frame frame, Texts texts, PublicBlocks blocks, RegisterIndex index, Address address) {
        this.frame = frame;
        this.texts = texts;
        this.blocks = blocks;
        this.index = index;
        this.address = address;
    }

    /**
     * @param name asked for; empty if none was
     * @param blocking what blocks it now
     * @param past what named it before
     */
    record BlockedPage(
            Form form, String name, List<PublicBlock> blocking, List<PublicBlock> past) {}

    @GetMapping(HERE)
    Object ask(@RequestParam Optional<String> name, HttpServletResponse response) {
        if (name.isEmpty()) {
            Caching.page(response);
            return frame.show(
                    "publicregister/blocked",
                    new BlockedPage(Form.EMPTY, "", List.of(), List.of()));
        }
        try {
            DomainName wanted = DomainName.read(host(name.get()));
            return "redirect:"
                    + HERE
                    + "/"
                    + UriUtils.encodePathSegment(wanted.ascii(), StandardCharsets.UTF_8);
        } catch (InvalidAccessException _) {
            return wrong(name.get());
        }
    }

    /** People copy addresses: what they mean is the host. */
    static String host(String typed) {
        return typed.strip()
                .replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "")
                .replaceFirst("[/?#].*$", "")
                .replaceFirst("^[^@]*@", "")
                .replaceFirst(":[0-9]*$", "");
    }

    private ModelAndView wrong(String typed) {
        ModelAndView page =
                frame.show(
                        "publicregister/blocked",
                        new BlockedPage(
                                Form.of(Map.of("blockedName", typed))
                                        .wrong("blockedName", texts.say("blocked.no-name")),
                                "",
                                List.of(),
                                List.of()));
        page.setStatus(HttpStatus.BAD_REQUEST);
        return page;
    }

    @GetMapping(HERE + "/{name}")
    ModelAndView name(
            @PathVariable String name, HttpServletRequest request, HttpServletResponse response) {
        Caching.never(response);
        try {
            DomainName wanted = DomainName.read(name);
            List<PublicBlock> blocking = blocks.blocking(wanted);
            List<UUID> others =
                    index.naming(wanted, PAST).stream()
                            .filter(id -> blocking.stream().noneMatch(one -> one.id().equals(id)))
                            .toList();
            ModelAndView page =
                    frame.show(
                            "publicregister/blocked",
                            new BlockedPage(
                                    Form.of(Map.of("blockedName", wanted.ascii())),
                                    wanted.ascii(),
                                    blocking,
                                    blocks.all(others)));
            if (blocking.isEmpty()) {
                page.setStatus(HttpStatus.NOT_FOUND);
            } else {
                unavailable(page, request, response);
            }
            return page;
        } catch (InvalidAccessException _) {
            return wrong(name);
        }
    }

    /** The same for all that one block blocks; what it does not block any more is no 451. */
    @GetMapping(PublicBlockPages.HERE + "/{id}/blocked")
    ModelAndView block(
            @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) {
        Caching.never(response);
        PublicBlock block = blocks.one(id);
        ModelAndView page =
                frame.show(
                        "publicregister/blocked",
                        new BlockedPage(
                                Form.EMPTY,
                                "",
                                block.inForce() ? List.of(block) : List.of(),
                                block.inForce() ? List.of() : List.of(block)));
        if (block.inForce()) {
            unavailable(page, request, response);
        }
        return page;
    }

    /** RFC 7725 §4: who implements the block is this node, which resolvers have its zone from. */
    private void unavailable(
            ModelAndView page, HttpServletRequest request, HttpServletResponse response) {
        page.setStatus(HttpStatus.UNAVAILABLE_FOR_LEGAL_REASONS);
        response.setHeader(
                HttpHeaders.LINK,
                "<%s>; rel=\"blocked-by\"".formatted(address.of(PublicBlockPages.HERE, request)));
    }
}

package org.jalur.node.publicregister;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What was blocked, renewed and lifted last, as an Atom feed (RFC 4287) in the reader's language.
 * An entry never changes but for its language: what happens next is another one.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class BlockFeed {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final int BLOCKS = 50;
    private static final int ENTRIES = 100;
    private static final int NAMED = 5;

    private final RegisterIndex index;
    private final PublicBlocks blocks;
    private final Register register;
    private final Texts texts;
    private final Moments moments;
    private final Address address;

    BlockFeed(
            RegisterIndex index,
            PublicBlocks blocks,
            Register register,
            Texts texts,
            Moments moments,
            Address address) {
        this.index = index;
        this.blocks = blocks;
        this.register = register;
        this.texts = texts;
        this.moments = moments;
        this.address = address;
    }

    /**
     * @param kind blocked, renewed, lift or lifted
     * @param no tells entries of a kind from one another
     */
    private record Entry(
            PublicBlock block, String kind, int no, Instant at, String title, String says) {
        UUID id() {
            return UUID.nameUUIDFromBytes(
                    "%s %s %d".formatted(block.id(), kind, no).getBytes(UTF_8));
        }
    }

    byte[] write(HttpServletRequest request) {
        List<Entry> entries =
                blocks
                        .all(index.newest(BLOCKS).stream().map(RegisterIndex.Place::block).toList())
                        .stream()
                        .flatMap(this::entries)
                        .sorted(Comparator.comparing(Entry::at).reversed())
                        .limit(ENTRIES)
                        .toList();
        var out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            feed(xml, entries, request);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the feed cannot be written", e);
        }
        return out.toByteArray();
    }

    private Stream<Entry> entries(PublicBlock block) {
        Stream<Entry> begun =
                Stream.of(
                        entry(
                                block,
                                "blocked",
                                0,
                                block.since(),
                                texts.say(
                                        "feed.blocked.text",
                                        block.organisation(),
                                        block.legalBasis().instrument(),
                                        block.legalBasis().article(),
                                        names(
                                                block.names().stream()
                                                        .map(PublicBlock.Name::name)
                                                        .toList()))));
        Stream<Entry> renewed =
                Stream.iterate(0, no -> no < block.renewals().size(), no -> no + 1)
                        .map(no -> {
                            PublicBlock.Renewal one = block.renewals().get(no);
                            return entry(
                                    block,
                                    "renewed",
                                    no,
                                    one.at(),
                                    texts.say(
                                            "feed.renewed.text",
                                            moments.full(one.endsAt()),
                                            one.reasons()));
                        });
        Stream<Entry> lifted =
                Stream.iterate(0, no -> no < block.lifts().size(), no -> no + 1)
                        .map(no -> {
                            PublicBlock.Lift one = block.lifts().get(no);
                            return entry(
                                    block,
                                    "lift",
                                    no,
                                    one.at(),
                                    texts.say(
                                            "feed.lift.text",
                                            names(one.names()),
                                            one.reason()
                                                    .orElseGet(() -> texts.say("feed.lift.term"))));
                        });
        return Stream.of(begun, renewed, lifted).flatMap(all -> all);
    }

    private Entry entry(PublicBlock block, String kind, int no, Instant at, String says) {
        return new Entry(block, kind, no, at, texts.say("feed." + kind, block.reference()), says);
    }

    private String names(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? texts.say("access.more", first, names.size() - NAMED) : first;
    }

    private void feed(XMLStreamWriter xml, List<Entry> entries, HttpServletRequest request)
            throws XMLStreamException {
        String language = LocaleContextHolder.getLocale().getLanguage();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(ATOM);
        xml.writeAttribute("xml:lang", language);
        element(
                xml,
                "id",
                urn(
                        UUID.nameUUIDFromBytes(
                                ("blocks of " + register.own().value()).getBytes(UTF_8))));
        element(xml, "title", texts.say("feed.title", register.ownParty().name()));
        element(
                xml,
                "updated",
                entries.stream().map(Entry::at).findFirst().orElse(Instant.EPOCH).toString());
        xml.writeStartElement("author");
        element(xml, "name", register.ownParty().name());
        xml.writeEndElement();
        link(
                xml,
                "self",
                address.of(FeedPages.HERE + "?language=" + language, request),
                FeedPages.TYPE);
        link(xml, "alternate", address.of(PublicBlockPages.HERE, request), "text/html");
        for (Entry entry : entries) {
            xml.writeStartElement("entry");
            element(xml, "id", urn(entry.id()));
            element(xml, "title", entry.title());
            element(xml, "updated", entry.at().toString());
            link(
                    xml,
                    "alternate",
                    address.of(PublicBlockPages.HERE + "/" + entry.block().id(), request),
                    "text/html");
            element(xml, "summary", entry.says());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static String urn(UUID id) {
        return "urn:uuid:" + id;
    }

    private static void link(XMLStreamWriter xml, String rel, String href, String type)
            throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("type", type);
        xml.writeAttribute("href", href);
    }

    /** What XML cannot hold at all (XML 1.0 §2.2) is left out. */
    private static void element(XMLStreamWriter xml, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(
                text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", ""));
        xml.writeEndElement();
    }
}

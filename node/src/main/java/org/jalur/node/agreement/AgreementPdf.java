package org.jalur.node.agreement;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jalur.agreement.Agreement;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * A version of an agreement as a PDF to hand on: a copy for people, while what binds is the text
 * whose digest stands on every page. Nothing is fetched for it.
 */
@Component
class AgreementPdf {
    /** Comes with the PDF library; has Latin, Greek and Cyrillic letters. */
    private static final String FONT =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final ITemplateEngine templates;
    private final AgreementWords words;
    private final Texts texts;
    private final Moments moments;

    AgreementPdf(ITemplateEngine templates, AgreementWords words, Texts texts, Moments moments) {
        this.templates = templates;
        this.words = words;
        this.texts = texts;
        this.moments = moments;
    }

    private record Line(String label, String value) {}

    /** In the reader's language. */
    byte[] of(AgreementViews.Detail detail, Agreement agreement) {
        AgreementViews.Summary one = detail.summary();
        Locale language = LocaleContextHolder.getLocale();
        String html =
                templates.process(
                        "agreements/pdf",
                        new Context(
                                language,
                                Map.of(
                                        "language",
                                        language.getLanguage(),
                                        "title",
                                        one.title(),
                                        "subject",
                                        texts.say("agreements.document", one.number()),
                                        "digest",
                                        one.digest(),
                                        "head",
                                        head(detail),
                                        "document",
                                        words.document(agreement))));
        return render(html);
    }

    private List<Line> head(AgreementViews.Detail detail) {
        AgreementViews.Summary one = detail.summary();
        var head = new ArrayList<Line>();
        head.add(line("agreements.version", Integer.toString(one.number())));
        head.add(line("agreements.state", texts.name("agreement.state", one.state())));
        head.add(
                line(
                        "agreements.by",
                        side(one.proposedBy()) + ", " + moments.full(one.proposedAt())));
        head.add(
                line(
                        "agreements.from",
                        one.lastDay()
                                .map(last -> moments.date(one.from()) + " – " + moments.date(last))
                                .orElseGet(() -> moments.date(one.from()))));
        detail.events().stream()
                .filter(event -> event.kind() == Acts.Kind.SIGNED)
                .map(event ->
                        line(
                                "agreements.signature",
                                "%s: %s, %s"
                                        .formatted(
                                                side(event.side()),
                                                event.text().orElse(""),
                                                moments.full(event.at()))))
                .forEach(head::add);
        head.add(line("agreements.digest", one.digest()));
        return head;
    }

    private Line line(String key, String value) {
        return new Line(texts.say(key), value);
    }

    private String side(Enum<?> side) {
        return texts.name("agreement.value.side", side);
    }

    private static byte[] render(String html) {
        var out = new ByteArrayOutputStream();
        var builder = new PdfRendererBuilder();
        builder.useUriResolver((_, _) -> null);
        builder.useFont(AgreementPdf::font, "Jalur");
        builder.usePdfUaAccessibility(true);
        builder.withProducer("Jalur");
        builder.withHtmlContent(html, null);
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("a PDF in memory failed", e);
        }
        return out.toByteArray();
    }

    private static InputStream font() {
        InputStream font = AgreementPdf.class.getResourceAsStream(FONT);
        if (font == null) {
            throw new IllegalStateException(FONT + " is missing from this program");
        }
        return font;
    }
}

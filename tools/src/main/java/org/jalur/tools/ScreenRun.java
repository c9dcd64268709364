package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.check.Hit;
import org.jalur.screening.check.ListSearch;
import org.jalur.screening.check.Publication;
import org.jalur.screening.image.DecoderSettings;
import org.jalur.screening.image.PictureDecoder;
import org.jalur.screening.list.LineError;

/** Compares the lines of an input with lists, one after the other. */
final class ScreenRun {
    private final ListSearch search;
    private final OutputStream out;
    private final PrintWriter err;
    private final DecoderSettings settings =
            DecoderSettings.of(System.getProperty("java.class.path"));
    private final ScreenSummary summary = new ScreenSummary();

    ScreenRun(ListSearch search, OutputStream out, PrintWriter err) {
        this.search = search;
        this.out = out;
        this.err = err;
    }

    ScreenSummary summary() {
        return summary;
    }

    void over(InputLines lines) throws IOException {
        try (var decoder = new PictureDecoder(settings)) {
            while (lines.next()) {
                try {
                    String line = lines.text();
                    if (!line.isBlank()) {
                        compare(PublicationReader.read(line), lines.number(), decoder);
                        summary.compared();
                    }
                } catch (RefusedLineException e) {
                    summary.refused();
                    report(e.at(lines.number()));
                }
            }
        }
        out.flush();
    }

    private void compare(Received received, long line, PictureDecoder decoder) throws IOException {
        var flaws = new ArrayList<LineError>();
        for (String address : received.unreadable()) {
            flaws.add(
                    new LineError(
                            line,
                            address,
                            BrokenRule.said(
                                    "no web address, so it was not compared",
                                    "write it with scheme and host")));
        }
        Publication publication =
                received.image()
                        .map(image -> with(image, received.publication(), line, decoder, flaws))
                        .orElse(received.publication());
        for (Hit hit : search.find(publication)) {
            out.write(HitLine.of(received.id(), hit).getBytes(UTF_8));
            out.write('\n');
            summary.hit(hit);
        }
        flaws.forEach(this::report);
        if (!flaws.isEmpty()) {
            summary.incomplete();
        }
    }

    private Publication with(
            Path image,
            Publication publication,
            long line,
            PictureDecoder decoder,
            List<LineError> flaws) {
        try {
            ImageFile file = ImageFile.read(image, settings.maxOctets(), decoder);
            if (!file.flaw().isEmpty()) {
                flaws.add(
                        new LineError(
                                line,
                                image.toString(),
                                BrokenRule.said("the picture has no PDQ hash", file.flaw())));
            }
            return new Publication(
                    publication.text(),
                    publication.addresses(),
                    joined(publication.sha256(), List.of(file.sha256())),
                    joined(publication.md5(), List.of(file.md5())),
                    joined(publication.pictures(), file.pictures()),
                    publication.similar());
        } catch (RefusedLineException e) {
            flaws.add(e.at(line));
            return publication;
        }
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private void report(LineError error) {
        err.println(ScreenSummary.sentence("standard input", error));
    }
}

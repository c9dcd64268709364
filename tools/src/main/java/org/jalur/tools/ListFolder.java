package org.jalur.tools;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jalur.screening.check.CheckRules;
import org.jalur.screening.check.ListCount;
import org.jalur.screening.check.ListSet;
import org.jalur.screening.check.ListSetBuilder;
import org.jalur.screening.list.UnreadableListException;
import org.jalur.screening.url.PublicSuffixes;

/** The lists of a folder: its files but for hidden ones, in the order of their names. */
final class ListFolder {
    private final Path folder;
    private final boolean skipUnreadable;
    private final PrintWriter err;

    /**
     * @param skipUnreadable whether files that are no lists are passed over
     * @param err takes what is wrong, and what each list has
     */
    ListFolder(Path folder, boolean skipUnreadable, PrintWriter err) {
        this.folder = folder;
        this.skipUnreadable = skipUnreadable;
        this.err = err;
    }

    /** There is nothing to compare with; the sentence is for whoever asked. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String sentence) {
            super(sentence);
        }
    }

    ListSet read(CheckRules rules) throws UnusableException {
        var builder = new ListSetBuilder(rules, PublicSuffixes.bundled());
        boolean any = false;
        for (Path file : files()) {
            any |= read(file, builder);
        }
        if (!any) {
            throw new UnusableException("%s holds no list.".formatted(shown(folder)));
        }
        return builder.build();
    }

    private List<Path> files() throws UnusableException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !name(file).startsWith(".") && !Files.isDirectory(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UnusableException(
                    "The folder %s cannot be read (%s)."
                            .formatted(shown(folder), e.getClass().getSimpleName()));
        }
    }

    private boolean read(Path file, ListSetBuilder builder) throws UnusableException {
        String name = shown(file.getFileName());
        String why;
        try (InputStream in = open(file)) {
            ListCount count =
                    builder.read(
                            name, in, error -> err.println(ScreenSummary.sentence(name, error)));
            err.println(sentence(name, count));
            return true;
        } catch (UnreadableListException e) {
            why = Words.visible(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            why = "it cannot be read (%s)".formatted(Words.visible(e.toString()));
        }
        if (!skipUnreadable) {
            throw new UnusableException(
                    "%s: %s. Take it out of the folder, or leave it out with --skip-unreadable."
                            .formatted(name, why));
        }
        err.println("%s: left out, %s".formatted(name, why));
        return false;
    }

    private static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a file");
        }
        return new BufferedInputStream(Files.newInputStream(file));
    }

    private static String sentence(String name, ListCount count) {
        return "%s: %s; %d entries compared, %d refused, %d taken back, %d for other countries%s"
                .formatted(
                        name,
                        count.summary().format().description(),
                        count.compared(),
                        count.summary().errors() + count.refused(),
                        count.takenBack(),
                        count.elsewhere(),
                        count.summary().complete() ? "" : "; not read to its end");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String shown(Path file) {
        return Words.visible(file.toString());
    }
}

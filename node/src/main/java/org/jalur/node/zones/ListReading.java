package org.jalur.node.zones;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.NameTableBuilder;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.node.zones.ZoneImports.WrongLine;

/**
 * Reads a list: a name a line, "*." before one with its subdomains, "#" before what is for people.
 */
final class ListReading {
    private static final int LONGEST_LINE = 1_000;
    private static final int SHOWN = 200;
    private static final int KEPT_ERRORS = 1_000;
    private static final int EVERY = 100_000;

    private final ZoneSettings settings;
    private final Progress progress;
    private final NameTableBuilder names = new NameTableBuilder();
    private final List<WrongLine> errors = new ArrayList<>();
    private long lines;
    private long wrong;

    /** Is told now and then how far it is. */
    interface Progress {
        void at(long octets, long lines, long wrong);
    }

    ListReading(ZoneSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    NameTable read(Path file) throws IOException {
        try (var counted = new Counted(Files.newInputStream(file));
                var in = new BufferedInputStream(counted, 1 << 16)) {
            byte[] line = new byte[LONGEST_LINE];
            int length = 0;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    take(line, length);
                    length = 0;
                    if (lines % EVERY == 0) {
                        progress.at(counted.octets, lines, wrong);
                    }
                } else if (length < LONGEST_LINE) {
                    line[length++] = (byte) octet;
                }
            }
            if (length > 0) {
                take(line, length);
            }
            progress.at(counted.octets, lines, wrong);
        }
        return names.build();
    }

    /** The first lines that were no names. */
    List<WrongLine> errors() {
        return errors;
    }

    private void take(byte[] line, int length) {
        lines++;
        String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        try {
            if (length == LONGEST_LINE) {
                throw new InvalidAccessException(
                        "name", AccessRule.TOO_LONG, length, LONGEST_LINE - 1);
            }
            BlockedName name = Spelling.typed(text);
            ZoneCheck.requireRoom(settings, name);
            names.add(name);
        } catch (InvalidAccessException e) {
            wrong++;
            if (errors.size() < KEPT_ERRORS) {
                errors.add(
                        new WrongLine(
                                lines,
                                shown(text),
                                e.rule(),
                                e.values().stream()
                                        .map(value -> shown(String.valueOf(value)))
                                        .toList()));
            }
        }
    }

    /** Strangers' octets go into a database that takes no zero. */
    private static String shown(String text) {
        String clean = text.replace('\0', '?');
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }

    /** Counts what was read. */
    private static final class Counted extends FilterInputStream {
        private long octets;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            octets += Math.max(0, read);
            return read;
        }
    }
}

package org.jalur.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.list.ListFormat;
import org.jalur.screening.list.ListReader;
import org.jalur.screening.list.ListReceiver;
import org.jalur.screening.list.ListSummary;

/** How fast lists are read: domain names as in the public list of two million, CSV and JSON. */
public final class ListBench {
    private static final int LINES = 2_000_000;
    private static final int ROUNDS = 7;

    private final SplittableRandom random = new SplittableRandom(1);

    private ListBench() {}

    /**
     * @param arguments how many lines; 2,000,000 unless told
     */
    public static void main(String[] arguments) throws IOException {
        int lines = arguments.length == 0 ? LINES : Integer.parseInt(arguments[0]);
        var bench = new ListBench();
        bench.read(ListFormat.DOMAINS, lines, "", _ -> bench.domain() + '\n', "");
        bench.read(ListFormat.DOMAINS, lines, "", _ -> "0.0.0.0 " + bench.domain() + '\n', "");
        bench.read(
                ListFormat.ENTRIES,
                lines / 4,
                "kind,value,id,label\n",
                i -> "domain,%s,%d,\"sample, made up\"\n".formatted(bench.domain(), i),
                "");
        bench.read(ListFormat.HASH_LIST, lines / 4, "{\"results\":[", i -> bench.hash(i), "{}]}");
    }

    private String domain() {
        var name = new StringBuilder();
        for (int i = 6 + random.nextInt(14); i > 0; i--) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.append(".example").toString();
    }

    private String hash(int i) {
        return """
        {"hash_digest":"%016x%016x","algorithm":"MD5","ideology":"sample",\
        "file_type":"mp4","deleted":false,"updated_on":1767326645.2,"id":%d},
        """
                .formatted(random.nextLong(), random.nextLong(), i);
    }

    private void read(
            ListFormat format, int lines, String before, IntFunction<String> line, String after)
            throws IOException {
        var text = new StringBuilder(before);
        for (int i = 0; i < lines; i++) {
            text.append(line.apply(i));
        }
        byte[] octets = text.append(after).toString().getBytes(StandardCharsets.US_ASCII);
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            var counter = new Counter();
            long start = System.nanoTime();
            ListSummary summary =
                    ListReader.read(new ByteArrayInputStream(octets), format, counter);
            rates[round] = lines / ((System.nanoTime() - start) / 1e9);
            if (counter.entries != lines || summary.entries() != lines) {
                throw new IllegalStateException(
                        "%d of %d entries were read".formatted(counter.entries, lines));
            }
        }
        Arrays.sort(rates);
        System.out.printf(
                "%s: %,d lines of %d octets: median %,.0f lines/s, best %,.0f%n",
                format.description(),
                lines,
                octets.length / lines,
                rates[ROUNDS / 2],
                rates[ROUNDS - 1]);
    }

    private static final class Counter implements ListReceiver {
        private int entries;

        @Override
        public void entry(long line, ListEntry entry) {
            entries++;
        }

        @Override
        public void error(LineError error) {
            // The empty object at the end of the JSON list is one.
        }
    }
}

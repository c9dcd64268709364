package org.jalur.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jalur.screening.text.FoldedText;
import org.jalur.screening.text.Form;
import org.jalur.screening.text.PhraseHits;
import org.jalur.screening.text.PhraseTable;

/**
 * Messages of 200 octets searched for 10^2 to 10^6 phrases on one thread, folding included: Jalur,
 * Hyperscan and a double-array Aho-Corasick in turn, in one run. All must find the same.
 */
public final class PhraseBench {
    private static final int[] SIZES = {100, 10_000, 100_000, 1_000_000};
    private static final int MESSAGES = 20_000;
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final int ROUNDS = 21;

    /** How often a phrase is compared with a message one by one. */
    private static final long COMPARISONS = 20_000_000;

    /** What the double-array trie is built for within minutes: 10^5 took it 109 s. */
    private static final int MOST_FOR_TRIE = 100_000;

    private static final long STEP = 1_000_003;

    private final List<String> phrases;
    private final List<String> messages;

    /** The messages behind each other, as the other program has them too. */
    private final byte[] octets;

    private final int[] ends;
    private final FoldedText text = new FoldedText();
    private final FoldedText looseText = new FoldedText();

    private PhraseBench(List<String> phrases, List<String> messages) {
        this.phrases = phrases;
        this.messages = messages;
        this.octets = String.join("", messages).getBytes(UTF_8);
        this.ends = new int[messages.size() + 1];
        for (int i = 0; i < messages.size(); i++) {
            ends[i + 1] = ends[i] + messages.get(i).getBytes(UTF_8).length;
        }
    }

    /** What a pass over all messages took on its thread, its hits and a sum over them. */
    record Pass(long nanos, long hits, long sum) {
        boolean foundSameAs(Pass other) {
            return hits == other.hits && sum == other.sum;
        }
    }

    /** Searches all messages once. */
    interface Peer {
        Pass pass() throws IOException;
    }

    /**
     * @param arguments how many phrases, in one run each; 100 to 1,000,000 unless told
     */
    public static void main(String[] arguments) throws IOException {
        int[] sizes =
                arguments.length == 0
                        ? SIZES
                        : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        var texts = new SampleTexts(1);
        List<String> plain = texts.messages(MESSAGES);
        List<String> all = texts.phrases(Arrays.stream(sizes).max().orElseThrow(), plain);
        for (int size : sizes) {
            List<String> phrases = all.subList(0, size);
            new PhraseBench(phrases, texts.plant(plain, phrases)).run();
        }
    }

    private void run() throws IOException {
        System.out.printf("%,d phrases, %,d messages%n", phrases.size(), messages.size());
        PhraseTable table = build(Form.STRICT);
        Pass expected = lookUpWindows();
        checkOneByOne(table);
        Optional<Hyperscan> hyperscan = startHyperscan();
        try {
            compare(table, expected, hyperscan);
        } finally {
            if (hyperscan.isPresent()) {
                hyperscan.get().close();
            }
        }
        PhraseTable loose = build(Form.LOOSE);
        double[] others =
                medians(
                        List.of(() -> strings(table), this::foldOnly, () -> both(table, loose)),
                        Optional.empty());
        System.out.printf(
                "  per message: from a String %.0f ns, folding and words alone %.0f ns, strict and"
                        + " loose %.0f ns%n",
                others[0], others[1], others[2]);
    }

    private Optional<Hyperscan> startHyperscan() {
        try {
            return Optional.of(Hyperscan.start(phrases, messages));
        } catch (IOException e) {
            System.out.println("  " + e.getMessage());
            System.out.println(
                    "  without Hyperscan: it needs the Debian packages gcc and libhyperscan-dev");
            return Optional.empty();
        }
    }

    private void compare(PhraseTable table, Pass expected, Optional<Hyperscan> hyperscan)
            throws IOException {
        Map<String, Peer> peers = new LinkedHashMap<>();
        peers.put("Jalur", () -> jalur(table));
        hyperscan.ifPresent(program -> peers.put("Hyperscan", program::pass));
        if (phrases.size() <= MOST_FOR_TRIE) {
            AhoCorasickDoubleArrayTrie<Integer> trie = buildTrie();
            peers.put("Aho-Corasick", () -> ahoCorasick(trie));
        } else {
            System.out.println("  Aho-Corasick left out: it would be hours in the building");
        }
        double[] nanos = medians(List.copyOf(peers.values()), Optional.of(expected));
        System.out.printf("  per message, %d hits, the same in all:%n", expected.hits());
        int at = 0;
        for (String peer : peers.keySet()) {
            System.out.printf("    %s %.0f ns (%.1fx)%n", peer, nanos[at], nanos[at] / nanos[0]);
            at++;
        }
    }

    private PhraseTable build(Form form) {
        long start = System.nanoTime();
        PhraseTable table = PhraseTable.of(form, phrases);
        System.out.printf(
                "  built %s in %.2f s; per phrase %.1f B of index, %.1f B of text%n",
                form,
                (System.nanoTime() - start) / 1e9,
                (double) table.indexOctets() / phrases.size(),
                (double) table.textOctets() / phrases.size());
        return table;
    }

    private AhoCorasickDoubleArrayTrie<Integer> buildTrie() {
        long start = System.nanoTime();
        var byPhrase = new TreeMap<String, Integer>();
        for (int i = 0; i < phrases.size(); i++) {
            byPhrase.put(phrases.get(i), i);
        }
        var trie = new AhoCorasickDoubleArrayTrie<Integer>();
        trie.build(byPhrase);
        System.out.printf("  Aho-Corasick built in %.2f s%n", (System.nanoTime() - start) / 1e9);
        return trie;
    }

    private static double[] medians(List<Peer> peers, Optional<Pass> expected) throws IOException {
        for (Peer peer : peers) {
            for (long spent = 0; spent < WARM_UP_NANOS; ) {
                spent += peer.pass().nanos();
            }
        }
        double[][] nanos = new double[peers.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < nanos.length; i++) {
                // Once unmeasured: each peer empties the caches of the next.
                peers.get(i).pass();
                Pass pass = peers.get(i).pass();
                if (expected.isPresent() && !pass.foundSameAs(expected.get())) {
                    throw new IllegalStateException(i + " found " + pass + ", not " + expected);
                }
                nanos[i][round] = (double) pass.nanos() / MESSAGES;
            }
        }
        return Arrays.stream(nanos).mapToDouble(PhraseBench::median).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Adds up hits as the program for Hyperscan does. */
    private static final class Sum implements PhraseHits {
        private long message;
        private long hits;
        private long sum;

        @Override
        public void found(int phrase, int start, int end) {
            hits++;
            sum += (message * STEP + phrase) * STEP + end;
        }

        Pass since(long start) {
            return new Pass(cpuTime() - start, hits, sum);
        }
    }

    /** What this thread has run for, so that other work on the machine counts less. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private FoldedText fold(int message) {
        return text.fold(octets, ends[message], ends[message + 1]);
    }

    private Pass jalur(PhraseTable table) {
        var sum = new Sum();
        long start = cpuTime();
        for (int i = 0; i < messages.size(); i++) {
            table.search(fold(i), sum);
            sum.message++;
        }
        return sum.since(start);
    }

    private Pass strings(PhraseTable table) {
        var sum = new Sum();
        long start = cpuTime();
        for (String message : messages) {
            table.search(text.fold(message), sum);
            sum.message++;
        }
        return sum.since(start);
    }

    private Pass foldOnly() {
        var sum = new Sum();
        long start = cpuTime();
        for (int i = 0; i < messages.size(); i++) {
            sum.hits += fold(i).words();
        }
        return sum.since(start);
    }

    private Pass both(PhraseTable strict, PhraseTable loose) {
        var sum = new Sum();
        long start = cpuTime();
        for (int i = 0; i < messages.size(); i++) {
            strict.search(fold(i), sum);
            loose.search(looseText.loosen(text), sum);
            sum.message++;
        }
        return sum.since(start);
    }

    private Pass ahoCorasick(AhoCorasickDoubleArrayTrie<Integer> trie) {
        var sum = new Sum();
        long start = cpuTime();
        for (String message : messages) {
            String lower = message.toLowerCase(Locale.ROOT);
            trie.parseText(
                    lower,
                    (first, end, phrase) -> {
                        if (isBoundary(lower, first) && isBoundary(lower, end)) {
                            sum.found(phrase, first, end);
                        }
                    });
            sum.message++;
        }
        return sum.since(start);
    }

    private static boolean isBoundary(String text, int at) {
        return at == 0
                || at == text.length()
                || !Character.isLetterOrDigit(text.charAt(at - 1))
                || !Character.isLetterOrDigit(text.charAt(at));
    }

    /** Finds the phrases the plain way: each window of words in a map. */
    private Pass lookUpWindows() {
        Map<String, Integer> byPhrase = new HashMap<>();
        for (int i = 0; i < phrases.size(); i++) {
            byPhrase.put(phrases.get(i), i);
        }
        var sum = new Sum();
        for (String message : messages) {
            String lower = message.toLowerCase(Locale.ROOT);
            int[] edges = edges(lower);
            for (int first = 0; first < edges.length; first += 2) {
                for (int last = first; last < Math.min(edges.length, first + 10); last += 2) {
                    Integer phrase = byPhrase.get(lower.substring(edges[first], edges[last + 1]));
                    if (phrase != null) {
                        sum.found(phrase, edges[first], edges[last + 1]);
                    }
                }
            }
            sum.message++;
        }
        return sum.since(0);
    }

    private static int[] edges(String lower) {
        List<Integer> edges = new ArrayList<>();
        boolean word = false;
        for (int at = 0; at <= lower.length(); at++) {
            boolean now = at < lower.length() && Character.isLetterOrDigit(lower.charAt(at));
            if (now != word) {
                edges.add(at);
                word = now;
            }
        }
        return edges.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Compares each phrase with the first messages, at each place. */
    private void checkOneByOne(PhraseTable table) {
        int count = (int) Math.min(messages.size(), COMPARISONS / phrases.size());
        var found = new Sum();
        var expected = new Sum();
        for (int i = 0; i < count; i++) {
            table.search(fold(i), found);
            String lower = messages.get(i).toLowerCase(Locale.ROOT);
            for (int phrase = 0; phrase < phrases.size(); phrase++) {
                String sought = phrases.get(phrase);
                for (int at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + 1)) {
                    if (isBoundary(lower, at) && isBoundary(lower, at + sought.length())) {
                        expected.found(phrase, at, at + sought.length());
                    }
                }
            }
            found.message++;
            expected.message++;
        }
        if (found.hits != expected.hits || found.sum != expected.sum) {
            throw new IllegalStateException("compared one by one, other phrases are found");
        }
        System.out.printf("  the first %,d messages compared one by one: the same hits%n", count);
    }
}

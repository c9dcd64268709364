package org.jalur.bench;

import java.util.Arrays;

/** What a load program prints of the times it took. */
final class Figures {
    private Figures() {}

    static void print(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "%s: median %.1f ms, p95 %.1f ms, p99 %.1f ms (n=%d)%n",
                what,
                millis[millis.length / 2],
                millis[millis.length * 95 / 100],
                millis[millis.length * 99 / 100],
                millis.length);
    }
}

package org.jalur.bench;

import java.util.*;
import org.jalur.screening.image.*;

public final class PdqIndexBench {
    interface Search { void search(PdqHash q, int r, PdqIndex.Matches m); }
    static long[] found = new long[3];
    static double median(Search s, long[] q, int from, int n, String what) {
        long[] t = new long[n];
        found = new long[3];
        PdqIndex.Matches m = (o, d) -> { found[0]++; found[1] += d; found[2] += o * 31L ^ d; };
        for (int i = 0; i < n; i++) {
            int at = (from + i) * 4 % q.length;
            PdqHash h = new PdqHash(q[at], q[at+1], q[at+2], q[at+3]);
            long st = System.nanoTime();
            s.search(h, 31, m);
            t[i] = System.nanoTime() - st;
        }
        double mean = Arrays.stream(t).average().orElse(0);
        Arrays.sort(t);
        System.out.printf("%s median %.2f us p10 %.2f mean %.2f found %s%n", what, t[n/2]/1e3, t[n/10]/1e3, mean/1e3, Arrays.toString(found));
        return t[n/2]/1e3;
    }
    public static void main(String[] a) {
        int n = Integer.parseInt(a[0]);
        boolean corr = a.length > 1;
        PdqSamples s = new PdqSamples(1);
        long[] w = corr ? s.correlated(n) : s.uniform(n);
        int Q = 20000;
        long[] uq = corr ? new PdqSamples(2).correlated(Q) : s.uniform(Q);
        long[] nq = s.near(w, Q);
        for (int i = 0; i < 2; i++) {
            long st = System.nanoTime();
            PdqIndex x = PdqIndex.of(w);
            System.out.printf("build %.2f s%n", (System.nanoTime()-st)/1e9);
        }
        long st = System.nanoTime();
        PdqIndex x = PdqIndex.of(w);
        System.out.printf("build %.2f s %.1f B/hash%n", (System.nanoTime()-st)/1e9, x.bytes() / (double) n);
        PdqScan scan = new PdqScan(w);
        for (int r = 0; r < 3; r++) {
            int sq = (int) Math.min(Q, 100_000_000L / n);
            median(scan::whole, nq, 0, sq, "whole near");
            median(scan::half, nq, 0, sq, "half near");
            median(x::search, nq, 0, sq, "index near");
            median(scan::half, uq, 0, sq, "half unif");
            median(x::search, uq, 0, Q, "index unif");
            median(x::search, nq, 0, Q, "index near");
        }
        var b = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        PdqIndex.Matches m = (o, d) -> { found[0]++; };
        PdqHash h = new PdqHash(w[0], w[1], w[2], w[3]);
        long b0 = b.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10000; i++) x.search(h, 31, m);
        System.out.println("alloc/query " + (b.getCurrentThreadAllocatedBytes() - b0) / 10000.0);
    }
}

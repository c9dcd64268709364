package org.jalur.node.exchange;

/** Where the problem types of this protocol live; not meant to be fetched. */
final class ProblemTypes {
    private static final String BASE = "https://jalur.example/problems/";

    private ProblemTypes() {}

    static String uri(String type) {
        return BASE + type;
    }
}

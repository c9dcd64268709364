package org.jalur.node.agreement;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jalur.agreement.negotiation.Act;
import org.jalur.agreement.negotiation.Dossier;

/**
 * How the agreements of a channel stand.
 *
 * @param rows all that was done, in order
 * @param dossier what the two parties signed
 */
record Standing(List<Acts.Row> rows, Dossier dossier) {
    Standing {
        rows = List.copyOf(rows);
    }

    static Standing of(List<Acts.Row> rows) {
        return new Standing(
                rows, Dossier.of(rows.stream().flatMap(row -> act(row).stream()).toList()));
    }

    private static Optional<Act> act(Acts.Row row) {
        return switch (row.kind()) {
            case PROPOSED ->
                    row.proposed()
                            .map(one ->
                                    new Act.Proposed(
                                            row.proposal(),
                                            row.side(),
                                            one.version(),
                                            one.digest(),
                                            one.declines()));
            case SIGNED -> Optional.of(new Act.Signed(row.proposal(), row.side()));
            case REFUSED -> Optional.of(new Act.Refused(row.proposal()));
            case COMMENTED, NAMED, TERMINATED -> Optional.empty();
        };
    }

    Stream<Acts.Row> about(UUID proposal) {
        return rows.stream().filter(row -> row.proposal().equals(proposal));
    }

    /** Of a version that was terminated; a termination that the other side refused counts not. */
    Optional<LocalDate> lastDay(UUID proposal) {
        List<Acts.Row> about = about(proposal).toList();
        return IntStream.range(0, about.size())
                .filter(i -> !isRefused(about.get(i), about.subList(i + 1, about.size())))
                .boxed()
                .flatMap(i -> about.get(i).lastDay().stream())
                .min(Comparator.naturalOrder());
    }

    private static boolean isRefused(Acts.Row termination, List<Acts.Row> later) {
        return later.stream()
                .anyMatch(
                        row -> row.kind() == Acts.Kind.REFUSED && row.side() != termination.side());
    }

    /** The highest number that a notice or list has cited: no lower one binds any more. */
    int named() {
        return rows.stream()
                .filter(row -> row.kind() == Acts.Kind.NAMED)
                .flatMap(row -> dossier.find(row.proposal()).stream())
                .mapToInt(one -> one.version().number())
                .max()
                .orElse(0);
    }
}

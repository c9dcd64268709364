package org.jalur.access.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;

/**
 * Names below a blocked one, by which it is measured that its subdomains are blocked, or open: the
 * popular "www", and one that is invented for each question, so that no cache has an answer. All
 * that are invented below a name are one row, "jalur-probe" below it.
 */
public final class Subdomains {
    private static final String POPULAR = "www.";
    private static final String INVENTED = "jalur-probe.";
    private static final String PREFIX = "jalur-probe-";
    private static final int LETTERS = 8;
    private static final Pattern ASKED =
            Pattern.compile(PREFIX + "[a-z0-9]{" + LETTERS + "}\\.(.+)");

    private Subdomains() {}

    /** The rows of a name: itself, and those below it if it is blocked with them and they fit. */
    public static List<DomainName> rows(BlockedName blocked) {
        List<DomainName> rows = new ArrayList<>();
        rows.add(blocked.name());
        if (blocked.withSubdomains()) {
            add(rows, POPULAR, 0, blocked.name());
            add(rows, INVENTED, LETTERS + 1, blocked.name());
        }
        return rows;
    }

    private static void add(List<DomainName> rows, String label, int more, DomainName name) {
        if (label.length() + more + name.ascii().length() <= DomainName.LONGEST) {
            rows.add(new DomainName(label + name));
        }
    }

    /** The rows of all names, each once. */
    public static SequencedSet<DomainName> rows(Collection<BlockedName> blocked) {
        SequencedSet<DomainName> rows = new LinkedHashSet<>();
        blocked.stream().sorted().forEach(one -> rows.addAll(rows(one)));
        return rows;
    }

    /** Whether a name has a label that is kept for questions. */
    public static boolean isKept(DomainName name) {
        return name.ascii().startsWith(INVENTED) || ASKED.matcher(name.ascii()).matches();
    }

    /** What to ask for a row: another invented name each time, or the row itself. */
    public static DomainName asked(DomainName row, RandomGenerator random) {
        if (!row.ascii().startsWith(INVENTED)) {
            return row;
        }
        var label = new StringBuilder(PREFIX);
        for (int i = 0; i < LETTERS; i++) {
            label.append(Character.forDigit(random.nextInt(36), 36));
        }
        return new DomainName(label + "." + row.ascii().substring(INVENTED.length()));
    }

    /** The row that the answer for a name belongs to. */
    public static DomainName row(DomainName asked) {
        var invented = ASKED.matcher(asked.ascii());
        return invented.matches() ? new DomainName(INVENTED + invented.group(1)) : asked;
    }

    /** The name whose subdomains a row tells of, among these rows; empty for a name itself. */
    public static Optional<DomainName> above(DomainName row, Collection<DomainName> rows) {
        String name = row.ascii();
        if (name.startsWith(INVENTED)) {
            return Optional.of(new DomainName(name.substring(INVENTED.length())));
        }
        return twin(row)
                .filter(rows::contains)
                .map(_ -> new DomainName(name.substring(POPULAR.length())));
    }

    /**
     * Whether orders with these rows block what a row tells of: by itself, or with what is above.
     */
    public static boolean isBlocked(DomainName row, Set<DomainName> inForce) {
        if (inForce.contains(row)) {
            return true;
        }
        String name = row.ascii();
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            String above = INVENTED + name.substring(dot + 1);
            if (above.length() <= DomainName.LONGEST && inForce.contains(new DomainName(above))) {
                return true;
            }
        }
        return false;
    }

    /** The other row that tells of the same subdomains; empty for a name itself. */
    public static Optional<DomainName> twin(DomainName row) {
        String name = row.ascii();
        if (name.startsWith(INVENTED)) {
            return Optional.of(new DomainName(POPULAR + name.substring(INVENTED.length())));
        }
        return name.startsWith(POPULAR)
                        && name.length() - POPULAR.length() + INVENTED.length()
                                <= DomainName.LONGEST - LETTERS - 1
                        && name.indexOf('.', POPULAR.length()) > 0
                ? Optional.of(new DomainName(INVENTED + name.substring(POPULAR.length())))
                : Optional.empty();
    }
}

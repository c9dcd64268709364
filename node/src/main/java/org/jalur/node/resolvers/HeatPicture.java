package org.jalur.node.resolvers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Cell;
import org.jalur.access.measure.HeatMap;
import org.jalur.access.measure.NameState;

/**
 * States as a picture of fields; each has a letter as well as a colour. The page has the same as a
 * table.
 *
 * @param columns of a picture over time, when each begins; of one over resolvers, none
 */
record HeatPicture(
        List<String> rows,
        List<Label> labels,
        List<Field> fields,
        List<Instant> columns,
        int width,
        int height) {
    private static final int LABEL = 300;
    private static final int FIELD = 22;
    private static final int GAP = 2;
    private static final int HEAD = 24;

    /** A row's name. */
    record Label(String text, int y) {}

    /**
     * @param state for colour and letter; empty fields are not drawn
     * @param says what it is, for who hovers
     */
    record Field(String state, String says, int x, int y, int width, int height) {}

    /** A row for each name, a field for each resolver, in the order given. */
    static HeatPicture now(
            List<String> rows, List<String> columns, Function<Cell, Optional<NameState>> state) {
        List<Label> labels = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            int y = HEAD + row * (FIELD + GAP);
            labels.add(new Label(rows.get(row), y + FIELD - GAP * 3));
            for (int column = 0; column < columns.size(); column++) {
                var cell = new Cell(columns.get(column), new DomainName(rows.get(row)));
                int x = LABEL + column * (FIELD + GAP);
                state.apply(cell)
                        .ifPresent(one ->
                                fields.add(
                                        new Field(
                                                Resolver.wire(one),
                                                cell.name().ascii(),
                                                x,
                                                y,
                                                FIELD,
                                                FIELD)));
            }
        }
        return new HeatPicture(
                rows,
                labels,
                fields,
                List.of(),
                LABEL + columns.size() * (FIELD + GAP),
                HEAD + rows.size() * (FIELD + GAP));
    }

    /**
     * A row for each name at each resolver, a column for each step of time.
     *
     * @param called what a row is called
     */
    static HeatPicture over(HeatMap map, Function<Cell, String> called, int columnWidth) {
        List<String> rows = new ArrayList<>();
        List<Label> labels = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int y = 0;
        for (Map.Entry<Cell, List<Optional<NameState>>> row : map.rows().entrySet()) {
            String text = called.apply(row.getKey());
            rows.add(text);
            labels.add(new Label(text, y + FIELD - GAP * 3));
            int x = LABEL;
            for (Optional<NameState> state : row.getValue()) {
                if (state.isPresent()) {
                    fields.add(
                            new Field(
                                    Resolver.wire(state.get()),
                                    text,
                                    x,
                                    y,
                                    columnWidth - 1,
                                    FIELD));
                }
                x += columnWidth;
            }
            y += FIELD + GAP;
        }
        return new HeatPicture(
                rows, labels, fields, map.columns(), LABEL + map.columns().size() * columnWidth, y);
    }
}

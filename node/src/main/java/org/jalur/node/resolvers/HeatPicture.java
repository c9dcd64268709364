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
 * States as a picture of fields; each has a letter as well as a colour where it has room. The page
 * has the same as a table.
 *
 * @param heads over the columns: their numbers, for a picture over resolvers
 * @param columns of a picture over time, when each begins; of one over resolvers, none
 */
record HeatPicture(
        List<Label> labels,
        List<Label> heads,
        List<Field> fields,
        List<Instant> columns,
        int width,
        int height) {
    static final HeatPicture EMPTY =
            new HeatPicture(List.of(), List.of(), List.of(), List.of(), 0, 0);

    private static final int LABEL = 380;
    private static final int SIDE = 22;
    private static final int GAP = 2;
    private static final int BASELINE = 16;

    /** Of all columns over time together, and of one. */
    private static final int OVER_TIME = 720;

    private static final int NARROWEST = 8;
    private static final int WIDEST = 48;
    private static final int ROOM_FOR_A_LETTER = 14;

    record Label(String text, int x, int y) {}

    /**
     * @param state for colour and letter; empty fields are not drawn
     * @param says what it is, for who hovers
     */
    record Field(String state, String says, int x, int y, int width, int height) {
        public boolean hasLetter() {
            return width >= ROOM_FOR_A_LETTER;
        }

        public int middle() {
            return x + width / 2;
        }

        public int baseline() {
            return y + BASELINE;
        }
    }

    /** A row for each name, a field for each resolver, in the order given. */
    static HeatPicture now(
            List<String> rows, List<String> columns, Function<Cell, Optional<NameState>> state) {
        List<Label> labels = new ArrayList<>();
        List<Label> heads = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            heads.add(
                    new Label(
                            Integer.toString(column + 1),
                            x(column, SIDE + GAP) + SIDE / 2,
                            BASELINE));
        }
        for (int row = 0; row < rows.size(); row++) {
            int y = (row + 1) * (SIDE + GAP);
            labels.add(new Label(rows.get(row), 0, y + BASELINE));
            for (int column = 0; column < columns.size(); column++) {
                var cell = new Cell(columns.get(column), new DomainName(rows.get(row)));
                int x = x(column, SIDE + GAP);
                state.apply(cell)
                        .map(one ->
                                new Field(
                                        Resolver.wire(one), cell.name().ascii(), x, y, SIDE, SIDE))
                        .ifPresent(fields::add);
            }
        }
        return new HeatPicture(
                labels,
                heads,
                fields,
                List.of(),
                x(columns.size(), SIDE + GAP),
                (rows.size() + 1) * (SIDE + GAP));
    }

    /**
     * A row for each name at each resolver, a column for each step of time.
     *
     * @param called what a row is called
     */
    static HeatPicture over(HeatMap map, Function<Cell, String> called) {
        int width = Math.clamp(OVER_TIME / map.columns().size(), NARROWEST, WIDEST);
        List<Label> labels = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int y = 0;
        for (Map.Entry<Cell, List<Optional<NameState>>> row : map.rows().entrySet()) {
            String text = called.apply(row.getKey());
            labels.add(new Label(text, 0, y + BASELINE));
            for (int column = 0; column < row.getValue().size(); column++) {
                int x = x(column, width);
                int top = y;
                row.getValue()
                        .get(column)
                        .map(one -> new Field(Resolver.wire(one), text, x, top, width - GAP, SIDE))
                        .ifPresent(fields::add);
            }
            y += SIDE + GAP;
        }
        return new HeatPicture(
                labels, List.of(), fields, map.columns(), x(map.columns().size(), width), y);
    }

    private static int x(int column, int width) {
        return LABEL + column * width;
    }
}

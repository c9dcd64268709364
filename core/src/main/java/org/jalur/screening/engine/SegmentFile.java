package org.jalur.screening.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.screening.exact.KeyTable;
import org.jalur.screening.exact.PackedKeys;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.similar.SimilarIndex;
import org.jalur.screening.similar.TextSketchIndex;
import org.jalur.screening.similar.TlshIndex;
import org.jalur.screening.text.Phrases;

/** A segment as a file: labels, columns, then one table after the other. */
final class SegmentFile {
    private static final long MARK = 0x4a61_6c75_7253_4701L; // "JalurSG", version 1

    private SegmentFile() {}

    static void write(Segment segment, DataOutputStream out) throws IOException {
        out.writeLong(MARK);
        EntryColumns columns = segment.columns();
        out.writeInt(columns.dictionary().size());
        for (Label label : columns.dictionary()) {
            write(label, out);
        }
        NumberArrays.write(columns.ids().words(), out);
        NumberArrays.write(columns.labels(), out);
        NumberArrays.write(columns.expiries(), out);
        segment.ids().writeTo(out);
        Tables tables = segment.tables();
        tables.keys().writeTo(out);
        tables.keyTable().writeTo(out);
        tables.words().writeTo(out);
        tables.phrases().writeTo(out);
        tables.pictures().write(out);
        write(tables.longTexts(), out);
        write(tables.shortTexts(), out);
    }

    private static void write(Label label, DataOutputStream out) throws IOException {
        out.writeUTF(label.list());
        out.writeUTF(label.origin().caseId());
        out.writeUTF(label.origin().authority());
        out.writeUTF(label.origin().agreement());
        out.writeInt(label.countries().size());
        for (String country : label.countries()) {
            out.writeUTF(country);
        }
    }

    private static void write(Optional<? extends SimilarIndex<?>> index, DataOutputStream out)
            throws IOException {
        out.writeBoolean(index.isPresent());
        if (index.isPresent()) {
            index.get().writeTo(out);
        }
    }

    static Segment read(UUID name, DataInputStream in) throws IOException {
        if (in.readLong() != MARK) {
            throw new IOException("not a segment");
        }
        int labels = in.readInt();
        List<Label> dictionary = new ArrayList<>();
        for (int i = 0; i < labels; i++) {
            dictionary.add(readLabel(in));
        }
        var columns =
                new EntryColumns(
                        new Ids(NumberArrays.readLongs(in)),
                        NumberArrays.readInts(in),
                        NumberArrays.readLongs(in),
                        dictionary);
        KeyTable ids = KeyTable.readFrom(in, columns.ids());
        PackedKeys keys = PackedKeys.readFrom(in);
        var tables =
                new Tables(
                        keys,
                        KeyTable.readFrom(in, keys),
                        PackedKeys.readFrom(in),
                        Phrases.read(in),
                        PdqIndex.read(in),
                        in.readBoolean() ? Optional.of(TlshIndex.read(in)) : Optional.empty(),
                        in.readBoolean()
                                ? Optional.of(TextSketchIndex.read(in))
                                : Optional.empty());
        if (tables.size() != columns.labels().length) {
            throw new IOException(
                    "%d values for %d entries".formatted(tables.size(), columns.labels().length));
        }
        return new Segment(name, columns, ids, tables);
    }

    private static Label readLabel(DataInputStream in) throws IOException {
        String list = in.readUTF();
        var origin = new Origin(in.readUTF(), in.readUTF(), in.readUTF());
        int count = in.readInt();
        var countries = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            countries.add(in.readUTF());
        }
        return new Label(list, origin, List.copyOf(countries));
    }
}

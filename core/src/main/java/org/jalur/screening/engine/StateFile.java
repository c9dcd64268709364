package org.jalur.screening.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.screening.Mode;
import org.jalur.screening.text.Form;

/** The state as a file. */
final class StateFile {
    private static final long MARK = 0x4a61_6c75_7253_5401L; // "JalurST", version 1

    private StateFile() {}

    /** Writes one of several. */
    @FunctionalInterface
    private interface Writing<T> {
        void write(T one, DataOutputStream out) throws IOException;
    }

    static void write(State state, DataOutputStream out) throws IOException {
        out.writeLong(MARK);
        out.writeUTF(state.deepest().name());
        writeAll(state.lists(), StateFile::writeList, out);
        writeAll(state.parts(), StateFile::writePart, out);
        writeAll(state.byEntry().entrySet(), entry(StateFile::writeId), out);
        writeAll(state.byList().entrySet(), entry((list, to) -> to.writeUTF(list)), out);
        writeAll(state.bySource().entrySet(), entry(StateFile::writeSource), out);
        writeAll(state.throttled(), StateFile::writeThrottled, out);
    }

    private static <T> void writeAll(Iterable<T> all, Writing<T> writing, DataOutputStream out)
            throws IOException {
        for (T one : all) {
            out.writeBoolean(true);
            writing.write(one, out);
        }
        out.writeBoolean(false);
    }

    private static <K> Writing<Map.Entry<K, Precision>> entry(Writing<K> key) {
        return (entry, out) -> {
            key.write(entry.getKey(), out);
            out.writeLong(entry.getValue().confirmed());
            out.writeLong(entry.getValue().denied());
        };
    }

    private static void writeList(SignatureList list, DataOutputStream out) throws IOException {
        out.writeUTF(list.id());
        out.writeUTF(list.name());
        writeSource(list.source(), out);
        out.writeUTF(list.mode().name());
        out.writeBoolean(list.allow());
        out.writeInt(list.pdqRadius());
        out.writeInt(list.pdqQuality());
        out.writeLong(list.term().map(Duration::toMillis).orElse(0L));
        out.writeUTF(list.raisedBy().orElse(""));
    }

    private static void writeSource(Source source, DataOutputStream out) throws IOException {
        switch (source) {
            case Source.OwnPlatform() -> out.writeByte('P');
            case Source.Authority(String name) -> {
                out.writeByte('A');
                out.writeUTF(name);
            }
            case Source.OtherNode(String name) -> {
                out.writeByte('N');
                out.writeUTF(name);
            }
        }
    }

    private static void writePart(State.StoredPart part, DataOutputStream out) throws IOException {
        writeId(part.segment(), out);
        out.writeLong(part.sum());
        NumberArrays.write(part.dead().ordinals(), out);
    }

    private static void writeId(UUID id, DataOutputStream out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static void writeThrottled(Throttled one, DataOutputStream out) throws IOException {
        writeId(one.entry(), out);
        out.writeLong(one.since().toEpochMilli());
        out.writeUTF(one.reason().name());
        out.writeLong(one.hits());
        out.writeInt(one.authors());
    }

    static State read(DataInputStream in) throws IOException {
        if (in.readLong() != MARK) {
            throw new IOException("not the state of an engine");
        }
        return new State(
                Form.valueOf(in.readUTF()),
                readAll(StateFile::readList, in),
                readAll(StateFile::readPart, in),
                readMap(StateFile::readId, in),
                readMap(from -> from.readUTF(), in),
                readMap(StateFile::readSource, in),
                readAll(StateFile::readThrottled, in));
    }

    private static <T> List<T> readAll(CheckedFile.Reader<T> reader, DataInputStream in)
            throws IOException {
        var all = new ArrayList<T>();
        while (in.readBoolean()) {
            all.add(reader.read(in));
        }
        return all;
    }

    private static <K> Map<K, Precision> readMap(CheckedFile.Reader<K> reader, DataInputStream in)
            throws IOException {
        var all = new LinkedHashMap<K, Precision>();
        while (in.readBoolean()) {
            K key = reader.read(in);
            all.put(key, new Precision(in.readLong(), in.readLong()));
        }
        return all;
    }

    private static SignatureList readList(DataInputStream in) throws IOException {
        return new SignatureList(
                in.readUTF(),
                in.readUTF(),
                readSource(in),
                Mode.valueOf(in.readUTF()),
                in.readBoolean(),
                in.readInt(),
                in.readInt(),
                Optional.of(in.readLong()).filter(millis -> millis > 0).map(Duration::ofMillis),
                Optional.of(in.readUTF()).filter(who -> !who.isEmpty()));
    }

    private static Source readSource(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 'P' -> new Source.OwnPlatform();
            case 'A' -> new Source.Authority(in.readUTF());
            case 'N' -> new Source.OtherNode(in.readUTF());
            default -> throw new IOException("no kind of source: " + kind);
        };
    }

    private static State.StoredPart readPart(DataInputStream in) throws IOException {
        return new State.StoredPart(
                readId(in), in.readLong(), Dead.NONE.with(NumberArrays.readInts(in)));
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static Throttled readThrottled(DataInputStream in) throws IOException {
        return new Throttled(
                readId(in),
                Instant.ofEpochMilli(in.readLong()),
                Throttled.Reason.valueOf(in.readUTF()),
                in.readLong(),
                in.readInt());
    }
}

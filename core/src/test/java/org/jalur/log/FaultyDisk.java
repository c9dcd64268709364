package org.jalur.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A disk that fails at one step, and that knows what a power failure would take: bytes that were
/// not forced, and names in folders that were not synced. It syncs nothing for real.
final class FaultyDisk extends Disk {
    /// What happens at the chosen step.
    enum Fault {
        ERROR_BEFORE,
        ERROR_HALFWAY,
        ERROR_AFTER,
        CRASH_BEFORE,
        CRASH_HALFWAY,
        CRASH_AFTER;

        boolean isCrash() {
            return this == CRASH_BEFORE || this == CRASH_HALFWAY || this == CRASH_AFTER;
        }

        private boolean isAfter() {
            return this == ERROR_AFTER || this == CRASH_AFTER;
        }

        private boolean isHalfway() {
            return this == ERROR_HALFWAY || this == CRASH_HALFWAY;
        }
    }

    /// The steps taken, in order.
    final List<String> steps = new ArrayList<>();

    private final int faultyStep;
    private final Fault fault;
    private boolean dead;

    private final Set<Path> unforced = new HashSet<>();
    private final Set<Path> unsyncedFolders = new TreeSet<>();

    /// What each name showed before it was changed; empty if there was no such file.
    private final Map<Path, Optional<byte[]>> unsyncedNames = new LinkedHashMap<>();

    private FaultyDisk(int faultyStep, Fault fault) {
        this.faultyStep = faultyStep;
        this.fault = fault;
    }

    static FaultyDisk failingAt(int step, Fault fault) {
        return new FaultyDisk(step, fault);
    }

    static FaultyDisk healthy() {
        return new FaultyDisk(-1, Fault.ERROR_BEFORE);
    }

    @Override
    void create(Path file, byte[] bytes) throws IOException {
        step(
                "create",
                file,
                () -> {
                    super.create(file, bytes);
                    created(file);
                },
                () -> {
                    super.create(file, Arrays.copyOf(bytes, bytes.length / 2));
                    created(file);
                });
    }

    private void created(Path file) {
        unforced.add(file);
        unsyncedNames.putIfAbsent(file, Optional.empty());
    }

    @Override
    void force(Path file) throws IOException {
        step("force", file, () -> unforced.remove(file));
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        step(
                "rename",
                to,
                () -> {
                    Optional<byte[]> before =
                            Files.exists(to)
                                    ? Optional.of(Files.readAllBytes(to))
                                    : Optional.empty();
                    super.rename(from, to);
                    unsyncedNames.putIfAbsent(to, before);
                    unsyncedNames.remove(from);
                    if (unforced.remove(from)) {
                        unforced.add(to);
                    }
                });
    }

    @Override
    void delete(Path file) throws IOException {
        step("delete", file, () -> super.delete(file));
    }

    @Override
    void createFolder(Path folder) throws IOException {
        step(
                "createFolder",
                folder,
                () -> {
                    super.createFolder(folder);
                    unsyncedFolders.add(folder);
                });
    }

    @Override
    void sync(Path folder) throws IOException {
        step(
                "sync",
                folder,
                () -> {
                    unsyncedFolders.removeIf(each -> folder.equals(each.getParent()));
                    unsyncedNames.keySet().removeIf(each -> folder.equals(each.getParent()));
                });
    }

    /// The power fails now. Of what was not synced each thing is lost with this probability, apart
    /// from the others; afterwards another disk goes on with the same files.
    void losePower(Random random, double probability) throws IOException {
        dead = true;
        for (Path folder : unsyncedFolders) {
            if (random.nextDouble() < probability) {
                deleteAll(folder);
            }
        }
        for (var name : unsyncedNames.entrySet()) {
            if (Files.exists(name.getKey()) && random.nextDouble() < probability) {
                restore(name.getKey(), name.getValue());
            }
        }
        for (Path file : unforced) {
            if (Files.exists(file)) {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            }
        }
    }

    private void restore(Path name, Optional<byte[]> before) throws IOException {
        Files.delete(name);
        unforced.remove(name);
        if (before.isPresent()) {
            Files.write(name, before.get());
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private void step(String name, Path path, Action whole) throws IOException {
        step(name, path, whole, () -> {});
    }

    private void step(String name, Path path, Action whole, Action half) throws IOException {
        if (dead) {
            throw new IOException("the machine is off");
        }
        int step = steps.size();
        steps.add(name + " " + path.getFileName());
        if (step != faultyStep) {
            whole.run();
            return;
        }
        dead = fault.isCrash();
        if (fault.isAfter()) {
            whole.run();
        } else if (fault.isHalfway()) {
            half.run();
        }
        throw new IOException("no space left at step " + step + ": " + steps.getLast());
    }

    private interface Action {
        void run() throws IOException;
    }
}

package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Samples.SetClock;
import org.junit.jupiter.api.Test;

class ReadersDuringMergesTest {
    private static final int ROUNDS = 150;
    private static final int BATCH = 200;

    private final Screening engine = Samples.engine(new SetClock(), Mode.BLOCK);
    private final AtomicBoolean over = new AtomicBoolean();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    /** One entry stays, one takes its own place again and again; each must always be found once. */
    @Test
    void readersAlwaysSeeEachEntryOnce() throws InterruptedException {
        Entry staying = Samples.added(engine, Signal.DOMAIN, "staying.example.org");
        Entry changing = Samples.added(engine, Signal.PHRASE, "sample phrase");
        var readers = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            readers.add(Thread.ofPlatform().start(() -> read(staying.id(), changing.id())));
        }

        var random = new SplittableRandom(1);
        var removable = new ArrayList<UUID>();
        for (int round = 0; round < ROUNDS; round++) {
            var batch = new ArrayList<Entry>();
            for (int i = 0; i < BATCH; i++) {
                UUID id = Samples.id(random);
                removable.add(id);
                batch.add(Entry.of(id, Samples.LIST, Signal.DOMAIN, "d" + round + ".example.com"));
            }
            engine.add(batch);
            engine.add(List.of(Samples.in(changing, round % 2 == 0 ? "ID" : "MY")));
            for (int i = 0; i < BATCH / 2; i++) {
                engine.remove(List.of(removable.remove(random.nextInt(removable.size()))));
            }
            assertFound(round);
        }

        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        engine.close();
        assertThat(wrong).isEmpty();
        assertThat(engine.status().entries()).isEqualTo(removable.size() + 2);
        assertThat(engine.status().mergeFailure()).isEmpty();
    }

    /** What was added is there when the call has returned, what was removed is not. */
    private void assertFound(int round) {
        long found =
                Samples.screen(engine, Samples.url("d" + round + ".example.com")).hits().stream()
                        .filter(hit -> engine.find(hit.entry().id()).isEmpty())
                        .count();
        assertThat(found).isZero();
    }

    private void read(UUID staying, UUID changing) {
        Content content =
                Content.that(Visibility.PUBLIC)
                        .text("see staying.example.org, a sample phrase")
                        .build();
        while (!over.get()) {
            List<UUID> found =
                    Samples.screen(engine, content).hits().stream()
                            .map(hit -> hit.entry().id())
                            .sorted()
                            .toList();
            if (!found.equals(List.of(staying, changing).stream().sorted().toList())) {
                wrong.add(found.toString());
            }
        }
    }
}

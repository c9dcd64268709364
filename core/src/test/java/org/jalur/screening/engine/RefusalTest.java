package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Samples.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    private final Screening engine = Samples.engine(new SetClock(), Mode.BLOCK);

    @ParameterizedTest
    @CsvSource({
        "FILE_SHA256, 12ab, SHA256",
        "FILE_MD5, zz, MD5",
        "PDQ, 0123, PDQ",
        "PHRASE, ok, short",
        "PHRASE, '!!! ???', no letter",
        "PHRASE, a b c d e f g h i j k l m n o p q r s t, words",
        "SIMILAR_TEXT, T1xyz, TLSH",
        "URL, not an address, address",
        "URL, http://co.id/, suffix",
        "URL, https://github.io, suffix",
        "DOMAIN, co.id, suffix",
        "DOMAIN, com, suffix",
        "DOMAIN, github.io, suffix",
        "DOMAIN, 192.0.2.1, domain",
        "DOMAIN, a b, domain",
        "HANDLE, https://example.com/x, channel",
        "HANDLE, telegram:nothing:x, channel",
        "HANDLE, ' ', characters",
    })
    void badEntryIsRefusedAndTheOthersGoOn(Signal signal, String value, String rule) {
        Entry bad = Samples.entry(signal, value);
        Entry good = Samples.entry(Signal.DOMAIN, "example.com");

        Added added = engine.add(List.of(bad, good));

        assertThat(added.count()).isEqualTo(1);
        assertThat(engine.find(good.id())).isPresent();
        assertThat(engine.find(bad.id())).isEmpty();
        assertThat(added.refused()).hasSize(1);
        Refusal refusal = added.refused().getFirst();
        assertThat(refusal.entry()).isEqualTo(bad.id());
        assertThat(refusal.value()).isEqualTo(value.strip());
        assertThat(refusal.broken().sentence()).contains(rule);
        assertThat(refusal.broken().wayOut()).isNotBlank();
    }

    @Test
    void entryOfAnUnknownListIsRefused() {
        Entry entry = Entry.of(UUID.randomUUID(), "nowhere", Signal.DOMAIN, "example.com");

        assertThat(engine.add(List.of(entry)).refused().getFirst().broken().sentence())
                .contains("no such list");
    }

    @Test
    void countryThatIsNoneIsRefused() {
        Entry entry = Samples.in(Samples.entry(Signal.DOMAIN, "example.com"), "Indonesia");

        assertThat(engine.add(List.of(entry)).refused().getFirst().value()).isEqualTo("Indonesia");
    }

    @Test
    void originThatIsTooLongIsRefused() {
        var entry =
                new Entry(
                        UUID.randomUUID(),
                        Samples.LIST,
                        Signal.DOMAIN,
                        "example.com",
                        new Origin("case", "x".repeat(201), ""),
                        List.of(),
                        Optional.empty());

        assertThat(engine.add(List.of(entry)).count()).isZero();
    }

    @Test
    void badEntryLeavesTheOneOfTheSameIdInPlace() {
        Entry entry = Samples.added(engine, Signal.DOMAIN, "example.com");

        engine.add(List.of(Entry.of(entry.id(), Samples.LIST, Signal.DOMAIN, "co.id")));

        assertThat(engine.find(entry.id())).contains(entry);
    }

    @ParameterizedTest
    @CsvSource({
        "URL, HTTP://Example.COM:80/a/../b?q#f, http://example.com/b?q",
        "DOMAIN, Example.COM., example.com",
        "HANDLE, https://t.me/Sample_Channel, telegram:channel:sample_channel",
        "HANDLE, Telegram:Channel:Sample_Channel, telegram:channel:sample_channel",
        "FILE_MD5, 00112233445566778899AABBCCDDEEFF, 00112233445566778899aabbccddeeff",
    })
    void keptValueCanBeAddedAgain(Signal signal, String value, String kept) {
        Entry entry = Samples.added(engine, signal, value);

        assertThat(entry.value()).isEqualTo(kept);
        assertThat(Samples.added(engine, entry)).isEqualTo(entry);
    }
}

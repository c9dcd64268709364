package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Samples.SetClock;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.text.Form;
import org.junit.jupiter.api.Test;

class ScreeningTest {
    private static final String PHRASE = "sample phrase of a post";

    private final SetClock clock = new SetClock();
    private final Screening engine = Samples.engine(clock, Mode.BLOCK);

    @Test
    void exampleOfTheDocumentationBlocksAnAddressInAText() {
        UUID id = UUID.randomUUID();
        var engine = new Screening(Settings.standard(), InstantSource.system());
        engine.put(SignatureList.own("blocked", "Blocked by us", Mode.BLOCK));
        engine.add(List.of(Entry.of(id, "blocked", Signal.URL, "https://example.com/sample")));
        Content post =
                Content.that(Visibility.ABOUT_TO_BE_PUBLIC).text("see example.com/sample").build();

        Verdict verdict = engine.screen(post, Instant.now().plusMillis(10_000));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.BLOCK);
        assertThat(verdict.hits().getFirst().place()).isEqualTo(new Place.InText(4, 22));
        engine.close();
    }

    @Test
    void emptyEngineLetsEverythingPass() {
        Screening empty = Samples.engine(Samples.holdings(clock), clock);

        Verdict verdict = Samples.screen(empty, Samples.text("sample post A"));

        assertThat(verdict).isEqualTo(Verdict.PUBLISH);
        assertThat(empty.find(UUID.randomUUID())).isEmpty();
        assertThat(empty.remove(List.of(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void privateContentCannotBeBuilt() {
        assertThatThrownBy(() -> Visibility.of("PRIVATE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only public content")
                .hasMessageContaining("PRIVATE");
        assertThat(Visibility.of("PUBLIC")).isEqualTo(Visibility.PUBLIC);
    }

    @Test
    void hitSaysWhereInTheTextAsItWasGiven() {
        var origin = new Origin("case 12", "ministry", "3");
        Entry entry = Samples.entry(Signal.PHRASE, PHRASE);
        engine.add(
                List.of(
                        new Entry(
                                entry.id(),
                                entry.list(),
                                entry.signal(),
                                entry.value(),
                                origin,
                                List.of(),
                                Optional.empty())));
        String text = "é Sample\u200b PHRASE of a pöst!";

        Hit hit = Samples.screen(engine, Samples.text(text)).hits().getFirst();

        assertThat(hit.place()).isEqualTo(new Place.InText(2, text.length() - 1));
        assertThat(hit.origin()).isEqualTo(origin);
        assertThat(hit.signal()).isEqualTo(Signal.PHRASE);
        assertThat(hit.mode()).isEqualTo(Mode.BLOCK);
        assertThat(hit.form()).isEqualTo(Form.STRICT);
        assertThat(hit.list().name()).isEqualTo("Sample list");
    }

    @Test
    void placesInUtf8CountOctets() {
        Samples.added(engine, Signal.DOMAIN, "example.com");
        Samples.added(engine, Signal.PHRASE, PHRASE);
        String text = "é𝐚 see example.com and " + PHRASE;
        byte[] utf8 = text.getBytes(UTF_8);
        utf8[0] = (byte) 0xff;
        Content content = Content.that(Visibility.PUBLIC).text(utf8).build();

        List<Hit> hits = Samples.screen(engine, content).hits();

        int domain = "é𝐚 see ".getBytes(UTF_8).length;
        assertThat(hits)
                .extracting(Hit::place)
                .containsExactlyInAnyOrder(
                        new Place.InText(domain, domain + "example.com".length()),
                        new Place.InText(utf8.length - PHRASE.length(), utf8.length));
    }

    @Test
    void looseHitNeverBlocksAlone() {
        Samples.added(engine, Signal.PHRASE, PHRASE);
        Content content = Samples.text("s4mple phr4se of a p0st");

        Verdict verdict = Samples.screen(engine, content);

        assertThat(verdict.action()).isEqualTo(Verdict.Action.REVIEW);
        assertThat(verdict.hits().getFirst().form()).isEqualTo(Form.LOOSE);
        assertThat(verdict.hits().getFirst().lowered()).contains(Hit.Lowered.LOOSE);
    }

    @Test
    void looseHitBesideAStrictOneDoesNotMakeItMilder() {
        Samples.added(engine, Signal.PHRASE, PHRASE);
        Content content = Samples.text("s4mple phr4se of a p0st, sample phrase of a post");

        Verdict verdict = Samples.screen(engine, content);

        assertThat(verdict.action()).isEqualTo(Verdict.Action.BLOCK);
        assertThat(verdict.hits()).hasSize(1);
    }

    @Test
    void nearDuplicateNeverBlocksAlone() {
        String text =
                "the first sample post says what it says in so many words, and no more than that";
        Samples.added(engine, Signal.SIMILAR_TEXT, SimilarText.value(text).orElseThrow());

        Verdict same = Samples.screen(engine, Samples.text(text));
        Verdict similar = Samples.screen(engine, Samples.text(text + " today"));
        Verdict other = Samples.screen(engine, Samples.text(text.substring(50) + PHRASE));

        assertThat(same.action()).isEqualTo(Verdict.Action.REVIEW);
        assertThat(same.hits().getFirst().lowered()).contains(Hit.Lowered.NEAR_DUPLICATE);
        assertThat(similar.action()).isEqualTo(Verdict.Action.REVIEW);
        assertThat(other.action()).isEqualTo(Verdict.Action.PUBLISH);
    }

    @Test
    void longTextIsFoundByItsDigest() {
        String text = "sample words of a longer post, number %d, with more to say; ".repeat(12);
        String post = text.formatted(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        String value = SimilarText.value(post).orElseThrow();
        Samples.added(engine, Signal.SIMILAR_TEXT, value);

        assertThat(value).startsWith("T1");
        assertThat(Samples.screen(engine, Samples.text(post)).hits()).hasSize(1);
    }

    @Test
    void textIsAlsoFoundByTheDigestOfItAsItWasWritten() {
        String post = "Sample, WORDS: of a Post -- number 1! And (more) to say; ".repeat(4);
        Samples.added(
                engine,
                Signal.SIMILAR_TEXT,
                Tlsh.of(post.getBytes(UTF_8)).orElseThrow().toString());

        Content octets = Content.that(Visibility.PUBLIC).text(post.getBytes(UTF_8)).build();

        assertThat(Samples.screen(engine, Samples.text(post)).hits()).hasSize(1);
        assertThat(Samples.screen(engine, octets).hits()).hasSize(1);
        assertThat(Samples.screen(engine, Samples.text(PHRASE)).hits()).isEmpty();
    }

    @Test
    void allowListWinsForWhatItAllowsAndAllIsShown() {
        engine.put(SignatureList.allowing("allowed", "Allowed"));
        Samples.added(engine, Signal.PHRASE, PHRASE);
        engine.add(
                List.of(
                        Entry.of(
                                UUID.randomUUID(),
                                "allowed",
                                Signal.PHRASE,
                                "news about a " + PHRASE)));

        Verdict verdict = Samples.screen(engine, Samples.text("News about a " + PHRASE));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.PUBLISH);
        assertThat(verdict.hits()).extracting(Hit::allows).containsExactly(true, false);
    }

    @Test
    void allowListDoesNotWinByALooseHit() {
        engine.put(SignatureList.allowing("allowed", "Allowed"));
        Samples.added(engine, Signal.PHRASE, PHRASE);
        engine.add(List.of(Entry.of(UUID.randomUUID(), "allowed", Signal.PHRASE, "reliable news")));

        Verdict verdict = Samples.screen(engine, Samples.text("r3li4ble n3ws: " + PHRASE));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.BLOCK);
        assertThat(verdict.hits()).hasSize(2).noneMatch(Hit::allows);
    }

    private void allow(Signal signal, String value, String... countries) {
        engine.put(SignatureList.allowing("allowed", "Allowed"));
        Entry entry = Entry.of(UUID.randomUUID(), "allowed", signal, value);
        assertThat(engine.add(List.of(Samples.in(entry, countries))).refused()).isEmpty();
    }

    @Test
    void allowListOutweighsWhatItTouchesOnly() {
        allow(Signal.PHRASE, "news about a " + PHRASE);
        Entry phrase = Samples.added(engine, Signal.PHRASE, PHRASE);
        Samples.added(engine, Signal.DOMAIN, "example.com");

        Verdict verdict =
                Samples.screen(engine, Samples.text("News about a " + PHRASE + " example.com"));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.BLOCK);
        assertThat(verdict.hits()).hasSize(3);
        assertThat(verdict.hits().getLast().entry()).isEqualTo(phrase);
        assertThat(verdict.hits().getLast().mode()).isEqualTo(Mode.SHADOW);
        assertThat(verdict.hits().getLast().lowered()).contains(Hit.Lowered.ALLOWED);
    }

    @Test
    void entryThatAlsoMatchesWhereNothingIsAllowedIsHitThere() {
        allow(Signal.PHRASE, "news about a " + PHRASE);
        Samples.added(engine, Signal.PHRASE, PHRASE);
        String news = "news about a " + PHRASE;

        Verdict verdict = Samples.screen(engine, Samples.text(news + ", " + PHRASE));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.BLOCK);
        assertThat(verdict.hits().getLast().place())
                .isEqualTo(new Place.InText(news.length() + 2, news.length() + 2 + 23));
    }

    @Test
    void allowListOutweighsAtOneAddressOrFileNotAtAnother() {
        allow(Signal.DOMAIN, "good.example.com");
        Samples.added(engine, Signal.DOMAIN, "example.com");
        Content.Builder post = Content.that(Visibility.PUBLIC).url("http://good.example.com/a");

        assertThat(Samples.screen(engine, post.build()).action()).isEqualTo(Verdict.Action.PUBLISH);
        assertThat(Samples.screen(engine, post.url("http://example.com/b").build()).action())
                .isEqualTo(Verdict.Action.BLOCK);
        assertThat(Samples.screen(engine, Samples.text("good.example.com/a")).action())
                .isEqualTo(Verdict.Action.PUBLISH);
    }

    @Test
    void allowListForSomeCountriesNeedsContentThatIsSeenThere() {
        allow(Signal.PHRASE, PHRASE, "ID");
        Samples.added(engine, Signal.PHRASE, PHRASE);
        Content.Builder post = Content.that(Visibility.PUBLIC).text(PHRASE);

        assertThat(Samples.screen(engine, post.build()).action()).isEqualTo(Verdict.Action.BLOCK);
        assertThat(Samples.screen(engine, post.country("SG").build()).action())
                .isEqualTo(Verdict.Action.BLOCK);
        assertThat(Samples.screen(engine, post.country("ID").build()).action())
                .isEqualTo(Verdict.Action.PUBLISH);
    }

    @Test
    void addressWhereStrangersShareTheHostCountsForThatHostOnly() {
        Entry entry = Samples.added(engine, Signal.URL, "http://github.io/x");

        assertThat(entry.value()).isEqualTo("http://github.io/x");
        assertThat(entry.signal()).isEqualTo(Signal.URL);
        assertThat(Samples.screen(engine, Samples.url("https://github.io/x?q")).hits()).hasSize(1);
        assertThat(Samples.screen(engine, Samples.url("http://stranger.github.io/x")).hits())
                .isEmpty();
    }

    @Test
    void entryCountsInItsCountriesOnly() {
        Samples.added(engine, Samples.in(Samples.entry(Signal.PHRASE, PHRASE), "ID", "MY"));
        Content.Builder post = Content.that(Visibility.PUBLIC).text(PHRASE);

        assertThat(Samples.screen(engine, post.build()).hits()).hasSize(1);
        assertThat(Samples.screen(engine, post.country("ID").build()).hits()).hasSize(1);
        assertThat(Samples.screen(engine, post.country("SG").build()).hits()).isEmpty();
    }

    @Test
    void entryEndsUnlessItIsConfirmed() {
        engine.put(engine.list(Samples.LIST).orElseThrow().withTerm(Duration.ofDays(30)));
        Entry confirmed = Samples.added(engine, Signal.PHRASE, PHRASE);
        Entry other = Samples.added(engine, Signal.PHRASE, PHRASE);

        clock.pass(Duration.ofDays(20));
        assertThat(engine.confirm(confirmed.id())).isTrue();
        clock.pass(Duration.ofDays(10));

        assertThat(Samples.screen(engine, Samples.text(PHRASE)).hits())
                .extracting(hit -> hit.entry().id())
                .containsExactly(confirmed.id());
        assertThat(engine.find(other.id())).isEmpty();
        assertThat(engine.confirm(other.id())).isFalse();
        clock.pass(Duration.ofDays(20));
        assertThat(Samples.screen(engine, Samples.text(PHRASE)).hits()).isEmpty();
    }

    @Test
    void confirmingNeverEndsAnEntryEarlier() {
        engine.put(engine.list(Samples.LIST).orElseThrow().withTerm(Duration.ofDays(1)));
        Instant end = clock.instant().plus(Duration.ofDays(90));
        Entry entry =
                Samples.added(engine, Samples.ending(Samples.entry(Signal.PHRASE, PHRASE), end));

        engine.confirm(entry.id());

        assertThat(engine.find(entry.id()).orElseThrow().expiresAt()).contains(end);
    }

    @Test
    void precisionIsCountedForEntryListAndSource() {
        Entry entry = Samples.added(engine, Signal.PHRASE, PHRASE);

        engine.confirm(entry.id());
        engine.confirm(entry.id());
        engine.confirm(entry.id());
        engine.deny(entry.id());

        assertThat(engine.precisionOf(entry.id()).share()).hasValue(0.75);
        assertThat(engine.precisionOf(Samples.LIST)).isEqualTo(new Precision(3, 1));
        assertThat(engine.precisionOf(new Source.OwnPlatform())).isEqualTo(new Precision(3, 1));
        assertThat(engine.precisionOf("other").share()).isEmpty();
        engine.remove(List.of(entry.id()));
        assertThat(engine.precisionOf(entry.id())).isEqualTo(Precision.NONE);
        assertThat(engine.precisionOf(Samples.LIST)).isEqualTo(new Precision(3, 1));
        assertThat(engine.deny(entry.id())).isFalse();
    }

    @Test
    void removedEntryFindsNothingBeforeItsHitsAreListed() {
        Entry entry = Samples.added(engine, Signal.PHRASE, PHRASE);

        List<String> hits =
                engine.removeAndListHits(
                        entry.id(),
                        id -> {
                            Verdict verdict = Samples.screen(engine, Samples.text(PHRASE));
                            return List.of(id + " " + verdict.action());
                        });

        assertThat(hits).containsExactly(entry.id() + " PUBLISH");
    }

    @Test
    void verdictIsHoldWhenTimeIsUp() {
        Samples.added(engine, Signal.PHRASE, PHRASE);

        Verdict verdict = engine.screen(Samples.text("sample"), clock.instant().minusMillis(1));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.HOLD);
        assertThat(verdict.unanswered().orElseThrow()).contains("phrases");
        assertThat(Samples.screen(engine, Samples.text("sample")).unanswered()).isEmpty();
    }

    @Test
    void allowListDoesNotWinWhenTimeIsUp() {
        engine.put(SignatureList.allowing("allowed", "Allowed"));
        engine.add(List.of(Entry.of(UUID.randomUUID(), "allowed", Signal.PHRASE, PHRASE)));

        Verdict verdict = engine.screen(Samples.text(PHRASE), clock.instant().minusMillis(1));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.HOLD);
        assertThat(verdict.hits()).hasSize(1);
    }

    @Test
    void textThatIsTooLongIsHeld() {
        Content content = Samples.text("a".repeat(Samples.SETTINGS.longestText() + 1));

        assertThat(Samples.screen(engine, content).action()).isEqualTo(Verdict.Action.HOLD);
    }

    @Test
    void pictureIsComparedAsItsListSays() {
        var random = new SplittableRandom(1);
        PdqHash hash = Samples.hash(random);
        PdqHash near =
                new PdqHash(hash.first() ^ 0xfffff, hash.second(), hash.third(), hash.fourth());
        engine.put(engine.list(Samples.LIST).orElseThrow().withPdq(20, 70));
        Samples.added(engine, Signal.PDQ, hash.toString());

        assertThat(picture(near, 70)).isEqualTo(20);
        assertThat(picture(near, 69)).isEqualTo(-1);
        engine.put(engine.list(Samples.LIST).orElseThrow().withPdq(19, 70));
        assertThat(picture(near, 70)).isEqualTo(-1);
    }

    /** The distance of the hit, -1 if there is none. */
    private int picture(PdqHash hash, int quality) {
        Content content = Content.that(Visibility.PUBLIC).picture(hash, quality).build();
        return Samples.screen(engine, content).hits().stream()
                .mapToInt(Hit::distance)
                .findFirst()
                .orElse(-1);
    }

    @Test
    void worsePictureDoesNotHideABetterOne() {
        PdqHash hash = Samples.hash(new SplittableRandom(1));
        engine.put(engine.list(Samples.LIST).orElseThrow().withPdq(31, 90));
        Samples.added(engine, Signal.PDQ, hash.toString());
        PdqHash near = new PdqHash(hash.first() ^ 1, hash.second(), hash.third(), hash.fourth());

        Content content =
                Content.that(Visibility.PUBLIC).picture(hash, 60).picture(near, 95).build();

        assertThat(Samples.screen(engine, content).hits())
                .extracting(Hit::place)
                .containsExactly(new Place.InPicture(1));
    }

    @Test
    void shortFormsOfAChannelAreOne() {
        Entry entry = Samples.added(engine, Signal.URL, "https://telegram.me/Sample_Channel");

        assertThat(entry.signal()).isEqualTo(Signal.HANDLE);
        for (String form :
                List.of(
                        "t.me/sample_channel",
                        "https://t.me/s/sample_channel/12",
                        "tg://resolve?domain=sample_channel")) {
            assertThat(Samples.screen(engine, Samples.url(form)).hits()).as(form).hasSize(1);
            assertThat(Samples.screen(engine, Samples.text("see " + form)).hits())
                    .as(form)
                    .hasSize(1);
        }
        assertThat(Samples.screen(engine, Samples.url("t.me/sample_channel2")).hits()).isEmpty();
    }

    @Test
    void listOfAnAuthorityIsNeverAboveReviewUnlessThePlatformSaysSo() {
        var authority = new Source.Authority("ministry");
        SignatureList list = SignatureList.received(Samples.LIST, "Ministry's", authority);
        engine.put(list);
        Samples.added(engine, Signal.PHRASE, PHRASE);

        assertThat(Samples.screen(engine, Samples.text(PHRASE)).action())
                .isEqualTo(Verdict.Action.REVIEW);
        assertThatThrownBy(() -> list.raisedByPlatform(Mode.BLOCK, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ministry");
        engine.put(list.raisedByPlatform(Mode.BLOCK, "head of trust and safety"));
        assertThat(Samples.screen(engine, Samples.text(PHRASE)).action())
                .isEqualTo(Verdict.Action.BLOCK);
    }

    @Test
    void listThatIsTakenAwayTakesItsEntriesAlong() {
        SignatureList list = engine.list(Samples.LIST).orElseThrow();
        Samples.added(engine, Signal.PHRASE, PHRASE);

        assertThat(engine.removeList(Samples.LIST)).isTrue();
        engine.put(list);

        assertThat(engine.removeList("other")).isFalse();
        assertThat(Samples.screen(engine, Samples.text(PHRASE)).hits()).isEmpty();
    }

    @Test
    void hitInShadowIsCountedOnly() {
        engine.put(SignatureList.own(Samples.LIST, "Sample list", Mode.SHADOW));
        Samples.added(engine, Signal.PHRASE, PHRASE);

        Verdict verdict = Samples.screen(engine, Samples.text(PHRASE));

        assertThat(verdict.action()).isEqualTo(Verdict.Action.PUBLISH);
        assertThat(verdict.hits()).hasSize(1);
    }

    @Test
    void timesFartherThanMillisecondsReachAreTaken() {
        Samples.added(engine, Samples.ending(Samples.entry(Signal.PHRASE, PHRASE), Instant.MAX));

        assertThat(engine.screen(Samples.text(PHRASE), Instant.MAX).hits()).hasSize(1);
        assertThat(engine.screen(Samples.text(PHRASE), Instant.MIN).action())
                .isEqualTo(Verdict.Action.HOLD);
    }

    @Test
    void entriesThatHaveEndedAreClearedAway() {
        var holdings = Samples.holdings(clock);
        Screening cleared = Samples.engine(holdings, clock);
        cleared.put(SignatureList.own(Samples.LIST, "Sample list", Mode.BLOCK));
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 2 * Holdings.SMALL; i++) {
            Entry entry = Samples.entry(Signal.DOMAIN, "sample" + i + ".org");
            entries.add(i % 2 == 0 ? entry : Samples.ending(entry, Samples.NOON.plusSeconds(60)));
        }
        cleared.add(entries);

        clock.pass(Duration.ofMinutes(2));

        assertThat(holdings.merge()).isTrue();
        assertThat(cleared.status().entries()).isEqualTo(Holdings.SMALL);
        assertThat(holdings.merge()).isFalse();
    }
}

package org.jalur.screening.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jalur.screening.check.Hit.Span;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PictureHash;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.UnreadableListException;
import org.jalur.screening.text.Form;
import org.jalur.screening.url.CanonicalUrl;
import org.jalur.screening.url.PublicSuffixes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListSetTest {
    private static final PublicSuffixes SUFFIXES = PublicSuffixes.bundled();
    private static final String ZEROS = "0".repeat(64);

    private final List<LineError> errors = new ArrayList<>();

    private ListSet set(CheckRules rules, String... lists) throws IOException {
        var builder = new ListSetBuilder(rules, SUFFIXES);
        for (int i = 0; i < lists.length; i++) {
            read(builder, "list" + i, lists[i]);
        }
        return builder.build();
    }

    private ListCount read(ListSetBuilder builder, String name, String list) throws IOException {
        return builder.read(name, new ByteArrayInputStream(list.getBytes(UTF_8)), errors::add);
    }

    private List<Hit> find(String list, Publication publication) throws IOException {
        return set(CheckRules.STRICT, list).search().find(publication);
    }

    private static Publication ofUrls(String... urls) {
        List<Publication.Address> addresses = new ArrayList<>();
        for (String url : urls) {
            addresses.add(new Publication.Address(url, CanonicalUrl.parse(url).orElseThrow()));
        }
        return new Publication(
                Optional.empty(), addresses, List.of(), List.of(), List.of(), List.of());
    }

    private static Publication ofPicture(String hex, int quality) {
        return new Publication(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new PictureHash(PdqHash.parse(hex), quality)),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "url, https://site.example/a, http://site.example/a#part, true",
        "url, https://site.example/a, https://site.example/a?x=1, true",
        "url, https://site.example/a, https://www.site.example/a, true",
        "url, https://site.example/a, https://site.example/A, false",
        "url, https://site.example/a, https://site.example/ab, false",
        "url, https://site.example/a, https://site.example/a/b, false",
        "url, https://site.example/a/, https://site.example/a/b, true",
        "url, https://site.example/a?x=1, https://site.example/a?x=2, false",
        "url, https://site.example/a?x=1, https://site.example/a, false",
        "url, https://site.example/, https://site.example/a, true",
        "url, https://www.site.example/, https://site.example/, false",
        "url, https://github.io/a, https://github.io/a, true",
        "url, https://github.io/a, https://stranger.github.io/a, false",
        "url, https://t.me/samplename/12, https://telegram.me/s/samplename/12, true",
        "url, https://t.me/samplename, https://t.me/s/samplename, true",
        "url, https://t.me/samplename, https://samplename.t.me/, true",
        "url, https://t.me/samplename, https://t.me/samplename/12, true",
        "domain, site.example, https://site.example/a, true",
        "domain, site.example, https://a.b.c.d.e.f.g.site.example/a, true",
        "domain, site.example, https://othersite.example/, false",
        "domain, www.site.example, https://site.example/, false",
        "domain, site.example, https://site.example.other.example/, false",
        "handle, t.me/samplename, https://t.me/samplename/12, true",
        "handle, telegram:channel:SampleName, https://telegram.me/samplename, true",
        "handle, t.me/samplename, https://t.me/samplename2, false",
        "handle, t.me/samplename/12, https://t.me/samplename, false",
        "handle, telegram:invite:AbCdEf0123456789, https://t.me/joinchat/AbCdEf0123456789, true",
        "handle, telegram:invite:AbCdEf0123456789, https://t.me/+abcdef0123456789, false",
        "handle, x:account:sample, https://twitter.com/Sample, true",
    })
    void entryOfAPlaceCountsForWhatLiesBelowIt(
            String kind, String entry, String address, boolean found) throws IOException {
        List<Hit> hits = find("kind,value\n%s,%s\n".formatted(kind, entry), ofUrls(address));

        assertThat(errors).isEmpty();
        assertThat(hits).hasSize(found ? 1 : 0);
        assertThat(hits).allSatisfy(hit -> assertThat(hit.matched()).isEqualTo(address));
    }

    @ParameterizedTest
    @CsvSource({
        "url, mailto:someone, no web address that a browser would ask for",
        "url, https://github.io/, strangers register names below this one (public suffix list)",
        "domain, co.id, strangers register names below this one (public suffix list)",
        "domain, xn--a.example, no name that a browser would ask for",
        "handle, somebody, no name at a platform that is understood",
        "handle, telegram:channel:, no name at a platform that is understood",
        "handle, nowhere:channel:name, no name at a platform that is understood",
        "phrase, ...!, the phrase has no letter and no digit left once folded",
        "phrase, 示, the phrase is too short",
    })
    void entryThatCannotBeComparedIsReportedAndTheNextIsRead(String kind, String value, String rule)
            throws IOException {
        List<Hit> hits =
                find(
                        "kind,value\n%s,%s\nphrase,sample words\n".formatted(kind, value),
                        Publication.ofText("sample words"));

        assertThat(hits).hasSize(1);
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().line()).isEqualTo(2);
        assertThat(errors.getFirst().value()).isEqualTo(value);
        assertThat(errors.getFirst().rule()).startsWith(rule);
        assertThat(errors.getFirst().wayOut()).isNotBlank();
    }

    @Test
    void hitsStandInTheOrderOfListsAndEntries() throws IOException {
        ListSet set =
                set(
                        CheckRules.STRICT,
                        "kind,value\ndomain,site.co.id\nphrase,sample words\n",
                        "kind,value\nphrase,sample\nurl,http://site.co.id/\nphrase,sample words\n");

        List<Hit> hits =
                set.search().find(Publication.ofText("words: sample words at site.co.id/page"));

        assertThat(set.size()).isEqualTo(5);
        assertThat(hits)
                .extracting(hit -> hit.listed().list() + ":" + hit.listed().line())
                .containsExactly("list0:2", "list0:3", "list1:2", "list1:3", "list1:4");
    }

    @Test
    void entryFoundAtSeveralPlacesIsOneHitAtTheFirstOne() throws IOException {
        String text = "site.co.id, sample, www.site.co.id/a site.co.id";

        List<Hit> hits =
                find("kind,value\nphrase,sample\ndomain,site.co.id\n", Publication.ofText(text));

        assertThat(hits.get(0).places()).isEqualTo(1);
        assertThat(hits.get(1).places()).isEqualTo(3);
        assertThat(hits.get(1).span()).contains(new Span(0, 10));
        assertThat(hits.get(1).matched()).isEqualTo("site.co.id");
    }

    @Test
    void strictFormComesBeforeAnEarlierLooseOne() throws IOException {
        var rules = new CheckRules(Form.LOOSE, 31, 50, Optional.empty(), Optional.empty());
        ListSearch search = set(rules, "kind,value\nphrase,sample words\n").search();

        Hit both = search.find(Publication.ofText("s4mple words, sample words")).getFirst();
        Hit loose = search.find(Publication.ofText("now s4mple words")).getFirst();

        assertThat(both.form()).contains(Form.STRICT);
        assertThat(both.span()).contains(new Span(14, 26));
        assertThat(both.places()).isEqualTo(2);
        assertThat(loose.form()).contains(Form.LOOSE);
        assertThat(loose.span()).contains(new Span(4, 16));
        assertThat(find("kind,value\nphrase,sample words\n", Publication.ofText("s4mple words")))
                .isEmpty();
    }

    @Test
    void entryCanOnlyAskForLessThanTheRadius() throws IOException {
        String list =
                "kind,value,threshold,quality\npdq,%s,,\npdq,%s,8,\npdq,%s,200,80\n"
                        .formatted(ZEROS, ZEROS, ZEROS);
        var narrow = new CheckRules(Form.STRICT, 12, 50, Optional.empty(), Optional.empty());

        List<Hit> at16 = find(list, ofPicture("0".repeat(60) + "ffff", 50));
        List<Hit> at32 = find(list, ofPicture("0".repeat(56) + "ffffffff", 50));
        List<Hit> poor = find(list, ofPicture(ZEROS, 49));
        List<Hit> within12 =
                set(narrow, list).search().find(ofPicture("0".repeat(60) + "ffff", 50));

        assertThat(at16).extracting(hit -> hit.listed().line()).containsExactly(2L, 4L);
        assertThat(at16).allSatisfy(hit -> assertThat(hit.distance()).hasValue(16));
        assertThat(at32).isEmpty();
        assertThat(poor).isEmpty();
        assertThat(within12).isEmpty();
    }

    @Test
    void nearestOfSeveralPicturesIsNamed() throws IOException {
        String near = "0".repeat(63) + "1";
        var publication =
                new Publication(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new PictureHash(PdqHash.parse("0".repeat(62) + "ff"), 90),
                                new PictureHash(PdqHash.parse(near), 90)),
                        List.of());

        Hit hit = find("pdq " + ZEROS, publication).getFirst();

        assertThat(hit.matched()).isEqualTo(near);
        assertThat(hit.distance()).hasValue(1);
    }

    @Test
    void picturesOfPoorQualityAreNotListed() throws IOException {
        List<Hit> hits =
                find("kind,value,quality\npdq,%s,49\n".formatted(ZEROS), ofPicture(ZEROS, 100));

        assertThat(hits).isEmpty();
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().rule()).contains("quality is 49", "below 50");
    }

    @Test
    void deletedEntryTakesBackWhatStandsAboveItInItsList() throws IOException {
        String list =
                """
                kind,value,deleted
                phrase,first words,
                phrase,second words,
                phrase,first words,true
                phrase,second words,true
                phrase,second words,
                """;
        var builder = new ListSetBuilder(CheckRules.STRICT, SUFFIXES);

        ListCount count = read(builder, "a", list);
        read(builder, "b", "kind,value\nphrase,first words\n");

        assertThat(count.compared()).isEqualTo(1);
        assertThat(count.takenBack()).isEqualTo(4);
        assertThat(builder.build().search().find(Publication.ofText("first words second words")))
                .extracting(hit -> hit.listed().list() + hit.listed().line())
                .containsExactly("a6", "b2");
    }

    @Test
    void updateThatAllCallHarmlessTakesTheEarlierOneBack() throws IOException {
        String list =
                """
                {"data": [
                {"indicator": "site.example", "type": "DOMAIN", "should_delete": false},
                {"indicator": "other.example", "type": "DOMAIN", "should_delete": false},
                {"indicator": "site.example", "type": "DOMAIN", "should_delete": false,
                 "descriptors": {"data": [{"status": "NON_MALICIOUS"}]}}]}
                """;

        assertThat(find(list, ofUrls("http://site.example/", "http://other.example/")))
                .extracting(hit -> hit.listed().line())
                .containsExactly(3L);
        assertThat(errors).isEmpty();
    }

    @Test
    void entriesForOtherCountriesDoNotCount() throws IOException {
        String list = "kind,value,countries\nphrase,first,ID SG\nphrase,second,MY\nphrase,third,\n";
        var inId = new CheckRules(Form.STRICT, 31, 50, Optional.of("ID"), Optional.empty());
        Publication text = Publication.ofText("first second third");

        assertThat(set(inId, list).search().find(text))
                .extracting(Hit::matched)
                .containsExactly("first", "third");
        assertThat(find(list, text)).hasSize(3);
    }

    @Test
    void listThatIsNoneAddsNothing() throws IOException {
        var builder = new ListSetBuilder(CheckRules.STRICT, SUFFIXES);
        read(builder, "a", "kind,value\nphrase,sample words\n");

        assertThatThrownBy(() -> read(builder, "b", "<html>"))
                .isInstanceOf(UnreadableListException.class);

        assertThat(builder.build().size()).isEqualTo(1);
    }

    @Test
    void emptySetFindsNothing() {
        ListSet set = new ListSetBuilder(CheckRules.STRICT, SUFFIXES).build();

        assertThat(set.search().find(Publication.ofText("sample.co.id and words"))).isEmpty();
        assertThat(set.search().find(ofPicture(ZEROS, 100))).isEmpty();
        assertThat(set.search().find(ofUrls("http://site.example/"))).isEmpty();
    }

    @Test
    void randomDomainsAreFoundAsWhenLookingAtEveryOne() throws IOException {
        var random = new Random(5);
        List<String> domains = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            domains.add(randomName(random));
        }
        ListSearch search =
                set(
                                CheckRules.STRICT,
                                domains.stream()
                                        .collect(
                                                Collectors.joining(
                                                        "\ndomain,", "kind,value\ndomain,", "\n")))
                        .search();
        for (int i = 0; i < 1_000; i++) {
            String host = randomName(random);

            List<String> expected =
                    domains.stream().filter(domain -> ("." + host).endsWith("." + domain)).toList();

            assertThat(search.find(ofUrls("http://" + host + "/")))
                    .extracting(hit -> hit.listed().entry().value())
                    .containsExactlyElementsOf(expected);
        }
    }

    private static String randomName(Random random) {
        var name = new StringBuilder();
        int labels = 1 + random.nextInt(4);
        for (int i = 0; i < labels; i++) {
            name.append((char) ('a' + random.nextInt(3))).append('.');
        }
        return name + "site.example";
    }

    @ParameterizedTest
    @CsvSource({"32, 50, ID", "-1, 50, ID", "31, 101, ID", "31, -1, ID", "31, 50, id"})
    void rulesOutOfRangeAreRefused(int radius, int quality, String country) {
        assertThatThrownBy(() ->
                        new CheckRules(
                                Form.STRICT,
                                radius,
                                quality,
                                Optional.of(country),
                                Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

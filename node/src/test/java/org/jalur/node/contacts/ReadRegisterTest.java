package org.jalur.node.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jalur.agreement.Calendar;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.contacts.Entry;
import org.jalur.contacts.RegisterFacts;
import org.jalur.contacts.Standing;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.junit.jupiter.api.Test;

class ReadRegisterTest {
    private static final Instant NOW = Instant.parse("2026-11-29T07:00:00Z");
    private static final Standing STANDING = new Standing("admin-1", LocalDate.of(2027, 1, 1), NOW);
    private static final Entry DESK =
            new Entry.Organisation(
                    UUID.randomUUID(),
                    "Sample desk",
                    "ID",
                    List.of("+62215550100"),
                    Optional.empty(),
                    STANDING);
    private static final Entry PERSON =
            new Entry.Contact(
                    UUID.randomUUID(),
                    DESK.id(),
                    "Sample Person",
                    "duty officer",
                    List.of("+62215550101"),
                    Optional.of("duty@authority.example"),
                    Optional.of("Telegram @sample"),
                    List.of("id", "en"),
                    new Calendar(
                            ZoneId.of("Asia/Jakarta"),
                            List.of(
                                    new Calendar.DutyHours(
                                            DayOfWeek.MONDAY,
                                            LocalTime.of(8, 0),
                                            LocalTime.MIDNIGHT)),
                            List.of(new Calendar.Holiday(LocalDate.of(2026, 12, 25), "Natal"))),
                    Optional.empty(),
                    STANDING);

    private static Contents contents(Part... parts) {
        return new Contents(
                Arrays.stream(parts).map(Part::leaf).toList(),
                Arrays.stream(parts).collect(Collectors.toMap(Part::leaf, Function.identity())));
    }

    private static Part facts(int entries) {
        return Parts.json("register", new RegisterFacts(NOW, entries));
    }

    private static Part part(Entry entry) {
        return Parts.json(entry.kind().part(), entry);
    }

    private static Part raw(String json) {
        return Part.of("register-organisation", json.getBytes(UTF_8));
    }

    private static void assertRefused(String why, Part... parts) {
        assertThatThrownBy(() -> RegisterVersions.read(contents(parts)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }

    @Test
    void registerIsReadAsItWasWritten() {
        RegisterVersions.Said said =
                RegisterVersions.read(contents(facts(2), part(DESK), part(PERSON)));

        assertThat(said.entries().values()).containsExactly(DESK, PERSON);
    }

    @Test
    void entryThatWasErasedLeavesTheOthersReadable() {
        Part first = part(DESK);
        Part erased = part(PERSON);
        Part facts = facts(2);
        var contents =
                new Contents(
                        List.of(facts.leaf(), first.leaf(), erased.leaf()),
                        Map.of(facts.leaf(), facts, first.leaf(), first));

        assertThat(RegisterVersions.read(contents).entries().values()).containsExactly(DESK);
    }

    @Test
    void messageThatIsNoRegisterIsRefused() {
        assertRefused("without parts");
        assertRefused("first part", part(DESK));
        assertRefused("that says 1", facts(1), part(DESK), part(PERSON));
        assertRefused("two entries", facts(2), part(DESK), part(DESK));
        assertRefused("type", facts(1), Parts.json("item", DESK));
        assertRefused(
                "JSON of this protocol",
                facts(1),
                raw("{\"id\":\"%s\",\"name\":\"x\"}".formatted(DESK.id())));
        assertRefused("JSON of this protocol", facts(1), raw("{\"unheardOf\":1}"));
        assertRefused("is null", facts(1), raw("null"));
    }

    private static EntryForm form(Map<String, String> typed) {
        return new EntryForm(typed, _ -> "ID");
    }

    @Test
    void whatAnEntrySaysCanBeTypedAgain() {
        for (Entry entry : List.of(DESK, PERSON)) {
            EntryForm form = form(EntryForm.typed(entry));

            assertThat(form.entry(entry.id(), entry.kind(), STANDING)).contains(entry);
            assertThat(form.wrong()).isEmpty();
        }
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        EntryForm form =
                form(
                        Map.of(
                                "belongsTo", "nobody",
                                "name", "Sample",
                                "phones", "12345\n+62 21 5550 100",
                                "zone", "Jakarta",
                                "duty1", "8-16",
                                "duty2", "16:00-08:00",
                                "holidays", "25 December",
                                "languages", "id",
                                "validUntil", "soon"));

        assertThat(form.validUntil(LocalDate.of(2026, 11, 29))).isEmpty();
        assertThat(form.entry(UUID.randomUUID(), Entry.Kind.CONTACT, STANDING)).isEmpty();
        assertThat(form.wrong().keySet())
                .containsExactlyInAnyOrder(
                        "validUntil",
                        "belongsTo",
                        "role",
                        "phones",
                        "zone",
                        "duty1",
                        "duty2",
                        "holidays");
    }

    @Test
    void hoursThatOverlapAreRefused() {
        Map<String, String> typed = EntryForm.typed(PERSON);
        typed.put("duty3", "08:00-12:00, 11:00-16:00");
        EntryForm form = form(typed);

        assertThat(form.entry(PERSON.id(), Entry.Kind.CONTACT, STANDING)).isEmpty();
        assertThat(form.wrong()).containsOnlyKeys("duty1");
    }

    @Test
    void numbersAreReadAsTheCountryWritesThemAndShownForCalling() {
        assertThat(Phones.read("021-5550100", "ID")).contains("+62215550100");
        assertThat(Phones.read("+44 20 7946 0018", "ID")).contains("+442079460018");
        assertThat(Phones.read("110 110", "ID")).isEmpty();
        assertThat(Phones.Phone.of("+62215550100"))
                .isEqualTo(
                        new Phones.Phone("+62215550100", "+62 21 5550100", "tel:+62-21-5550100"));
    }
}

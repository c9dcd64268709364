package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.access.AccessRule;
import org.jalur.access.check.Concern;
import org.jalur.access.measure.Canary;
import org.jalur.access.measure.NameState;
import org.jalur.access.measure.Verdict;
import org.jalur.access.order.Scope;
import org.jalur.access.story.Happening;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.TermRule;
import org.jalur.agreement.check.Breach;
import org.jalur.agreement.negotiation.Objection;
import org.jalur.agreement.template.Mark;
import org.jalur.agreement.template.Source;
import org.jalur.agreement.template.Templates;
import org.jalur.agreement.text.TextKeys;
import org.jalur.appeal.AppealOutcome;
import org.jalur.channel.KeyStatement;
import org.jalur.contacts.CallBack;
import org.jalur.contacts.Drill;
import org.jalur.contacts.Entry;
import org.jalur.contacts.EntryRule;
import org.jalur.contacts.Standing;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.notifications.carriers.Channel;
import org.jalur.node.register.RefusedStatementException;
import org.jalur.notice.ErasureGround;
import org.jalur.notice.ItemKind;
import org.jalur.notice.MeasureFacts;
import org.jalur.notice.NoteText;
import org.jalur.notice.NoticeFacts.IssuingBody;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.jalur.notice.Rule;
import org.jalur.notice.Urgency;
import org.jalur.screening.ListRule;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Hit;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.Throttled;
import org.jalur.screening.list.ListFormat;
import org.jalur.screening.text.Form;
import org.junit.jupiter.api.Test;

/**
 * Keys that are computed, family by family: a name that is missing would be shown as its code, and
 * nothing else would tell.
 */
class TextFamiliesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CONTRACT = Path.of("../docs/connector.openapi.yaml");

    /** What only programs are told: it needs no second language. */
    private static final Pattern FOR_PROGRAMS =
            Pattern.compile(".*(Controller|Filter|Problems|RepeatableRequest)\\.java");

    private static Set<String> keys() throws IOException {
        var texts = new Properties();
        try (Reader reader =
                Files.newBufferedReader(RESOURCES.resolve("messages/jalur.properties"))) {
            texts.load(reader);
        }
        return new TreeSet<>(texts.stringPropertyNames());
    }

    private static String text(Path folder, String ending) throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(ending))
                            .filter(one -> !FOR_PROGRAMS.matcher(one.toString()).matches())
                            .sorted()
                            .toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    /** What the pattern's groups found, one of them in each match. */
    private static Set<String> found(String text, String pattern) {
        var found = new TreeSet<String>();
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        while (matcher.find()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                if (matcher.group(i) != null) {
                    found.add(matcher.group(i));
                }
            }
        }
        return found;
    }

    /**
     * The words of a list in the first match: {@code 'open', 'closed'} or {@code [done, failed]}.
     */
    private static Set<String> listed(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return new TreeSet<>(Arrays.asList(matcher.group(1).replace("'", "").split(",\\s*")));
    }

    private static Set<String> words(String... words) {
        return new TreeSet<>(Arrays.asList(words));
    }

    private static Set<String> words(Enum<?>[] values, String... more) {
        return words(values, one -> one.name().toLowerCase(Locale.ROOT), more);
    }

    private static Set<String> words(
            Enum<?>[] values, Function<Enum<?>, String> word, String... more) {
        var words = words(more);
        Arrays.stream(values).map(word).forEach(words::add);
        return words;
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        var both = new TreeSet<>(some);
        both.addAll(others);
        return both;
    }

    /** The constants of an enum that only its feature sees, in lower case with hyphens. */
    private static Set<String> hidden(String name) throws ClassNotFoundException {
        return words(
                (Enum<?>[]) Class.forName("org.jalur.node." + name).getEnumConstants(),
                one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Set<String> underscored(String name) throws ClassNotFoundException {
        return words((Enum<?>[]) Class.forName("org.jalur.node." + name).getEnumConstants());
    }

    /** Of the texts that agreements need, those below a prefix, without it. */
    private static Set<String> keysOf(String prefix) {
        return TextKeys.all().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> families() throws Exception {
        String sources = text(SOURCES, ".java");
        String templates = text(RESOURCES.resolve("templates"), ".html");
        String tables = text(RESOURCES.resolve("db/node"), ".sql");
        String contract = Files.readString(CONTRACT);
        Map<String, Set<String>> families = new TreeMap<>();
        families.put("rule", words(Rule.values()));
        families.put("kind", words(NoticeKind.values()));
        families.put("urgency", words(Urgency.values()));
        families.put("issuer", words(IssuingBody.Type.values()));
        families.put("item-kind", words(ItemKind.values()));
        families.put("outcome", words(Outcome.values()));
        families.put("item", words(Outcome.values(), "open"));
        families.put("ground", words(RefusalGround.values()));
        families.put(
                "enforcement",
                words(MeasureFacts.Verification.values(), "none", "pending", "failed"));
        families.put("mode", words(Mode.values(), "none", "allow"));
        families.put("mode-means", words(Mode.values(), "allow"));
        families.put("lowered", words(Hit.Lowered.values()));
        families.put("throttled", words(Throttled.Reason.values()));
        families.put("text-form", words(Form.values()));
        families.put("list-source", words("own", "authority", "node"));
        families.put(
                "list-name",
                words(Mode.values(), one -> "decisions." + one.name().toLowerCase(Locale.ROOT)));
        families.put(
                "list-done",
                words(
                        "created",
                        "changed",
                        "added",
                        "undone",
                        "removed",
                        "overturned",
                        "released"));
        families.put("sent-list-done", words("drafted", "approved", "discarded"));
        families.put("hit-done", words("confirmed", "denied"));
        families.put(
                "list-event",
                words(
                        Throttled.Reason.values(),
                        one -> "entry_throttled_" + one.name().toLowerCase(Locale.ROOT)));
        families.merge(
                "list-event",
                found(sources, "events\\.add\\([^;\"]*\"((?!entry_throttled)[a-z_]+)\""),
                TextFamiliesTest::both);
        families.put("list-format", words(ListFormat.values()));
        families.put(
                "import", listed(tables, "create table list_imports .*?state in \\(([^)]*)\\)"));
        families.put("import-trouble", words("stopped", "fault", "incomplete"));
        families.put("list-rule", words(ListRule.values()));
        families.put("list-way-out", words(ListRule.values()));
        families.put(
                "list-word",
                words(
                        "phrase",
                        "url",
                        "handle",
                        "sha256",
                        "md5",
                        "pdq",
                        "file_sha256",
                        "file_md5"));
        families.put("signature", words("counts", "ended"));
        families.put(
                "agreement",
                TextKeys.all().stream()
                        .map(key -> key.substring("agreement.".length()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        families.put("home", words("admin", "signatory"));
        families.put("agreement.template", words(Templates.values()));
        families.put("agreement.mark", words(Mark.Origin.values()));
        families.put("agreement.objection", words(Objection.values()));
        families.put("agreement.state", underscored("agreement.AgreementViews$State"));
        families.put("agreement.event", underscored("agreement.Acts$Kind"));
        families.put("agreement.clause", keysOf("agreement.clause."));
        families.put("agreement.value", keysOf("agreement.value."));
        families.put("term-rule", words(TermRule.values()));
        families.put(
                "agreements.done",
                words("proposed", "commented", "prepared", "signed", "terminated"));
        families.put(
                "field",
                Stream.of("authority", "platform")
                        .flatMap(side ->
                                Stream.of(
                                                "Country",
                                                "Representative",
                                                "Capacity",
                                                "Number",
                                                "On",
                                                "Role")
                                        .map(side::concat))
                        .collect(Collectors.toCollection(TreeSet::new)));
        families.put("fact", found(sources, "facts\\.put\\(\"([a-z0-9]+)\""));
        families.put("signal", words(Signal.values()));
        families.put("verdict", words("publish", "review", "hold", "block"));
        families.put("role", words(Role.values(), one -> ((Role) one).wire()));
        families.put("state", listed(tables, "create table notices .*?state in \\(([^)]*)\\)"));
        families.put("case", listed(tables, "create table cases .*?state in \\(([^)]*)\\)"));
        families.put("delivery", words("underway", "delivered", "undelivered"));
        families.put("action", listed(contract, "action: \\{enum: \\[([^\\]]*)\\]"));
        Set<String> results = listed(contract, "result: \\{enum: \\[([^\\]]*)\\]");
        results.add("failed");
        families.put("result", results);
        families.put(
                "route", listed(contract, "route: \\{type: string, examples: \\[([^\\]]*)\\]"));
        families.put("told", words("yes", "no"));
        families.put("event", found(sources, "timeline\\s*\\.add(?:All)?\\([^;\"]*\"([a-z]+)\""));
        families.put("relay-outcome", words("answered", "refused", "timeout", "broken"));
        families.put("detail", words("items", "restored"));
        families.put(
                "problem",
                found(
                        sources,
                        "(?:ProblemException\\(\\s*HttpStatus\\.\\w+,|conflict\\(|unfit\\(|tooMany\\()\\s*\"([a-z-]+)\""));
        families.put("breach", words(Breach.Rule.values()));
        families.put("category", words("terrorism", "child_sexual_abuse", "gambling"));
        families.put("language", words("id", "en"));
        families.put("list", hidden("notices.NoticeLists$Kind"));
        families.put("cases", hidden("cases.CaseQueue$Kind"));
        families.put("step", hidden("notices.Step"));
        families.put("file-use", words("evidence", "letter"));
        families.put("which", words("all", "chosen"));
        families.put("template", hidden("dialogue.Template"));
        families.put("template-text", hidden("dialogue.Template"));
        families.put("turn", words("question", "answer", "remark"));
        families.put("turn-state", words("waiting"));
        families.put("dialogue-side", words("authority", "platform"));
        families.put("dialogue-done", words("asked", "answered", "remarked"));
        families.put("note", words("draft", "asked", "refused", "ended", "over"));
        families.put("note-target", words(NoteText.Target.values()));
        families.put("note-done", words("drafted", "approved", "discarded", "ended", "erased"));
        families.put("renewal", words("asked", "renewed", "refused"));
        families.put(
                "rejected-kind",
                words(
                        "acknowledgement",
                        "call-back",
                        "call-back-answer",
                        "clarification",
                        "decision",
                        "erasure",
                        "interim",
                        "measures",
                        "non-disclosure",
                        "question",
                        "remark",
                        "withdrawal"));
        families.put("twins", words("some"));
        families.put("twin-left", hidden("cases.Carrying$Left"));
        families.put("said", words("clarification", "withdrawal"));
        families.put(
                "tell",
                both(hidden("notifications.Kind"), words("text", "test", "code", "emergency")));
        families.put("news", hidden("notifications.Kind"));
        families.put("channel", words(Channel.values()));
        families.put("delivery-state", hidden("notifications.NotificationOutbox$State"));
        families.put(
                "trouble",
                found(
                        sources,
                        "\"((?:mail|webhook|telegram)-(?!id|timestamp|signature)[a-z]+) ?\""));
        families.put("reach.wrong", words("mail", "webhook"));
        families.put("on-call-done", words("set", "stand-in", "ended", "handed-over"));
        families.put("weekday", words(DayOfWeek.values()));
        families.put("evidence", hidden("evidence.Choice$Group"));
        families.put("erasure-ground", words(ErasureGround.values()));
        families.put("erase-what", words("items", "everything"));
        families.put("key-change", words(KeyStatement.Reason.values()));
        families.put("key-state", words("in-force", "replaced", "revoked"));
        families.put(
                "key-use",
                words(
                        "message",
                        "checkpoint",
                        "witness",
                        "checkpoint-ml-dsa-44",
                        "witness-ml-dsa-44"));
        families.put("key-refused", words(RefusedStatementException.Why.values()));
        families.put("entry", hidden("journal.EntryKind"));
        families.put(
                "notice.done",
                words(
                        "drafted",
                        "approved",
                        "withdrawn",
                        "erased",
                        "approved-step",
                        "stopped-step",
                        "called-step"));
        families.put("agreement-refusal", underscored("agreement.RefusalRule"));
        families.put(
                "agreement.source",
                words(
                        Arrays.stream(Source.values())
                                .filter(one -> one != Source.GIVEN)
                                .toArray(Source[]::new)));
        families.put("kept", hidden("erasure.Kept"));
        families.put("case-done", words("erased", "confirmed", "returned", "withheld", "shown"));
        families.put("interim-ending", words(InterimRecords.Ending.values()));
        families.put("ladder-action", words(Ladder.Action.values()));
        families.put("ladder-act", hidden("escalation.Said$Kind"));
        for (String family :
                List.of("ladder-title", "ladder-back", "ladder-open", "ladder-answered")) {
            families.put(family, words(Ladder.Silence.values()));
        }
        families.put("clock-about", words(Ladder.Silence.values()));
        families.put(
                "call-outcome", words("answered", "left_message", "no_answer", "wrong_number"));
        Set<String> rungs =
                words(
                        "behind",
                        "no-silence",
                        "ahead",
                        "to-announce",
                        "announced",
                        "waits-approval",
                        "waits-cosignature",
                        "due",
                        "done",
                        "stopped",
                        "not-needed");
        families.put("rung", rungs);
        families.put("rung-says", rungs);
        families.put("left", hidden("escalation.OpenClocks$Left"));
        families.put("standstill", words(Deadline.Cause.values()));
        families.putAll(ofScorecard());
        families.put("resume.text", hidden("pages.Resume$Reason"));
        families.put("sign-in", words("expired", "lost", "stale", "out", "kept", "kept-in-part"));
        families.put("clock", words("late", "soon", "calm", "stopped"));
        families.put(
                "error",
                words(
                        "400.title",
                        "400.text",
                        "403.title",
                        "403.text",
                        "404.title",
                        "404.text",
                        "405.title",
                        "405.text",
                        "409.title",
                        "413.title",
                        "413.text",
                        "422.title",
                        "429.title",
                        "429.text",
                        "500.title",
                        "500.text",
                        "500.sent"));
        families.merge(
                "field",
                found(templates, "(?:text|area|select|radio|file)Field\\([^,]*, '(\\w+)'"),
                TextFamiliesTest::both);
        families.put("entry-rule", words(EntryRule.values()));
        for (String family : List.of("entry-kind", "entry-kinds", "entry-new")) {
            families.put(family, words(Entry.Kind.values()));
        }
        families.put("freshness", words(Standing.Freshness.values(), "expired"));
        families.put("difference", words("new", "changed", "same"));
        families.put("duty", words("on", "off"));
        families.put("last-drill", words("late", "silent"));
        families.put(
                "drill-result", words(Drill.Result.values(), one -> ((Drill.Result) one).wire()));
        families.put("answered-by", words(Drill.By.values()));
        families.put("call-outcome", words(CallBack.Outcome.values()));
        families.put("register-event", hidden("contacts.OwnRegister$Event"));
        families.put("register-done", words("saved", "confirmed", "removed", "erased", "sent"));
        families.put("drill-done", words("planned", "unplanned", "answered"));
        families.put("drill-problem", words("no-contacts"));
        families.put("register-tab", words("register", "who-to-call", "drills"));
        Set<String> emergencies =
                listed(tables, "create table emergencies .*?state in \\(([^)]*)\\)");
        families.put("emergency", emergencies);
        families.put("emergency-state", emergencies);
        families.put("register-state", underscored("publicregister.RegisterIndex$Which"));
        families.put("public-name", words("blocked", "lifting", "open", "unreachable"));
        families.put("lift-cause", words("ordered", "term"));
        families.put("feed", words("blocked", "renewed", "lift"));
        Set<String> appeals = words("open", "overdue", "granted", "rejected", "withdrawn");
        families.put("appeal-state", appeals);
        families.put("appeal-says", words("granted", "rejected", "withdrawn"));
        families.put(
                "appeal-restored",
                words("restored", "restored-late", "restoring", "overdue", "stays"));
        families.put("appeal-result", words(AppealOutcome.Result.values()));
        families.put("appeal-list", hidden("appeals.AppealViews$Which"));
        families.put(
                "appeal-done",
                words(
                        "claimed",
                        "released",
                        "decided",
                        "approved-step",
                        "stopped-step",
                        "called-step"));
        families.put(
                "appeal-in-the-way",
                words("undisclosed", "not_restricted", "not_appellant", "too_late"));
        families.put("appellant", words("author", "association"));
        families.put("objection-kind", hidden("objections.Filing$Kind"));
        families.put("objection-refused", underscored("objections.Forms$Refusal"));
        families.put("objection-list", hidden("objections.ObjectionQueue$Which"));
        families.put("objection-state", words("open", "overdue", "upheld", "rejected"));
        families.put("objection-done", words("claimed", "released", "answered", "wanted"));
        families.put("access-rule", words(AccessRule.values()));
        families.put("concern", words(Concern.values()));
        families.put("concern-weight", words(Concern.Weight.values()));
        families.put("verdict-why", words(Verdict.Why.values()));
        families.put("name-state", words(NameState.values(), "not_asked"));
        families.put("name-state-letter", words(NameState.values()));
        families.put("measured-canary", words(Canary.values()));
        families.put("happening", words(Happening.values()));
        families.put("difference", words(Happening.values()));
        families.put("trace", underscored("story.Trace"));
        families.put("story-mark", words("minute", "day", "evening"));
        families.put("measured-source", underscored("resolvers.Readings$Source"));
        families.put("resolver-software", underscored("resolvers.Resolver$Software"));
        families.put("resolver-transport", underscored("resolvers.Resolver$Transport"));
        families.put("resolver-asked", underscored("resolvers.Resolver$AskedFrom"));
        families.put(
                "resolver-done",
                words(
                        "written",
                        "waits",
                        "confirmed",
                        "removed",
                        "probe",
                        "probe-removed",
                        "closed"));
        families.put(
                "reminder-state",
                listed(tables, "create table lift_reminders .*?state in \\(([^)]*)\\)"));
        Set<String> blockStates =
                words(
                        "drafted",
                        "approved_by_one",
                        "waits_signature",
                        "approved",
                        "announced",
                        "in_force",
                        "lift_ordered",
                        "lifting",
                        "lifted",
                        "lifted_except_unreachable",
                        "ended");
        families.put("block-state", blockStates);
        families.put("block-state-says", blockStates);
        families.put("lift-proposal", words(org.jalur.access.order.Standing.Proposal.values()));
        families.put("access-meant", words(Scope.Meant.values()));
        families.put("access-step", words("renewal", "lift"));
        families.put("condition-state", words("met", "open"));
        families.put(
                "condition-type",
                words(
                        "content_gone",
                        "contact_answers",
                        "agreement_in_force",
                        "representative_confirmed"));
        families.put(
                "access-event",
                words(
                        "approved",
                        "announced",
                        "withdrawn",
                        "answered",
                        "condition_met",
                        "lift_promised",
                        "renewed",
                        "block_published",
                        "lift_ordered",
                        "lift_published",
                        "lift_measured",
                        "objected",
                        "objection_answered",
                        "answer",
                        "refusal",
                        "gone"));
        families.put(
                "access-done",
                words(
                        "drafted",
                        "approved",
                        "sent",
                        "discarded",
                        "announced",
                        "withdrawn",
                        "promised",
                        "met",
                        "lifted",
                        "lift-wanted",
                        "renewed",
                        "renewal-wanted",
                        "answered",
                        "approved-step",
                        "stopped-step",
                        "called-step"));
        families.put("zones", underscored("zones.ZoneName"));
        families.put("zone-standing", underscored("zones.ZoneViews$Standing"));
        families.put(
                "zone-fetched",
                listed(tables, "create table zone_secondaries .*?fetched in \\(([^)]*)\\)"));
        families.put("zone-import", underscored("zones.ZoneImport$State"));
        families.put("zone-import-done", words("approved", "refused"));
        families.put(
                "zone-export",
                found(sources, "[A-Z_]+\\(\"([a-z-]+\\.(?:txt|zone|conf|lua))\"\\)"));
        families.put("shortcut", listed(templates, "each=\"key : \\$\\{ \\{([^}]*)\\}"));
        return families;
    }

    private static Map<String, Set<String>> ofScorecard() {
        Map<String, Set<String>> families = new TreeMap<>();
        Set<String> figures =
                words(
                        "valid",
                        "overturned",
                        "duplicates",
                        "missed",
                        "to-receipt",
                        "to-opening",
                        "to-decision",
                        "to-block");
        families.put("card-figure", figures);
        families.put("card-says", figures);
        families.put(
                "card-notices", words("received", "refused", "withdrawn", "opened", "decided"));
        families.put(
                "card-items",
                words(
                        "blocked",
                        "withheld",
                        "refused",
                        "asked",
                        "impossible",
                        "undecided",
                        "withdrawn",
                        "refused-with-notice"));
        families.put(
                "card-deadlines",
                words("in-time", "late", "overdue", "running", "standing", "withdrawn"));
        families.put("card-duplicates", words("while-open", "after-decision", "incomparable"));
        families.put("scorecard.by", words("category", "kind", "urgency"));
        families.put("scorecard.column", words("category", "kind", "urgency"));
        return families;
    }

    @Test
    void everyComputedKeyIsThere() throws Exception {
        var needed = new TreeSet<String>();
        families()
                .forEach((family, words) -> {
                    assertThat(words).as(family).isNotEmpty();
                    words.forEach(word -> needed.add(family + "." + word));
                });

        assertThat(needed).hasSizeGreaterThan(200);
        needed.removeAll(keys());
        assertThat(needed).as("computed keys without a text").isEmpty();
    }

    @Test
    void everyFamilyThatIsComputedIsTestedHere() throws Exception {
        var used = new TreeSet<String>();
        used.addAll(
                found(
                        text(SOURCES, ".java"),
                        "(?:texts\\.name|[ (]name|named)\\(\\s*\"([a-z-]+)\""));
        used.addAll(found(text(SOURCES, ".java"), "(?:say|find)\\(\\s*\"([a-z.-]+)\\.\" \\+"));
        used.addAll(
                found(
                        text(RESOURCES.resolve("templates"), ".html"),
                        "texts\\.name\\('([a-z-]+)'|tag\\('([a-z-]+)'|\\{\\$\\{'([a-z.-]+)\\.'"));

        used.removeAll(families().keySet());
        assertThat(used).as("families that are not listed above").isEmpty();
    }

    /** Heads of tables and the like: keys that templates hand to fragments. */
    @Test
    void everyKeyThatATemplateHandsOnIsThere() throws Exception {
        var handed =
                found(
                        text(RESOURCES.resolve("templates"), ".html"),
                        "'#?((?:column|field|form|settings|accounts|menu)\\.[a-zA-Z.-]*[a-zA-Z])'");

        assertThat(handed).hasSizeGreaterThan(20);
        handed.removeAll(keys());
        assertThat(handed).as("keys without a text").isEmpty();
    }
}

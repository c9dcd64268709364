package org.jalur.node.agreement;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Organisation;
import org.jalur.agreement.Version;
import org.jalur.agreement.text.AgreementText;
import org.jalur.node.pages.Form;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of an agreement that people change most, as fields of a form. */
final class ProposalForm {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> VOLUME =
            List.of("noticesPerDay", "itemsPerNotice", "itemsPerDay");

    private ProposalForm() {}

    static Map<String, String> values(Agreement agreement) {
        Map<String, String> values = new HashMap<>();
        values.put("agreementTitle", agreement.title());
        values.put("from", agreement.term().from().toString());
        agreement.term().until().ifPresent(day -> values.put("until", day.toString()));
        values.put("urgentHours", hours(agreement, "urgent"));
        values.put("normalHours", hours(agreement, "normal"));
        values.put("noticesPerDay", String.valueOf(agreement.volume().noticesPerDay()));
        values.put("itemsPerNotice", String.valueOf(agreement.volume().itemsPerNotice()));
        values.put("itemsPerDay", String.valueOf(agreement.volume().itemsPerDay()));
        values.put(
                "entitled",
                String.join(
                        "\n", agreement.organisations().stream().map(Organisation::name).toList()));
        return values;
    }

    /** Of the general deadline, where it is whole hours; else empty, and then it stays. */
    private static String hours(Agreement agreement, String urgency) {
        return agreement.deadlines().stream()
                .filter(one -> one.key().equals("*/*/" + urgency))
                .map(one -> one.allowance())
                .filter(Allowance.Within.class::isInstance)
                .map(one -> ((Allowance.Within) one).time())
                .filter(time -> time.toSeconds() % 3600 == 0)
                .map(time -> String.valueOf(time.toHours()))
                .findFirst()
                .orElse("");
    }

    /** Where a clause is mended; the text itself, where no other field has it. */
    static String field(String clause) {
        String[] steps = clause.split("\\.");
        String last = steps[steps.length - 1];
        return switch (steps[0]) {
            case "authority", "platform" ->
                    steps[0]
                            + switch (last) {
                                case "name" -> "Representative";
                                case "capacity" -> "Capacity";
                                case "number" -> "Number";
                                case "role" -> "Role";
                                default -> "Country";
                            };
            case "title" -> "agreementTitle";
            case "term" -> last.equals("until") ? last : "from";
            case "volume" -> VOLUME.contains(last) ? last : VOLUME.getFirst();
            case "organisations", "kinds", "accessBlocks" -> "entitled";
            default -> "agreementText";
        };
    }

    /**
     * @param form with what is wrong
     * @param text absent if something is
     */
    record Built(Form form, Optional<byte[]> text) {}

    /**
     * @param base that the form began with
     * @param version that the proposal must be
     * @param say what is wrong, by the key of its text
     */
    static Built build(
            AgreementText base, Version version, Form form, Function<String, String> say) {
        ObjectNode text =
                (ObjectNode) JSON.readTree(new String(base.octets(), StandardCharsets.UTF_8));
        ObjectNode numbered = text.putObject("version").put("number", version.number());
        version.previous().ifPresent(digest -> numbered.put("previous", digest.hex()));
        text.put("title", form.value("agreementTitle").strip());
        var fields = new Fields(form, say);
        ObjectNode term = object(text, "term");
        fields.date("from").ifPresent(day -> term.put("from", day.toString()));
        if (form.value("until").isBlank()) {
            term.remove("until");
        } else {
            fields.date("until").ifPresent(day -> term.put("until", day.toString()));
        }
        fields.hours("urgentHours").ifPresent(time -> allow(text, "urgent", time));
        fields.hours("normalHours").ifPresent(time -> allow(text, "normal", time));
        for (String field : VOLUME) {
            fields.number(field).ifPresent(number -> object(text, "volume").put(field, number));
        }
        entitle(
                text,
                form.value("entitled")
                        .lines()
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList());
        return new Built(
                fields.form,
                fields.form.isWrong()
                        ? Optional.empty()
                        : Optional.of(JSON.writeValueAsBytes(text)));
    }

    private static final class Fields {
        private final Function<String, String> say;
        private Form form;

        Fields(Form form, Function<String, String> say) {
            this.form = form;
            this.say = say;
        }

        Optional<LocalDate> date(String field) {
            try {
                return Optional.of(LocalDate.parse(form.value(field).strip()));
            } catch (DateTimeParseException _) {
                form = form.wrong(field, say.apply("agreements.wrong.date"));
                return Optional.empty();
            }
        }

        Optional<Integer> number(String field) {
            try {
                return Optional.of(Integer.valueOf(form.value(field).strip()));
            } catch (NumberFormatException _) {
                form = form.wrong(field, say.apply("agreements.wrong.number"));
                return Optional.empty();
            }
        }

        Optional<Duration> hours(String field) {
            return form.value(field).isBlank()
                    ? Optional.empty()
                    : number(field).map(Duration::ofHours);
        }
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return (ObjectNode) parent.path(name);
    }

    /** The general deadline of an urgency; what counts as time stays. */
    private static void allow(ObjectNode text, String urgency, Duration time) {
        for (JsonNode deadline : text.path("deadlines")) {
            if (deadline.path("urgency").asString().equals(urgency)
                    && !deadline.has("category")
                    && !deadline.has("kind")) {
                String counting = deadline.at("/allowance/counting").asString("wall_clock");
                ((ObjectNode) deadline)
                        .putObject("allowance")
                        .put("type", "within")
                        .put("time", time.toString())
                        .put("counting", counting);
            }
        }
    }

    /** New organisations get the rights of the first; whoever is left out loses all. */
    private static void entitle(ObjectNode text, List<String> names) {
        ArrayNode before = (ArrayNode) text.path("organisations");
        Map<String, ObjectNode> known = new HashMap<>();
        before.forEach(one -> known.put(one.path("name").asString(), (ObjectNode) one));
        List<String> added = names.stream().filter(name -> !known.containsKey(name)).toList();
        ArrayNode after = text.putArray("organisations");
        for (String name : names) {
            @Nullable ObjectNode there = known.get(name);
            ObjectNode one =
                    there == null
                            ? ((ObjectNode) before.get(0)).deepCopy().put("name", name)
                            : there;
            for (String field : VOLUME) {
                ObjectNode volume = object(one, "volume");
                volume.put(
                        field,
                        Math.min(volume.path(field).asInt(), text.at("/volume/" + field).asInt()));
            }
            after.add(one);
        }
        text.path("kinds").forEach(kind -> keep((ObjectNode) kind, names, added));
        if (text.has("accessBlocks")) {
            keep(object(text, "accessBlocks"), names, added);
        }
    }

    private static void keep(ObjectNode clause, List<String> names, List<String> added) {
        List<String> may = new ArrayList<>();
        clause.path("organisations").forEach(one -> may.add(one.asString()));
        may.retainAll(names);
        may.addAll(added);
        ArrayNode organisations = clause.putArray("organisations");
        may.stream().sorted().forEach(organisations::add);
    }
}

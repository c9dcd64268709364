package org.jalur.tools;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jalur.screening.check.Hit;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.text.Form;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A hit as a line of JSON. */
final class HitLine {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper ASCII =
            JsonMapper.builder(
                            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
                    .build();

    private HitLine() {}

    static String of(String id, Hit hit) {
        Map<String, Object> line = object(id, hit);
        String json = JSON.writeValueAsString(line);
        // Half a surrogate pair has no UTF-8; as an escape the offsets stay right.
        return isWhole(json) ? json : ASCII.writeValueAsString(line);
    }

    private static Map<String, Object> object(String id, Hit hit) {
        ListEntry entry = hit.listed().entry();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("list", hit.listed().list());
        line.put("line", hit.listed().line());
        line.put("signal", entry.kind().word());
        line.put("value", entry.value());
        entry.sourceId().ifPresent(source -> line.put("sourceId", source));
        entry.label().ifPresent(label -> line.put("label", label));
        line.put("matched", hit.matched());
        hit.span()
                .ifPresent(span -> {
                    line.put("start", span.start());
                    line.put("end", span.end());
                    line.put("places", hit.places());
                });
        hit.form().ifPresent(form -> line.put("form", word(form)));
        hit.distance().ifPresent(distance -> line.put("distance", distance));
        return line;
    }

    private static String word(Form form) {
        return switch (form) {
            case STRICT -> "strict";
            case LOOSE -> "loose";
        };
    }

    private static boolean isWhole(String text) {
        return text.codePoints()
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}

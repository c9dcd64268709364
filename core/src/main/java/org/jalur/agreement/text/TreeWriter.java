package org.jalur.agreement.text;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes the records of an agreement as JSON, members in the order of their components. */
final class TreeWriter {
    private TreeWriter() {}

    static byte[] write(Record agreement) {
        var text = new StringWriter();
        try (JsonGenerator json =
                StrictTree.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            object(json, agreement, agreement.getClass());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void object(JsonGenerator json, Object record, Class<?> declared) {
        json.writeStartObject();
        if (declared.isSealed()) {
            json.writeStringProperty(TreeReader.TYPE, Records.name(record.getClass()));
        }
        for (RecordComponent component : Records.components(record.getClass())) {
            Object value = Records.value(component, record);
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(present -> {
                    json.writeName(component.getName());
                    value(json, present, Records.raw(Records.element(component.getGenericType())));
                });
            } else {
                json.writeName(component.getName());
                value(json, value, component.getType());
            }
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Object value, Class<?> declared) {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Enum<?> constant -> json.writeString(Records.name(constant));
            case Collection<?> elements -> {
                json.writeStartArray();
                // The elements of a list are records of one type, never a choice.
                elements.forEach(element -> value(json, element, element.getClass()));
                json.writeEndArray();
            }
            case Record record when !Spelling.areFor(record.getClass()) ->
                    object(json, record, declared);
            default -> json.writeString(Spelling.write(value));
        }
    }
}

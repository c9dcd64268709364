package org.jalur.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Known-answer files made by others, under `src/test/resources`.
record Vectors(Path folder) {
    static Vectors in(String folder) {
        return new Vectors(Path.of("src/test/resources").resolve(folder));
    }

    Stream<Path> files(String ending) {
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder)) {
            found =
                    all.filter(Files::isRegularFile)
                            .filter(file -> file.toString().endsWith(ending))
                            .sorted()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }

    String text(String name) {
        return NoteText.decode(bytes(folder.resolve(name)));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        return JsonMapper.shared().readTree(bytes(file));
    }

    static List<byte[]> base64s(JsonNode array) {
        List<byte[]> decoded = new ArrayList<>();
        array.forEach(element -> decoded.add(base64(element)));
        return decoded;
    }

    static byte[] base64(JsonNode text) {
        return Base64.getDecoder().decode(text.asString());
    }
}

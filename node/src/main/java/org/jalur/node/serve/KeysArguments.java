package org.jalur.node.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words behind {@code ./jalur keys}: a command, its arguments, and options with a value. */
final class KeysArguments {
    private final String usage;
    private final List<String> positional = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();

    private KeysArguments(String usage) {
        this.usage = usage;
    }

    static KeysArguments of(List<String> words, String usage) {
        var arguments = new KeysArguments(usage);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                arguments.positional.add(word);
            } else if (i + 1 == words.size()
                    || arguments.options.put(word, words.get(++i)) != null) {
                throw arguments.wrong();
            }
        }
        return arguments;
    }

    String command() {
        return positional.isEmpty() ? "" : positional.getFirst();
    }

    /** How many arguments follow the command, and which options there may be. */
    void require(int count, List<String> known) {
        if (positional.size() != count + 1 || !known.containsAll(options.keySet())) {
            throw wrong();
        }
    }

    RefusedException wrong() {
        return new RefusedException(usage);
    }

    String positional(int index) {
        return positional.get(index + 1);
    }

    Path path(int index) {
        return Path.of(positional(index)).toAbsolutePath();
    }

    Optional<Path> option(String name) {
        return Optional.ofNullable(options.get(name)).map(value -> Path.of(value).toAbsolutePath());
    }

    String text(String name) {
        return Optional.ofNullable(options.get(name)).orElseThrow(this::wrong);
    }
}

package org.jalur.node.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words behind {@code ./jalur keys} and its like: a command, arguments, options with a value.
 */
public final class CommandArguments {
    private final String usage;
    private final List<String> positional = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();

    private CommandArguments(String usage) {
        this.usage = usage;
    }

    public static CommandArguments of(List<String> words, String usage) {
        var arguments = new CommandArguments(usage);
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

    public String command() {
        return positional.isEmpty() ? "" : positional.getFirst();
    }

    /** How many arguments follow the command, and which options there may be. */
    public void require(int count, List<String> known) {
        if (positional.size() != count + 1 || !known.containsAll(options.keySet())) {
            throw wrong();
        }
    }

    public RefusedException wrong() {
        return new RefusedException(usage);
    }

    public String positional(int index) {
        return positional.get(index + 1);
    }

    public Path path(int index) {
        return Path.of(positional(index)).toAbsolutePath();
    }

    public Optional<Path> option(String name) {
        return Optional.ofNullable(options.get(name)).map(value -> Path.of(value).toAbsolutePath());
    }

    /** An option that is no path. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public String text(String name) {
        return Optional.ofNullable(options.get(name)).orElseThrow(this::wrong);
    }
}

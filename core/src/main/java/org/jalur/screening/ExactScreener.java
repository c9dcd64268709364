package org.jalur.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds content that is the same once normalised, by look-up of the value itself. */
public final class ExactScreener implements Screener {
    private record Key(Signal signal, String value) {}

    private final Map<Key, List<Signature>> signatures = new ConcurrentHashMap<>();

    @Override
    public List<Match> screen(Content content) {
        var matches = new ArrayList<Match>();
        content.files().forEach(file -> find(Signal.FILE, file, content, matches));
        content.text()
                .ifPresent(text -> find(Signal.TEXT, Normalised.text(text), content, matches));
        content.urls().stream()
                .flatMap(url -> Normalised.url(url).stream())
                .distinct()
                .forEach(url -> find(Signal.URL, url, content, matches));
        return matches;
    }

    private void find(Signal signal, String value, Content content, List<Match> matches) {
        signatures.getOrDefault(new Key(signal, value), List.of()).stream()
                .filter(signature -> signature.countsIn(content))
                .forEach(signature -> matches.add(new Match(signature)));
    }

    @Override
    public void add(Signature signature) {
        signatures.merge(
                new Key(signature.signal(), signature.value()),
                List.of(signature),
                (old, added) -> {
                    var all = new ArrayList<>(old);
                    all.removeIf(one -> one.id().equals(signature.id()));
                    all.addAll(added);
                    return List.copyOf(all);
                });
    }

    @Override
    public void remove(Signature signature) {
        signatures.computeIfPresent(
                new Key(signature.signal(), signature.value()),
                (_, old) -> {
                    List<Signature> left =
                            old.stream().filter(one -> !one.id().equals(signature.id())).toList();
                    return left.isEmpty() ? null : left;
                });
    }
}

package org.jalur.screening.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jalur.screening.check.Hit.Span;
import org.jalur.screening.exact.KeyBatch;
import org.jalur.screening.image.PictureHash;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.text.PhraseHit;
import org.jalur.screening.text.PhraseSearch;
import org.jalur.screening.url.CanonicalUrl;
import org.jalur.screening.url.Found;
import org.jalur.screening.url.Handle;

/// Compares one publication after another with a {@link ListSet}. One thread at a time.
public final class ListSearch {
    private final ListSet set;
    private final PhraseSearch words = new PhraseSearch();
    private final KeyBatch keys;

    /// Where each key of the batch comes from.
    private final List<Source> sources = new ArrayList<>();

    private record Source(String matched, Optional<Span> span) {}

    ListSearch(ListSet set) {
        this.set = set;
        this.keys = new KeyBatch(set.exact().table().hash());
    }

    /// Every entry that a publication matches, in the order of the lists and their entries.
    public List<Hit> find(Publication publication) {
        var found = new FoundHits(set);
        publication.text().ifPresent(text -> text(text, found));
        exact(publication, found);
        for (PictureHash picture : publication.pictures()) {
            picture(picture, found);
        }
        for (Tlsh digest : publication.similar()) {
            similar(digest, found);
        }
        return found.hits();
    }

    private void text(String text, FoundHits found) {
        if (set.phrases().table().size() > 0) {
            for (PhraseHit hit : words.in(text).find(set.phrases().table())) {
                found.words(
                        set.phrases().entry().applyAsInt(hit.ordinal()),
                        text,
                        new Span(hit.start(), hit.end()),
                        hit.form());
            }
        }
        if (set.similar().table().size() > 0) {
            Tlsh.of(text.getBytes(UTF_8)).ifPresent(digest -> similar(digest, found));
        }
    }

    private void exact(Publication publication, FoundHits found) {
        if (set.exact().table().size() == 0) {
            return;
        }
        keys.clear();
        sources.clear();
        publication.sha256().forEach(hex -> add(ExactKeys.sha256(hex), given(hex)));
        publication.md5().forEach(hex -> add(ExactKeys.md5(hex), given(hex)));
        String text = publication.text().orElse("");
        if (set.hasAddresses()) {
            set.finder().find(text).forEach(place -> add(place, text));
            for (Publication.Address address : publication.addresses()) {
                add(address.url(), Handle.of(address.url()), given(address.written()));
            }
        }
        List<Long> matches = new ArrayList<>();
        set.exact()
                .table()
                .find(keys, (place, at) -> matches.add((long) place << Integer.SIZE | at));
        // The table reports the keys in any order.
        Collections.sort(matches);
        for (long match : matches) {
            Source source = sources.get((int) (match >>> Integer.SIZE));
            int entry = set.exact().entry().applyAsInt((int) match);
            source.span()
                    .ifPresentOrElse(
                            span -> found.inText(entry, text, span),
                            () -> found.same(entry, source.matched()));
        }
    }

    private static Source given(String matched) {
        return new Source(matched, Optional.empty());
    }

    private void add(Found place, String text) {
        var span = new Span(place.start(), place.end());
        var source = new Source(text.substring(span.start(), span.end()), Optional.of(span));
        switch (place) {
            case Found.Link link -> add(link.url(), link.handle(), source);
            case Found.Name name -> add(name.handle(), source);
        }
    }

    private void add(CanonicalUrl url, Optional<Handle> handle, Source source) {
        ExactKeys.of(url, key -> add(key, source));
        handle.ifPresent(named -> add(named, source));
    }

    private void add(Handle handle, Source source) {
        ExactKeys.of(handle, key -> add(key, source));
    }

    private void add(byte[] key, Source source) {
        keys.add(key, 0, key.length);
        sources.add(source);
    }

    private void picture(PictureHash picture, FoundHits found) {
        CheckRules rules = set.rules();
        if (picture.quality() < rules.pdqQuality() || set.pictures().table().size() == 0) {
            return;
        }
        set.pictures()
                .table()
                .search(
                        picture.hash(),
                        rules.pdqRadius(),
                        (ordinal, distance) -> {
                            int entry = set.pictures().entry().applyAsInt(ordinal);
                            if (distance <= rules.pdqRadius(set.entry(entry).entry())) {
                                found.near(entry, picture.hash().toString(), distance);
                            }
                        });
    }

    private void similar(Tlsh digest, FoundHits found) {
        if (set.similar().table().size() == 0) {
            return;
        }
        set.similar()
                .table()
                .search(
                        digest,
                        Tlsh.NEAR,
                        (ordinal, distance) -> {
                            int entry = set.similar().entry().applyAsInt(ordinal);
                            if (distance <= CheckRules.tlshDistance(set.entry(entry).entry())) {
                                found.near(entry, digest.toString(), distance);
                            }
                            return true;
                        });
    }
}

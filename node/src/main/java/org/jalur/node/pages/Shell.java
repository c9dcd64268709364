package org.jalur.node.pages;

import java.util.List;
import java.util.Optional;

/**
 * What stands around each page.
 *
 * @param party whose node it is
 * @param host who runs the node for that party, if not the party itself
 * @param person who is signed in
 * @param menu where this person may go
 * @param language of the page, ISO 639-1
 * @param alerts how many this person has not looked at, at most one above {@link AlertCount#MOST}
 * @param here path to come back to after the language was changed
 */
public record Shell(
        String party,
        boolean authority,
        Optional<String> host,
        Optional<Person> person,
        List<Group> menu,
        String language,
        int alerts,
        String here) {

    /**
     * @param role as people read it
     */
    public record Person(String name, String role) {}

    /**
     * Pages that belong together; the first one stands for all.
     *
     * @param key of its words
     */
    public record Group(String key, List<Entry> pages) {
        public Group {
            pages = List.copyOf(pages);
        }

        public String path() {
            return pages.getFirst().path();
        }

        public boolean current() {
            return pages.stream().anyMatch(Entry::current);
        }
    }

    /**
     * @param key of its words
     * @param current whether the page that is shown belongs to it
     */
    public record Entry(String key, String path, boolean current) {}

    /** The pages beside the one that is shown; empty if it has none. */
    public List<Entry> beside() {
        return menu.stream()
                .filter(Group::current)
                .map(Group::pages)
                .filter(pages -> pages.size() > 1)
                .findFirst()
                .orElse(List.of());
    }
}

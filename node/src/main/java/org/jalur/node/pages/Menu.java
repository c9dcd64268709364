package org.jalur.node.pages;

import static org.jalur.node.accounts.Role.ADMIN;
import static org.jalur.node.accounts.Role.APPROVER;
import static org.jalur.node.accounts.Role.AUDITOR;
import static org.jalur.node.accounts.Role.OFFICER;
import static org.jalur.node.accounts.Role.REVIEWER;
import static org.jalur.node.accounts.Role.SENIOR_REVIEWER;
import static org.jalur.node.accounts.Role.SIGNATORY;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jalur.node.accounts.Role;

/**
 * Where a role may go from everywhere: groups of pages, each of which begins with the one that its
 * readers use most. A group with one page is that page.
 */
final class Menu {
    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
    private static final Set<Role> DESK = EnumSet.of(OFFICER, APPROVER);
    private static final Set<Role> REVIEW = EnumSet.of(REVIEWER, SENIOR_REVIEWER);
    private static final Set<Role> READERS =
            EnumSet.of(OFFICER, APPROVER, REVIEWER, SENIOR_REVIEWER, AUDITOR);

    private static final List<Group> GROUPS =
            List.of(
                    new Group("menu.home", place("/", "menu.home", EVERYBODY)),
                    new Group(
                            "menu.notices",
                            place("/notices", "menu.notices", DESK),
                            place("/notice-forms", "menu.forms", EnumSet.of(OFFICER)),
                            place("/appeals", "menu.appeals", DESK),
                            place("/clocks", "menu.clocks", DESK),
                            place("/notes", "menu.notes", DESK)),
                    new Group(
                            "menu.cases",
                            place("/cases", "menu.cases", REVIEW),
                            place("/appeals", "menu.appeals", with(REVIEW, AUDITOR)),
                            place("/clocks", "menu.clocks", with(REVIEW, AUDITOR)),
                            place("/notes", "menu.notes", with(REVIEW, AUDITOR))),
                    new Group(
                            "menu.lists",
                            place("/lists", "menu.lists", with(REVIEW, AUDITOR)).ofPlatforms(),
                            place("/hits", "menu.hits", with(REVIEW, AUDITOR)).ofPlatforms(),
                            place("/sent-lists", "menu.sent-lists", with(DESK, AUDITOR))
                                    .ofAuthorities()),
                    new Group(
                            "menu.access",
                            place("/access-blocks", "menu.access", READERS),
                            place("/objections", "menu.objections", with(DESK, AUDITOR))
                                    .ofAuthorities(),
                            place("/resolvers", "menu.resolvers", with(DESK, AUDITOR, ADMIN))
                                    .ofAuthorities()
                                    .and("/probes"),
                            place("/zones", "menu.zones", with(DESK, AUDITOR, ADMIN))
                                    .ofAuthorities()),
                    new Group(
                            "menu.agreed",
                            place("/agreements", "menu.agreements", EVERYBODY)
                                    .and("/agreement-templates"),
                            place("/register", "menu.register", EVERYBODY).and("/drills"),
                            place("/who-to-call", "menu.who-to-call", EVERYBODY)),
                    new Group(
                            "menu.records",
                            place("/scorecard", "menu.scorecard", with(READERS, SIGNATORY)),
                            place("/journal", "menu.journal", EVERYBODY),
                            place(
                                    "/retention",
                                    "menu.retention",
                                    EnumSet.of(APPROVER, SENIOR_REVIEWER, AUDITOR))),
                    new Group(
                            "menu.accounts",
                            place("/accounts", "menu.accounts", EnumSet.of(ADMIN)),
                            place("/keys", "menu.keys", EnumSet.of(ADMIN))),
                    new Group("menu.story", place("/story", "menu.story", READERS)));

    private Menu() {}

    /**
     * @param key of what it is called where it has several pages
     */
    private record Group(String key, List<Place> places) {
        Group(String key, Place... places) {
            this(key, List.of(places));
        }
    }

    /**
     * @param also where else the pages lie that belong to it
     */
    private record Place(
            String path,
            String key,
            Set<Role> readers,
            boolean authorities,
            boolean platforms,
            List<String> also) {
        Place ofAuthorities() {
            return new Place(path, key, readers, true, false, also);
        }

        Place ofPlatforms() {
            return new Place(path, key, readers, false, true, also);
        }

        Place and(String... more) {
            return new Place(path, key, readers, authorities, platforms, List.of(more));
        }

        boolean isFor(Role role, boolean authority) {
            return readers.contains(role) && (authority ? authorities : platforms);
        }

        boolean holds(String page) {
            return Stream.concat(Stream.of(path), also.stream())
                    .anyMatch(start -> Menu.isUnder(start, page));
        }
    }

    private static Place place(String path, String key, Set<Role> readers) {
        return new Place(path, key, readers, true, true, List.of());
    }

    private static Set<Role> with(Set<Role> roles, Role... more) {
        var all = EnumSet.copyOf(roles);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static boolean isUnder(String start, String page) {
        return page.equals(start) || (!start.equals("/") && page.startsWith(start + "/"));
    }

    /**
     * @param page path of the page that is shown
     * @param story whether this node has the story of the demo
     */
    static List<Shell.Group> of(Role role, boolean authority, String page, boolean story) {
        return GROUPS.stream()
                .map(group -> shown(group, role, authority, page, story))
                .filter(group -> !group.pages().isEmpty())
                .toList();
    }

    private static Shell.Group shown(
            Group group, Role role, boolean authority, String page, boolean story) {
        List<Shell.Entry> pages =
                group.places().stream()
                        .filter(place -> place.isFor(role, authority))
                        .filter(place -> story || !place.path().equals("/story"))
                        .map(place -> new Shell.Entry(place.key(), place.path(), place.holds(page)))
                        .toList();
        return new Shell.Group(pages.size() == 1 ? pages.getFirst().key() : group.key(), pages);
    }

    /** What everybody may see, for whoever is not signed in. */
    static List<Shell.Group> ofEverybody(boolean authority, String page) {
        return authority
                ? List.of(
                        alone("menu.public-blocks", "/blocks", page),
                        alone("menu.blocked", "/blocked", page))
                : List.of();
    }

    private static Shell.Group alone(String key, String path, String page) {
        return new Shell.Group(key, List.of(new Shell.Entry(key, path, isUnder(path, page))));
    }
}

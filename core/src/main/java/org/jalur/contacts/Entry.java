package org.jalur.contacts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Calendar;

/** One line of a register. Each travels as a part of its own, so that it can be erased alone. */
public sealed interface Entry {
    UUID id();

    Standing standing();

    /** What it is called in a list. */
    String title();

    /** The same under another standing. */
    Entry with(Standing standing);

    Kind kind();

    /** What an entry is about. */
    enum Kind {
        ORGANISATION(Organisation.class),
        CONTACT(Contact.class),
        REPRESENTATIVE(Representative.class),
        SERVER(Server.class),
        DOMAIN(Domain.class);

        private final Class<? extends Entry> type;

        Kind(Class<? extends Entry> type) {
            this.type = type;
        }

        public Class<? extends Entry> type() {
            return type;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Type of the part that it travels in. */
        public String part() {
            return "register-" + wire();
        }
    }

    /**
     * @param country of its seat, ISO 3166-1 alpha-2
     * @param phones of its switchboard or duty desk, E.164: only these and those of its people are
     *     called back
     */
    record Organisation(
            UUID id,
            String name,
            String country,
            List<String> phones,
            Optional<String> email,
            Standing standing)
            implements Entry {
        public Organisation {
            Require.given("id", id);
            Require.words("name", name, Require.NAME);
            Require.country(country);
            phones = Require.phones(phones, 1);
            Require.email(email);
            Require.given("standing", standing);
        }

        @Override
        public String title() {
            return name;
        }

        @Override
        public Entry with(Standing other) {
            return new Organisation(id, name, country, phones, email, other);
        }

        @Override
        public Kind kind() {
            return Kind.ORGANISATION;
        }
    }

    /**
     * A person to call.
     *
     * @param organisation id of an entry
     * @param role for example "duty officer"
     * @param phones E.164, in the order in which they are called
     * @param messenger service and handle, for example "Telegram @sample_duty"
     * @param languages ISO 639-1 codes
     * @param duty hours of a week, with zone and holidays; no hours: never on duty
     * @param deputy id of the entry of whoever is called next
     */
    record Contact(
            UUID id,
            UUID organisation,
            String name,
            String role,
            List<String> phones,
            Optional<String> email,
            Optional<String> messenger,
            List<String> languages,
            Calendar duty,
            Optional<UUID> deputy,
            Standing standing)
            implements Entry {
        public Contact {
            Require.given("id", id);
            Require.given("organisation", organisation);
            Require.words("name", name, Require.NAME);
            Require.words("role", role, Require.NAME);
            phones = Require.phones(phones, 1);
            Require.email(email);
            Require.words("messenger", messenger, 100);
            languages = Require.languages(languages);
            Require.given("duty", duty);
            if (Require.given("deputy", deputy).equals(Optional.of(id))) {
                throw new InvalidEntryException("deputy", EntryRule.SELF);
            }
            Require.given("standing", standing);
        }

        @Override
        public String title() {
            return name;
        }

        @Override
        public Entry with(Standing other) {
            return new Contact(
                    id,
                    organisation,
                    name,
                    role,
                    phones,
                    email,
                    messenger,
                    languages,
                    duty,
                    deputy,
                    other);
        }

        @Override
        public Kind kind() {
            return Kind.CONTACT;
        }
    }

    /**
     * A person whom the law or the party lets act for it.
     *
     * @param organisation id of an entry
     * @param capacity for example "local representative"
     * @param country in which this person represents it
     */
    record Representative(
            UUID id,
            UUID organisation,
            String name,
            String capacity,
            String country,
            List<String> phones,
            Optional<String> email,
            Standing standing)
            implements Entry {
        public Representative {
            Require.given("id", id);
            Require.given("organisation", organisation);
            Require.words("name", name, Require.NAME);
            Require.words("capacity", capacity, Require.NAME);
            Require.country(country);
            phones = Require.phones(phones, 1);
            Require.email(email);
            Require.given("standing", standing);
        }

        @Override
        public String title() {
            return name;
        }

        @Override
        public Entry with(Standing other) {
            return new Representative(
                    id, organisation, name, capacity, country, phones, email, other);
        }

        @Override
        public Kind kind() {
            return Kind.REPRESENTATIVE;
        }
    }

    /**
     * @param host name or IP address
     * @param country where it stands
     * @param purpose for example "media storage"
     */
    record Server(UUID id, String host, String country, String purpose, Standing standing)
            implements Entry {
        public Server {
            Require.given("id", id);
            Require.host(host);
            Require.country(country);
            Require.words("purpose", purpose, Require.NAME);
            Require.given("standing", standing);
        }

        @Override
        public String title() {
            return host;
        }

        @Override
        public Entry with(Standing other) {
            return new Server(id, host, country, purpose, other);
        }

        @Override
        public Kind kind() {
            return Kind.SERVER;
        }
    }

    /**
     * @param domainName in the form of the DNS, lower case
     * @param country whose law its registrar is under
     * @param purpose for example "public web pages"
     */
    record Domain(UUID id, String domainName, String country, String purpose, Standing standing)
            implements Entry {
        public Domain {
            Require.given("id", id);
            Require.domain(domainName);
            Require.country(country);
            Require.words("purpose", purpose, Require.NAME);
            Require.given("standing", standing);
        }

        @Override
        public String title() {
            return domainName;
        }

        @Override
        public Entry with(Standing other) {
            return new Domain(id, domainName, country, purpose, other);
        }

        @Override
        public Kind kind() {
            return Kind.DOMAIN;
        }
    }
}

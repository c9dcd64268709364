package org.jalur.node.zones;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.access.zone.ListChange;
import org.jalur.access.zone.ListOrder;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.jalur.node.zones.ZoneImport.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The large zone: a list of an authority, published only under a list order. A file takes the place
 * of the whole list; one that changes much, or begins to hit a protected name, waits for a second
 * person.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ListZone {
    private static final Logger log = LoggerFactory.getLogger(ListZone.class);

    /** Ten times the largest list there is. */
    private static final long MOST_OCTETS = 512L << 20;

    /** No import takes so long. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final int LONGEST_FILE_NAME = 100;

    private final ZoneImports imports;
    private final ListPublishing publishing;
    private final ZoneContents contents;
    private final ZonesInUse zones;
    private final DnsSettings settings;
    private final Path folder;
    private final Clock clock;

    ListZone(
            ZoneImports imports,
            ListPublishing publishing,
            ZoneContents contents,
            ZonesInUse zones,
            DnsSettings settings,
            JalurSettings node,
            Clock clock) {
        this.imports = imports;
        this.publishing = publishing;
        this.contents = contents;
        this.zones = zones;
        this.settings = settings;
        this.folder = node.home().resolve("zone-imports");
        this.clock = clock;
    }

    /**
     * Begins to read a file, and returns at once.
     *
     * @param file its name, which people see
     * @return the number of the import
     * @throws ProblemException 409 where no zone is set up for a list, or another import is under
     *     way; 413 for a file too large
     */
    long begin(ListOrder order, String file, InputStream content, Caller by) throws IOException {
        ZoneSettings zone =
                zones.settings(ZoneName.LIST)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "no-list-zone",
                                        "This node has no zone for a list; its operator sets jalur.dns.list."));
        if (imports.newest().stream().anyMatch(ZoneImport::isRunning)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "zone-import-running",
                    "Another import is under way; wait until it has ended.");
        }
        Files.createDirectories(folder);
        clear();
        Path kept = folder.resolve(UUID.randomUUID().toString());
        try {
            byte[] digest = keep(content, kept);
            String shown = file.substring(Math.max(0, file.length() - LONGEST_FILE_NAME));
            long id = imports.begin(order, shown, Files.size(kept), digest, by);
            Thread.ofVirtual().name("zone-import-" + id).start(() -> run(id, zone, kept));
            return id;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(kept);
            throw e;
        }
    }

    /** Files of a process that was killed while it read them. */
    private void clear() throws IOException {
        Instant old = clock.instant().minus(LONGEST);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static byte[] keep(InputStream content, Path kept) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = Files.newOutputStream(kept, StandardOpenOption.CREATE_NEW)) {
            byte[] some = new byte[1 << 16];
            long octets = 0;
            for (int read = content.read(some); read >= 0; read = content.read(some)) {
                octets += read;
                if (octets > MOST_OCTETS) {
                    throw new ProblemException(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "list-too-large",
                            "The file has more than %,d MiB; no list of names is so large."
                                    .formatted(MOST_OCTETS >> 20),
                            MOST_OCTETS >> 20);
                }
                digest.update(some, 0, read);
                out.write(some, 0, read);
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void run(long id, ZoneSettings zone, Path kept) {
        try {
            var reading =
                    new ListReading(
                            zone,
                            (octets, lines, wrong) -> imports.progress(id, octets, lines, wrong));
            NameTable names = reading.read(kept);
            imports.wrong(id, reading.errors());
            compare(id, zone, names);
        } catch (IOException | RuntimeException e) {
            log.error("import {} into the list's zone has failed", id, e);
            imports.move(id, State.READING, State.FAILED, Optional.empty());
        } finally {
            delete(kept);
        }
    }

    private void compare(long id, ZoneSettings zone, NameTable names) {
        ZoneContents.Version before = contents.read(ZoneName.LIST);
        ListChange change = ListChange.between(before.names(), names, protectedNames(zone));
        publishing.keepChange(id, before.names(), names);
        boolean waits = change.waitsForApproval(settings.listChange());
        imports.compared(
                id,
                names.size(),
                before.serial(),
                change,
                waits ? State.WAITING : State.PUBLISHING);
        if (!waits) {
            publish(id);
        }
    }

    private List<DomainName> protectedNames(ZoneSettings zone) {
        List<DomainName> all = new ArrayList<>();
        settings.protectedNames().stream().map(DomainName::read).forEach(all::add);
        all.add(zone.origin());
        all.add(zone.mailbox());
        zones.settings(ZoneName.ORDERS).ifPresent(orders -> all.add(orders.origin()));
        return all;
    }

    /**
     * Lets a list take effect, and returns at once.
     *
     * @throws ProblemException 404, 409 if it does not wait, 403 for whoever began it
     */
    void approve(long id, Caller by) {
        ZoneImport one = imports.require(id);
        if (one.begunById().equals(by.account())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "own-zone-import",
                    "You began this import yourself; ask somebody else to approve it.");
        }
        if (!imports.move(id, State.WAITING, State.PUBLISHING, Optional.of(by))) {
            throw notWaiting(one);
        }
        Thread.ofVirtual().name("zone-import-" + id).start(() -> publish(id));
    }

    /**
     * Lets go of a list that waits.
     *
     * @throws ProblemException 404, 409 if it does not wait
     */
    void refuse(long id, Caller by) {
        ZoneImport one = imports.require(id);
        if (!imports.move(id, State.WAITING, State.REFUSED, Optional.of(by))) {
            throw notWaiting(one);
        }
        publishing.forget(id);
    }

    private static ProblemException notWaiting(ZoneImport one) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "zone-import-decided",
                "The import %d is %s; only one that waits can be approved or refused."
                        .formatted(one.id(), one.state().wire()),
                one.id(),
                one.state().wire());
    }

    private void publish(long id) {
        try {
            publishing.publish(id);
        } catch (RuntimeException e) {
            log.error("import {} into the list's zone was not published", id, e);
            imports.move(id, State.PUBLISHING, State.FAILED, Optional.empty());
        }
    }

    private void delete(Path kept) {
        try {
            Files.deleteIfExists(kept);
        } catch (IOException e) {
            log.warn("a file that was imported is left in {}", folder, e);
        }
    }
}

package org.jalur.node.zones;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.zone.Export;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The small zone as files, as it is now, each with the time until when it may be used. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class OrderExports {
    static final String USUAL_PATH = "/var/lib/jalur/orders.zone";

    private final OrdersOnFile orders;
    private final Versions versions;
    private final ZonesInUse zones;
    private final Clock clock;

    OrderExports(OrdersOnFile orders, Versions versions, ZonesInUse zones, Clock clock) {
        this.orders = orders;
        this.versions = versions;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * @param file one of {@link ExportKind}
     * @param path where the zone's file will lie
     * @throws ProblemException 404 for another file, or where no zone is set up; 422 for a path
     *     that no configuration can hold
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public ResponseEntity<String> file(String file, String path) {
        ExportKind kind =
                ExportKind.of(file)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-export",
                                        "There is no export \"%s\"; there are %s."
                                                .formatted(
                                                        file,
                                                        String.join(", ", ExportKind.files())),
                                        file,
                                        String.join(", ", ExportKind.files())));
        ZoneSettings settings =
                zones.settings(ZoneName.ORDERS)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "no-order-zone",
                                        "This node has no zone for orders; its operator sets jalur.dns.orders."));
        try {
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_PLAIN)
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            ContentDisposition.attachment().filename(file).build().toString())
                    // What is kept on the way would be used after an order has ended.
                    .cacheControl(CacheControl.noStore())
                    .body(kind.text(export(settings), path));
        } catch (InvalidAccessException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-export",
                    Objects.requireNonNull(e.getMessage()));
        }
    }

    private Export export(ZoneSettings settings) {
        Instant now = clock.instant();
        return new Export(
                settings,
                versions.newest(ZoneName.ORDERS).serial(),
                orders.all(),
                now,
                now.plusSeconds(settings.expire()));
    }
}

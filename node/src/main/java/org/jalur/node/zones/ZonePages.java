package org.jalur.node.zones;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What resolvers are given, and how far each follows. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ZonePages {
    private final Frame frame;
    private final ZoneViews views;
    private final OrderExports exports;

    ZonePages(Frame frame, ZoneViews views, OrderExports exports) {
        this.frame = frame;
        this.views = views;
        this.exports = exports;
    }

    /**
     * @param exports files of the small zone; none where it is not set up
     */
    record ZonesPage(List<ZonePart> zones, List<String> exports) {}

    /**
     * @param behind how many secondaries lack the newest version
     * @param versions the newest first
     */
    record ZonePart(String name, ZoneViews.ZoneView view, long behind, List<VersionRow> versions) {}

    /**
     * @param names of what changed, "+" before those that were blocked and "−" before those that
     *     were lifted
     */
    record VersionRow(long serial, java.time.Instant at, boolean whole, List<String> names) {
        static VersionRow of(Versions.Change change) {
            List<String> names =
                    java.util.stream.Stream.concat(
                                    change.added().stream().map(name -> "+ " + Spelling.of(name)),
                                    change.removed().stream().map(name -> "− " + Spelling.of(name)))
                            .limit(SHOWN)
                            .toList();
            return new VersionRow(change.to().value(), change.at(), change.whole(), names);
        }

        private static final int SHOWN = 50;
    }

    @GetMapping("/zones")
    ModelAndView zones() {
        List<ZonePart> parts = views.all().stream().map(this::part).toList();
        boolean orders = parts.stream().anyMatch(part -> part.view().zone() == ZoneName.ORDERS);
        return frame.show(
                "zones/zones", new ZonesPage(parts, orders ? ExportKind.files() : List.of()));
    }

    private ZonePart part(ZoneViews.ZoneView view) {
        return new ZonePart(
                view.zone().wire(),
                view,
                view.secondaries().stream()
                        .filter(one -> one.standing() != ZoneViews.Standing.FOLLOWS)
                        .count(),
                views.latest(view.zone()).stream().map(VersionRow::of).toList());
    }

    @GetMapping("/zones/file")
    void file(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("resolvers.csv").build().toString());
        views.write(response.getOutputStream());
    }

    @GetMapping("/zones/orders/exports/{name}")
    ResponseEntity<String> export(
            @PathVariable("name") String file,
            @RequestParam(defaultValue = OrderExports.USUAL_PATH) String path) {
        return exports.file(file, path);
    }
}

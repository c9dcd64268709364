package org.jalur.node.escalation;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.node.escalation.OpenClocks.Left;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where all clocks are seen at once: what is overdue, what is due soon, what stands and why. */
@PageController
class ClockPages {
    private static final int ROWS = 25;

    private final Frame frame;
    private final Texts texts;
    private final OpenClocks clocks;
    private final boolean authority;

    ClockPages(Frame frame, Texts texts, OpenClocks clocks, Register register) {
        this.frame = frame;
        this.texts = texts;
        this.clocks = clocks;
        this.authority = register.isAuthority();
    }

    /**
     * @param heads keys of the table's heads
     * @param peers a row for each peer
     * @param lists clocks that need somebody, those that are overdue first
     */
    record ClocksPage(
            boolean authority,
            ClockChart chart,
            List<String> heads,
            List<PeerRow> peers,
            List<ClockList> lists) {}

    /**
     * @param numbers as they are read: "more than" above what is counted
     */
    record PeerRow(String peer, List<String> numbers) {}

    record ClockList(String left, List<Row> rows) {}

    /**
     * @param standing why it stands, in words; empty while it runs
     */
    record Row(OpenClocks.OpenClock clock, String standing) {}

    @GetMapping("/clocks")
    ModelAndView all() {
        List<OpenClocks.Counts> counts = clocks.counts();
        return frame.show(
                "escalation/clocks",
                new ClocksPage(
                        authority,
                        ClockChart.of(counts),
                        heads(),
                        counts.stream().map(this::peer).toList(),
                        List.of(
                                list(Left.OVERDUE),
                                list(Left.HOUR),
                                list(Left.FOUR_HOURS),
                                list(Left.STANDING))));
    }

    private List<String> heads() {
        return Stream.concat(
                        Stream.of(authority ? "clocks.platform" : "clocks.authority"),
                        Arrays.stream(Left.values()).map(one -> "#left." + one.wire()))
                .toList();
    }

    private PeerRow peer(OpenClocks.Counts counts) {
        return new PeerRow(
                counts.peer(),
                Arrays.stream(Left.values())
                        .map(left -> Optional.ofNullable(counts.numbers().get(left)).orElse(0))
                        .map(number ->
                                number > OpenClocks.COUNTED
                                        ? texts.say("lists.more", OpenClocks.COUNTED)
                                        : number.toString())
                        .toList());
    }

    private ClockList list(Left left) {
        return new ClockList(
                left.wire(),
                clocks.first(left, ROWS).stream()
                        .map(clock ->
                                new Row(
                                        clock,
                                        String.join(
                                                ", ",
                                                clock.standing().stream()
                                                        .map(cause ->
                                                                texts.name("standstill", cause))
                                                        .toList())))
                        .toList());
    }

    @GetMapping("/clocks/file")
    void file(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("clocks.csv").build().toString());
        clocks.write(response.getOutputStream());
    }
}

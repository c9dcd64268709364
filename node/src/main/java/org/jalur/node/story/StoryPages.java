package org.jalur.node.story;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.access.story.Happening;
import org.jalur.access.story.When;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * What happened in 2016 and 2017, as press and ministry told it, beside what the journal has now.
 */
@PageController
@ConditionalOnProperty(name = "jalur.demo", havingValue = "true")
class StoryPages {
    private static final int MOST_LINKS = 6;

    private final Frame frame;
    private final Texts texts;
    private final Moments moments;
    private final Traces traces;

    StoryPages(Frame frame, Texts texts, Moments moments, Traces traces) {
        this.frame = frame;
        this.texts = texts;
        this.moments = moments;
        this.traces = traces;
    }

    /**
     * @param told whether anything of the story is on this node
     * @param took how long the replay took, in words
     */
    record StoryPage(boolean told, String took, StoryPicture picture, List<Row> rows) {}

    /**
     * @param happening its name, for texts
     * @param when as precisely as it is known
     * @param mark how precisely that is
     */
    record Row(int no, String happening, String when, String mark, List<Line> lines) {
        Optional<StoryPicture.Span> span() {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new StoryPicture.Span(
                                    lines.stream()
                                            .map(Line::from)
                                            .min(Instant::compareTo)
                                            .orElseThrow(),
                                    lines.stream()
                                            .map(Line::to)
                                            .max(Instant::compareTo)
                                            .orElseThrow()));
        }
    }

    /** All of one kind that the journal has. */
    record Line(String trace, int number, Instant from, Instant to, List<Link> links) {
        /** Whether they are of one moment, as people read it. */
        public boolean atOnce() {
            return from.getEpochSecond() / 60 == to.getEpochSecond() / 60;
        }
    }

    record Link(String label, String path) {}

    @GetMapping("/story")
    ModelAndView story() {
        Map<Trace, List<Traces.Found>> found = new EnumMap<>(Trace.class);
        for (Traces.Found one : traces.all()) {
            found.computeIfAbsent(one.trace(), _ -> new ArrayList<>()).add(one);
        }
        List<Row> rows = Arrays.stream(Happening.values()).map(one -> row(one, found)).toList();
        var picture = StoryPicture.of(rows.stream().map(Row::span).toList());
        return frame.show(
                "story",
                new StoryPage(!found.isEmpty(), span(picture.ends().took()), picture, rows));
    }

    private String span(Duration took) {
        return texts.say("story.span", took.toMinutes(), took.toSecondsPart());
    }

    private Row row(Happening happening, Map<Trace, List<Traces.Found>> found) {
        return new Row(
                List.of(Happening.values()).indexOf(happening) + 1,
                happening.name().toLowerCase(Locale.ROOT),
                when(happening.when()),
                mark(happening.when()),
                found.entrySet().stream()
                        .filter(one -> one.getKey().happening() == happening)
                        .map(one -> line(one.getKey(), one.getValue()))
                        .toList());
    }

    private String when(When when) {
        return switch (when) {
            case When.Minute minute -> moments.full(minute.instant());
            case When.Day(var day) -> moments.date(day);
            case When.Evening(var day) -> texts.say("story.evening", moments.date(day));
        };
    }

    private static String mark(When when) {
        return switch (when) {
            case When.Minute _ -> "minute";
            case When.Day _ -> "day";
            case When.Evening _ -> "evening";
        };
    }

    private Line line(Trace trace, List<Traces.Found> found) {
        return new Line(
                trace.wire(),
                found.size(),
                found.stream().map(Traces.Found::at).min(Instant::compareTo).orElseThrow(),
                found.stream().map(Traces.Found::at).max(Instant::compareTo).orElseThrow(),
                found.stream()
                        .map(one ->
                                new Link(
                                        one.label().isEmpty()
                                                ? texts.say("story.open")
                                                : one.label(),
                                        one.path()))
                        .distinct()
                        .limit(MOST_LINKS)
                        .toList());
    }
}

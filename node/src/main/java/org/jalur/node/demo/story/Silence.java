package org.jalur.node.demo.story;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jalur.access.story.Happening;
import org.jalur.access.story.Story;
import org.jalur.node.story.References;
import tools.jackson.databind.JsonNode;

/** Six notices to a platform that is away, and the ladder for those that nobody answers. */
final class Silence {
    private final World world;
    private final Teller teller;
    private final Side authority;

    Silence(World world, Teller teller) {
        this.world = world;
        this.teller = teller;
        authority = world.authority();
    }

    /**
     * @param mails the six notices
     * @param list the notice that lists channels
     */
    record Filed(List<String> mails, String list) {}

    Filed happen() throws IOException, InterruptedException {
        teller.then(
                Happening.FIRST_MAIL,
                "the ministry begins to write to Telegram: six e-mails, no answer");
        List<String> mails = world.openChannels("sample-mail", Story.MAILS);
        List<String> channels = world.openChannels("sample-channel", Story.CHANNELS_CLOSED);
        teller.aside(
                "There was no agreement in 2016. Here one is signed, with terms of minutes, for without one nobody files and no ladder leads to a block.");
        world.stopPlatform();
        teller.now("The platform's node is stopped.");
        Instant began = world.clock().instant();
        List<String> filed = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            filed.add(file(References.NOTICE + (i + 1), List.of(mails.get(i))));
        }
        String list = file(References.LIST, channels);
        teller.now(
                "Six notices are filed and approved by another person, and one that lists %d channels. All of it is made up."
                        .formatted(channels.size()));
        for (String notice : filed) {
            authority.await("officer", path(notice), Silence::isTriedInVain);
        }
        JsonNode tried = authority.get("officer", path(filed.getLast())).body();
        teller.now(
                "No receipt. The independent witness %s tried to deliver each notice, found the node \"%s\", and signed that."
                        .formatted(
                                tried.at("/relayed/0/witness").asString(),
                                tried.at("/relayed/0/outcome").asString()));
        teller.then(Happening.LAST_MAIL, "the last of the six e-mails; still no answer");
        climb(filed);
        teller.now(
                "Every step was announced, approved and taken %s after the first notice."
                        .formatted(Teller.span(Duration.between(began, world.clock().instant()))));
        return new Filed(List.copyOf(filed), list);
    }

    private static boolean isTriedInVain(JsonNode notice) {
        if (notice.hasNonNull("receipt")) {
            throw new StoryStoppedException("the platform is away, and there is a receipt");
        }
        return !notice.path("relayed").isEmpty();
    }

    static String path(String notice) {
        return "/api/notices/" + notice;
    }

    private String file(String reference, List<String> channels)
            throws IOException, InterruptedException {
        JsonNode draft = authority.done("officer", "/api/notices", form(reference, channels));
        String id = draft.at("/notice/id").asString();
        authority.done("approver", path(id) + "/approval", Map.of());
        return id;
    }

    private Map<String, Object> form(String reference, List<String> channels) {
        Map<String, Object> form = new HashMap<>();
        form.put("platform", world.platform().party());
        form.put("kind", "order");
        form.put("urgency", "urgent");
        form.put("category", "terrorism");
        form.put("legalBasis", Map.of("instrument", "Permenkominfo 5/2020", "article", "14"));
        form.put("issuingBody", Map.of("name", "Kementerian Contoh", "type", "ministry"));
        form.put("organisation", "Otoritas Contoh");
        form.put("reference", reference);
        form.put("reasons", "Made up: a sample notice of the story.");
        form.put("language", "en");
        form.put("redress", "Object within 14 days at the sample court.");
        form.put("contact", "sample officer desk");
        form.put(
                "items",
                IntStream.range(0, channels.size())
                        .mapToObj(i ->
                                Map.of(
                                        "kind",
                                        "channel",
                                        "url",
                                        channels.get(i),
                                        "text",
                                        "Sample channel " + (i + 1)))
                        .toList());
        return form;
    }

    /** Approves each step once it is announced, until the last one is taken for every notice. */
    private void climb(List<String> notices) throws IOException, InterruptedException {
        Set<String> approved = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (String step : List.of(StoryTerms.WARNING, StoryTerms.BLOCK_POSSIBLE)) {
            authority.await(
                    "step " + step,
                    () -> {
                        int taken = 0;
                        for (String notice : notices) {
                            String state = state(notice, step);
                            if (Set.of("announced", "waits-approval").contains(state)
                                    && approved.add(notice + step)) {
                                authority.done(
                                        "approver",
                                        path(notice) + "/ladder/approval",
                                        Map.of("step", step));
                            }
                            taken += state.equals("done") ? 1 : 0;
                        }
                        if (approved.size() % notices.size() == 0
                                && approved.contains(notices.getLast() + step)
                                && told.add(step)) {
                            teller.now(
                                    "Step \"%s\" is announced for each notice, and an approver agrees."
                                            .formatted(step));
                        }
                        return taken;
                    },
                    taken -> taken == notices.size());
            teller.now("Step \"%s\" is taken for each notice.".formatted(step));
        }
    }

    private String state(String notice, String step) throws IOException, InterruptedException {
        return authority
                .get("officer", path(notice) + "/ladder")
                .body()
                .path("steps")
                .valueStream()
                .filter(one -> one.path("step").asString().equals(step))
                .map(one -> one.path("state").asString())
                .findFirst()
                .orElse("");
    }
}

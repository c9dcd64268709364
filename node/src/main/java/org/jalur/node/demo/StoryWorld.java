package org.jalur.node.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jalur.node.demo.story.Side;
import org.jalur.node.demo.story.World;
import tools.jackson.databind.json.JsonMapper;

/** The demo's own processes as the place of the story. */
final class StoryWorld implements World {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PAUSE_MILLIS = 500;
    private static final String PLATFORM = "platform";

    private final DemoSetup setup;
    private final Children children;
    private final CountDownLatch stopped;
    private final Clock clock = Clock.systemUTC();
    private final Side authority;
    private final Side platform;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param stopped once the demo is to end
     */
    StoryWorld(DemoSetup setup, Children children, CountDownLatch stopped) {
        this.setup = setup;
        this.children = children;
        this.stopped = stopped;
        authority = setup.side("authority", this::pause);
        platform = setup.side(PLATFORM, this::pause);
    }

    @Override
    public Side authority() {
        return authority;
    }

    @Override
    public Side platform() {
        return platform;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public List<String> openChannels(String prefix, int many)
            throws IOException, InterruptedException {
        var channels = new ArrayList<String>();
        for (int i = 1; i <= many; i++) {
            String channel = setup.sampleUrl() + "/channels/" + prefix + "-" + i;
            String post =
                    JSON.writeValueAsString(
                            Map.of("text", "Sample post of %s %d, made up.".formatted(prefix, i)));
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(channel + "/posts"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(post))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("the sample platform answers " + answer.body());
            }
            channels.add(channel);
        }
        return channels;
    }

    @Override
    public void stopPlatform() throws InterruptedException {
        children.stop(PLATFORM);
    }

    @Override
    public void startPlatform() throws IOException, InterruptedException {
        children.start(PLATFORM, setup.node(PLATFORM));
        if (!children.awaitAnswer(setup.url(PLATFORM) + "/actuator/health/readiness")) {
            throw new InterruptedException("the demo stops");
        }
    }

    @Override
    public void pause() throws InterruptedException {
        if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the demo stops");
        }
    }
}

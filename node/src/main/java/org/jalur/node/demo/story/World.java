package org.jalur.node.demo.story;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Where a story is told: two nodes as people reach them, and what only their operators can do. */
public interface World {
    Side authority();

    Side platform();

    /** When it is now for both nodes. */
    Clock clock();

    /**
     * Opens invented channels on the platform, each with a post.
     *
     * @return their addresses
     */
    List<String> openChannels(String prefix, int many) throws IOException, InterruptedException;

    void stopPlatform() throws IOException, InterruptedException;

    /** Returns when it answers again. */
    void startPlatform() throws IOException, InterruptedException;

    /**
     * Lets a little time pass between two looks.
     *
     * @throws InterruptedException if the story is to end before its end
     */
    void pause() throws InterruptedException;
}

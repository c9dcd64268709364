package org.jalur.node.demo.story;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jalur.access.DomainName;

/**
 * Replays the story from the first notice to the last name that is measured open, waiting at each
 * station until the nodes say that it is reached.
 */
public final class Replay {
    private final World world;
    private final Resolvers resolvers;
    private final DomainName zone;
    private final Teller teller;

    /**
     * @param zone of orders, which resolvers follow
     */
    public Replay(World world, Resolvers resolvers, DomainName zone, PrintStream out) {
        this.world = world;
        this.resolvers = resolvers;
        this.zone = zone;
        teller = new Teller(out, world.clock());
    }

    /**
     * @param primary that serves the zone
     * @return id of the access block
     * @throws StoryStoppedException says where it stopped
     */
    public String tell(InetSocketAddress primary) throws IOException, InterruptedException {
        Instant began = world.clock().instant();
        resolvers.start(primary, zone);
        Silence.Filed filed = new Silence(world, teller).happen();
        String block = new Blocking(world, resolvers, teller).happen(filed);
        new Meeting(world, teller).happen(filed);
        new Lifting(world, resolvers, zone, teller).happen(block);
        teller.aside(
                "The story took %s. What both journals hold of it: page /story of either node."
                        .formatted(Teller.span(Duration.between(began, world.clock().instant()))));
        return block;
    }
}

package org.jalur.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jalur.access.DomainName;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;

/** A real BIND and a real Unbound, at the ports that the demo tells of changes. */
final class TwoResolvers implements AutoCloseable {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final List<RunningResolver> resolvers;

    private TwoResolvers(List<RunningResolver> resolvers) {
        this.resolvers = resolvers;
    }

    static TwoResolvers start(
            int port,
            Path data,
            InetSocketAddress primary,
            List<DomainName> zones,
            InventedNames internet)
            throws IOException, InterruptedException {
        var setup = new Setup(primary, zones, internet.address());
        RunningResolver bind =
                RunningResolver.at(Software.BIND, data.resolve("bind"), port + 5).start(setup);
        return new TwoResolvers(
                List.of(
                        bind,
                        RunningResolver.at(Software.UNBOUND, data.resolve("unbound"), port + 6)
                                .start(setup)));
    }

    List<RunningResolver> all() {
        return resolvers;
    }

    void awaitBlocked(DomainName name) {
        await(resolver -> resolver.blocks(name));
    }

    void awaitBlocked(List<DomainName> names) {
        await(resolver -> names.stream().allMatch(resolver::blocks));
    }

    void awaitOpen(List<DomainName> names) {
        await(resolver -> names.stream().allMatch(resolver::opens));
    }

    private void await(Predicate<RunningResolver> condition) {
        long end = System.nanoTime() + LONGEST;
        for (RunningResolver resolver : resolvers) {
            while (!condition.test(resolver)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(resolver.software() + " does not follow");
                }
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        resolvers.forEach(RunningResolver::close);
    }
}

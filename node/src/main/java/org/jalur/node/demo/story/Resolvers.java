package org.jalur.node.demo.story;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.dns.resolvers.FetchedFiles;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;

/**
 * Real resolvers on loopback, as far as their programs are installed: two that follow the order
 * zone, and one of an operator that fetches files. All of them ask an invented internet, in which
 * the eleven names have addresses for documentation; nothing is asked outside.
 */
public final class Resolvers implements AutoCloseable {
    private final Path folder;
    private final InventedNames internet;
    private final List<RunningResolver> following;
    private Optional<RunningResolver> late = Optional.empty();

    private Resolvers(Path folder, InventedNames internet, List<RunningResolver> following) {
        this.folder = folder;
        this.internet = internet;
        this.following = following;
    }

    /** Takes the ports at which a primary tells BIND and Unbound of changes. */
    public static Resolvers at(Path folder, int bind, int unbound) throws IOException {
        var following = new ArrayList<RunningResolver>();
        if (Software.BIND.program().isPresent()) {
            following.add(RunningResolver.at(Software.BIND, folder.resolve("bind"), bind));
        }
        if (Software.UNBOUND.program().isPresent()) {
            following.add(RunningResolver.at(Software.UNBOUND, folder.resolve("unbound"), unbound));
        }
        return new Resolvers(folder, new InventedNames(), following);
    }

    /** Debian's packages of what is not installed. */
    static List<String> missing() {
        return Stream.of(Software.BIND, Software.UNBOUND)
                .filter(one -> one.program().isEmpty())
                .map(Software::debianPackage)
                .toList();
    }

    /** A resolver that filters nothing. */
    public InetSocketAddress control() {
        return internet.address();
    }

    /** Those that follow a zone by transfer; they answer when this returns. */
    public void start(InetSocketAddress primary, DomainName zone)
            throws IOException, InterruptedException {
        var setup = new Setup(primary, List.of(zone), internet.address());
        for (RunningResolver one : following) {
            one.start(setup);
        }
    }

    List<RunningResolver> following() {
        return following;
    }

    /** What the operator that fetches files runs; the first program that is installed. */
    Software software() {
        return following.getLast().software();
    }

    /** Which files that operator fetches: the configuration of its program. */
    List<String> exports() {
        return software() == Software.BIND
                ? List.of("bind-zone.conf", "bind-options.conf")
                : List.of("unbound.conf");
    }

    /** A resolver of that operator, before it has fetched anything. */
    RunningResolver late() throws IOException {
        if (late.isEmpty()) {
            late = Optional.of(RunningResolver.at(software(), folder.resolve("late")));
        }
        return late.get();
    }

    void startLate(FetchedFiles files) throws IOException, InterruptedException {
        late().start(files, internet.address());
    }

    /** Takes names out of the file by hand, as whoever works through a list. */
    void takeOut(List<DomainName> names, DomainName zone) throws IOException, InterruptedException {
        List<String> owners = names.stream().map(name -> name + "." + zone + ".").toList();
        RunningResolver one = late();
        one.reload(
                String.join(
                                "\n",
                                Files.readAllLines(one.zoneFile()).stream()
                                        .filter(line -> !owners.contains(line.split(" ", 2)[0]))
                                        .toList())
                        + "\n");
    }

    @Override
    public void close() throws IOException {
        following.forEach(RunningResolver::close);
        late.ifPresent(RunningResolver::close);
        internet.close();
    }
}

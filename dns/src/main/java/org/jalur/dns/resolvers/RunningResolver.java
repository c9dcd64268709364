package org.jalur.dns.resolvers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Export;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A real resolver on a loopback port of its own, for as long as it is not closed. */
public final class RunningResolver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration START = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 5;

    private final Software software;
    private final Path folder;
    private final int port;
    private List<String> command = List.of();
    private Optional<Process> process = Optional.empty();

    private RunningResolver(Software software, Path folder, int port) {
        this.software = software;
        this.folder = folder;
        this.port = port;
    }

    /** Takes a port, which a primary can name before the resolver is there. */
    public static RunningResolver at(Software software, Path folder) throws IOException {
        return at(software, folder, FreePort.find());
    }

    /** Of a port that is known. */
    public static RunningResolver at(Software software, Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        return new RunningResolver(software, folder, port);
    }

    /** Starts the program as documented; it answers when this returns. */
    public RunningResolver start(Setup setup) throws IOException, InterruptedException {
        command = files(setup.upstream()).transferring(software, setup);
        start();
        return this;
    }

    /** Starts the program with exported files, which it does not change. */
    public RunningResolver start(Export export, InetSocketAddress upstream)
            throws IOException, InterruptedException {
        command = files(upstream).exported(software, export);
        start();
        return this;
    }

    /** Starts the program with files that its operator fetched. */
    public RunningResolver start(FetchedFiles fetched, InetSocketAddress upstream)
            throws IOException, InterruptedException {
        command = files(upstream).fetched(software, fetched);
        start();
        return this;
    }

    /** Where the zone's file lies that configurations name. */
    public Path zoneFile() {
        return folder.resolve(ResolverFiles.ZONE_FILE);
    }

    /** What it has said since it was started first; empty if that cannot be read. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException _) {
            return "";
        }
    }

    /** Takes another zone file, as an operator does by hand: written, and the program restarted. */
    public void reload(String zone) throws IOException, InterruptedException {
        stop();
        Files.writeString(zoneFile(), zone);
        start();
    }

    private ResolverFiles files(InetSocketAddress upstream) {
        Path program =
                software.program()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "%s is not installed; its package is %s"
                                                .formatted(software, software.debianPackage())));
        return new ResolverFiles(program, folder, port, upstream);
    }

    /** Starts it again after {@link #stop} or {@link #kill}. */
    public void start() throws IOException, InterruptedException {
        process =
                Optional.of(
                        new ProcessBuilder(command)
                                .directory(folder.toFile())
                                .redirectErrorStream(true)
                                .redirectOutput(
                                        ProcessBuilder.Redirect.appendTo(
                                                folder.resolve("log").toFile()))
                                .start());
        long end = System.nanoTime() + START.toNanos();
        while (ask(new DomainName("up.example"), Type.A).isEmpty()) {
            if (System.nanoTime() > end || !isAlive()) {
                throw new IOException(
                        "%s does not answer: %s"
                                .formatted(software, Files.readString(folder.resolve("log"))));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    public Software software() {
        return software;
    }

    public Path folder() {
        return folder;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    public boolean isAlive() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** Asks over UDP; empty if it is silent or fails. */
    public Optional<Message> ask(DomainName name, int type) {
        try {
            var resolver = new SimpleResolver(address());
            resolver.setTimeout(PATIENCE);
            Record question =
                    Record.newRecord(Name.fromConstantString(name + "."), type, DClass.IN);
            Message query = Message.newQuery(question);
            query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
            Message answer = resolver.send(query);
            return answer.getRcode() == Rcode.SERVFAIL ? Optional.empty() : Optional.of(answer);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Whether it says that the name does not exist. */
    public boolean blocks(DomainName name) {
        return ask(name, Type.A).filter(answer -> answer.getRcode() == Rcode.NXDOMAIN).isPresent();
    }

    /** Whether it answers with an address. */
    public boolean opens(DomainName name) {
        return ask(name, Type.A)
                .filter(answer -> answer.getRcode() == Rcode.NOERROR)
                .filter(answer -> !answer.getSection(Section.ANSWER).isEmpty())
                .isPresent();
    }

    /** The extended error of its answer (RFC 8914). */
    public Optional<Integer> errorCode(DomainName name) {
        return error(name).map(ExtendedErrorCodeOption::getErrorCode);
    }

    /** What it says besides, for people. */
    public Optional<String> errorText(DomainName name) {
        return error(name).flatMap(error -> Optional.ofNullable(error.getText()));
    }

    private Optional<ExtendedErrorCodeOption> error(DomainName name) {
        return ask(name, Type.A)
                .map(Message::getOPT)
                .flatMap(opt ->
                        opt.getOptions().stream()
                                .filter(ExtendedErrorCodeOption.class::isInstance)
                                .map(ExtendedErrorCodeOption.class::cast)
                                .findFirst());
    }

    /** The version of the zone that it follows, as the zone's own record tells. */
    public Optional<String> text(DomainName name) {
        return ask(name, Type.TXT)
                .flatMap(answer ->
                        answer.getSection(Section.ANSWER).stream()
                                .filter(TXTRecord.class::isInstance)
                                .map(record -> ((TXTRecord) record).getStrings().getFirst())
                                .findFirst());
    }

    /** Ends it as its operator does. */
    public void stop() throws InterruptedException {
        end(false);
    }

    /** Ends it as a loss of power does. */
    public void kill() throws InterruptedException {
        end(true);
    }

    private void end(boolean hard) throws InterruptedException {
        if (process.isEmpty()) {
            return;
        }
        Process running = process.get();
        if (hard) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        if (!running.waitFor(10, TimeUnit.SECONDS)) {
            running.destroyForcibly().waitFor();
        }
        process = Optional.empty();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

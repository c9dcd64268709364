package org.jalur.dns.resolvers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Export;
import org.jalur.access.zone.ExportFile;

/**
 * Writes what a program needs on loopback around the configuration of its zones: port, folder, whom
 * it asks. DNSSEC is off, for an invented internet is not signed.
 */
final class ResolverFiles {
    static final String ZONE_FILE = "exported.zone";

    private final Path program;
    private final Path folder;
    private final int port;
    private final InetSocketAddress upstream;

    ResolverFiles(Path program, Path folder, int port, InetSocketAddress upstream) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.upstream = upstream;
    }

    /** For zones that are transferred, as documented; returns the command of the foreground. */
    List<String> transferring(Software software, Setup setup) throws IOException {
        return switch (software) {
            case BIND -> bind(zonesOfBind(setup), optionsOfBind(setup));
            case UNBOUND -> unbound(each(setup, "unbound.conf"));
            case POWERDNS ->
                    powerDns(
                            each(setup, "recursor.lua"),
                            setup.configuration("recursor.conf", setup.zones().getFirst(), folder));
            case KNOT -> knot(each(setup, "kresd.conf"));
        };
    }

    /** For files that were exported; returns the command of the foreground. */
    List<String> exported(Software software, Export export) throws IOException {
        String zone = zoneFile().toString();
        return fetched(
                software,
                new FetchedFiles(
                        export.zoneFile(),
                        switch (software) {
                            case BIND -> export.bind(zone).stream().map(ExportFile::text).toList();
                            case UNBOUND -> List.of(export.unbound(zone).text());
                            case POWERDNS -> List.of(export.powerDns(zone).text());
                            case KNOT -> List.of(export.knot(zone).text());
                        }));
    }

    /** For files as somebody fetched them; returns the command of the foreground. */
    List<String> fetched(Software software, FetchedFiles files) throws IOException {
        Files.writeString(zoneFile(), files.zone());
        String first = files.configuration().getFirst();
        return switch (software) {
            case BIND -> bind(first, files.configuration().getLast());
            case UNBOUND -> unbound(first);
            case POWERDNS -> powerDns(first, Setup.documented("recursor.conf"));
            case KNOT -> knot(first);
        };
    }

    Path zoneFile() {
        return folder.resolve(ZONE_FILE);
    }

    private String each(Setup setup, String file) {
        return setup.zones().stream()
                .map(zone -> setup.configuration(file, zone, folder))
                .collect(Collectors.joining());
    }

    /** Several zones share one key. */
    private String zonesOfBind(Setup setup) {
        String first = setup.configuration("bind-zone.conf", setup.zones().getFirst(), folder);
        String key = first.substring(0, first.indexOf("zone "));
        return key + each(setup, "bind-zone.conf").replace(key, "");
    }

    private String optionsOfBind(Setup setup) {
        String zones =
                setup.zones().stream()
                        .map("    zone \"%s\" log yes;\n"::formatted)
                        .collect(Collectors.joining());
        DomainName first = setup.zones().getFirst();
        return setup.configuration("bind-options.conf", first, folder)
                .replaceAll("    zone [^\n]*\n", Matcher.quoteReplacement(zones));
    }

    private String upstream(String between) {
        return upstream.getAddress().getHostAddress() + between + upstream.getPort();
    }

    private List<String> bind(String zones, String options) throws IOException {
        Files.writeString(
                folder.resolve("named.conf"),
                """
                options {
                    directory "%1$s";
                    pid-file "%1$s/named.pid";
                    session-keyfile "%1$s/session.key";
                    listen-on port %2$d { 127.0.0.1; };
                    listen-on-v6 { none; };
                    dnssec-validation no;
                    forward only;
                    forwarders { %3$s; };
                %4$s};
                controls { };
                %5$s\
                """
                        .formatted(folder, port, upstream(" port "), options, zones));
        return List.of(
                program.toString(), "-g", "-n", "2", "-c", folder.resolve("named.conf").toString());
    }

    private List<String> unbound(String zones) throws IOException {
        Files.writeString(
                folder.resolve("unbound.conf"),
                """
                server:
                    chroot: ""
                    username: ""
                    directory: "%1$s"
                    pidfile: "%1$s/unbound.pid"
                    interface: 127.0.0.1@%2$d
                    do-not-query-localhost: no
                    use-syslog: no
                remote-control:
                    control-enable: no
                forward-zone:
                    name: "."
                    forward-addr: %3$s
                %4$s\
                """
                        .formatted(folder, port, upstream("@"), zones));
        return List.of(program.toString(), "-d", "-c", folder.resolve("unbound.conf").toString());
    }

    private List<String> powerDns(String lua, String settings) throws IOException {
        Files.writeString(folder.resolve("recursor.lua"), lua);
        Files.writeString(
                folder.resolve("recursor.conf"),
                settings.replace("/etc/powerdns", folder.toString())
                        + """
                        socket-dir=%1$s
                        local-address=127.0.0.1
                        local-port=%2$d
                        forward-zones-recurse=.=%3$s
                        dont-query=
                        dnssec=off
                        security-poll-suffix=
                        threads=1
                        setuid=
                        setgid=
                        """
                                .formatted(folder, port, upstream(":")));
        return List.of(program.toString(), "--config-dir=" + folder, "--daemon=no");
    }

    private List<String> knot(String policies) throws IOException {
        Files.writeString(
                folder.resolve("kresd.conf"),
                """
                net.listen('127.0.0.1', %d, { kind = 'dns' })
                log_level('notice')
                cache.size = 10 * MB
                trust_anchors.remove('.')
                modules.unload('ta_update')
                %spolicy.add(policy.all(policy.FORWARD({'%s'})))
                """
                        .formatted(port, policies, upstream("@")));
        return List.of(program.toString(), "-n", "-c", "kresd.conf", folder.toString());
    }
}

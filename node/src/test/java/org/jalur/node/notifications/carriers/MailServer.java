package org.jalur.node.notifications.carriers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jalur.dns.resolvers.FreePort;
import org.junit.jupiter.api.Assumptions;

/** Exim on loopback: asks for STARTTLS and a password, and keeps what it gets in one file. */
final class MailServer implements AutoCloseable {
    static final String USER = "jalur";
    static final String PASSWORD = "sample password";
    private static final Path EXIM = Path.of("/usr/sbin/exim4");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final Process process;
    private final int port;

    private MailServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Skips the test where there is none, unless all parts are required. */
    static MailServer start(Path folder) throws Exception {
        boolean required = "1".equals(System.getenv("JALUR_REQUIRE_ALL"));
        Assumptions.assumeTrue(required || Files.isExecutable(EXIM), "no Exim is installed");
        certificate(folder);
        // Exim gives its rights up and still has to write here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port = FreePort.find();
        Path configuration = folder.resolve("exim.conf");
        Files.writeString(configuration, configuration(folder, port));
        Process process =
                new ProcessBuilder(EXIM.toString(), "-C", configuration.toString(), "-bdf")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("exim.out").toFile())
                        .start();
        var server = new MailServer(folder, process, port);
        server.await();
        return server;
    }

    private static String configuration(Path folder, int port) {
        return """
        primary_hostname = localhost
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = %2$d
        pid_file_path = %1$s/exim.pid
        spool_directory = %1$s/spool
        log_file_path = %1$s/%%slog
        tls_advertise_hosts = *
        tls_certificate = %1$s/cert.pem
        tls_privatekey = %1$s/key.pem
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        acl_smtp_rcpt = recipient
        acl_smtp_data = accept
        deliver_drop_privilege = true
        queue_run_in_order = false
        begin acl
        recipient:
          deny !encrypted = * : message = no plain connections
          deny !authenticated = * : message = sign in first
        """
                        .replace(" : message", "\n       message")
                        .formatted(folder, port)
                + """
                  deny local_parts = unknown
                       message = no such mailbox
                  defer local_parts = busy
                       message = try again
                  accept
                begin routers
                all:
                  driver = accept
                  transport = file
                begin transports
                file:
                  driver = appendfile
                  file = %1$s/inbox
                  create_file = anywhere
                  mode = 0666
                  mode_fail_narrower = false
                  no_check_owner
                  user = Debian-exim
                begin authenticators
                plain:
                  driver = plaintext
                  public_name = PLAIN
                  server_condition = ${if and{{eq{$auth2}{%2$s}}{eq{$auth3}{%3$s}}}}
                  server_set_id = $auth2
                """
                        .formatted(folder, USER, PASSWORD);
    }

    private static void certificate(Path folder) throws Exception {
        Path store = folder.resolve("mail.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "mail",
                                "-keyalg",
                                "RSA",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(said);
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        pem(folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("mail").getEncoded());
        pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("mail", "changeit".toCharArray()).getEncoded());
    }

    private static void pem(Path file, String what, byte[] octets) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(
                                what,
                                Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                                        .encodeToString(octets),
                                what));
    }

    private void await() throws Exception {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new AssertionError(Files.readString(folder.resolve("exim.out")), e);
                }
                Thread.onSpinWait();
            }
        }
        throw new AssertionError(Files.readString(folder.resolve("exim.out")));
    }

    int port() {
        return port;
    }

    Path certificate() {
        return folder.resolve("cert.pem");
    }

    /** What was delivered, once it is there. */
    String inbox(String wanted) throws Exception {
        Path inbox = folder.resolve("inbox");
        String text = "";
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            text = Files.exists(inbox) ? Files.readString(inbox) : "";
            if (text.contains(wanted)) {
                return text;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(
                "nothing with \"%s\" came; the log says %s"
                        .formatted(wanted, log().orElse("nothing") + text));
    }

    private Optional<String> log() throws IOException {
        Path log = folder.resolve("mainlog");
        return Files.exists(log) ? Optional.of(Files.readString(log)) : Optional.empty();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        process.onExit().join();
    }
}

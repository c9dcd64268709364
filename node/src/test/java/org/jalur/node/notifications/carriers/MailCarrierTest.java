package org.jalur.node.notifications.carriers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jalur.node.notifications.carriers.Carrier.Outcome;
import org.jalur.node.notifications.carriers.NotificationSettings.Mail;
import org.jalur.node.notifications.carriers.NotificationSettings.Tls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** E-mail against a real mail server. */
class MailCarrierTest {
    @TempDir private static Path folder;
    private static MailServer server;

    @BeforeAll
    static void start() throws Exception {
        server = MailServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static MailCarrier carrier(int port, Tls tls, String password, @Nullable String bundle)
            throws IOException {
        Path file = Files.writeString(folder.resolve("password-" + UUID.randomUUID()), password);
        var bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle(
                "mail",
                SslBundle.of(
                        new PemSslStoreBundle(
                                null,
                                PemSslStoreDetails.forCertificate(
                                        server.certificate().toUri().toString()))));
        return new MailCarrier(
                new NotificationSettings(
                        URI.create("https://node.example"),
                        Duration.ofMinutes(15),
                        new Mail(
                                "localhost",
                                port,
                                tls,
                                MailServer.USER,
                                file,
                                "jalur@node.example",
                                bundle),
                        null,
                        null),
                bundles);
    }

    private static MailCarrier carrier() throws IOException {
        return carrier(server.port(), Tls.STARTTLS, MailServer.PASSWORD, "mail");
    }

    private static Letter letter(String subject) {
        return new Letter(
                UUID.randomUUID(),
                "case-new",
                "id",
                "SAMPLE/001",
                subject,
                "Waktu: 1 Nov 2026, 09.00 WIB\nBuka: https://node.example/cases/1",
                "https://node.example/cases/1",
                Instant.parse("2026-11-01T02:00:00Z"),
                Optional.empty(),
                true,
                Optional.empty());
    }

    @Test
    void letterArrivesOverTlsWithItsIdAndItsWords() throws Exception {
        Letter letter = letter("Pemberitahuan mendesak – SAMPLE/001");

        assertThat(carrier().send("officer@office.example", letter)).isEqualTo(new Outcome.Sent());

        String inbox = server.inbox(letter.id().toString());
        assertThat(inbox)
                .contains("Message-ID: <" + letter.id() + "@node.example>")
                .contains("Auto-Submitted: auto-generated", "Importance: high")
                .contains("Content-Language: id", "Buka: https://node.example/cases/1")
                .containsPattern("with esmtpsa.*TLS");
    }

    @Test
    void unknownMailboxIsRefusedForGood() throws Exception {
        assertThat(carrier().send("unknown@office.example", letter("Sample")))
                .isEqualTo(new Outcome.Refused("mail-answers 550"));
    }

    @Test
    void busyMailboxIsTriedLater() throws Exception {
        assertThat(carrier().send("busy@office.example", letter("Sample")))
                .isEqualTo(new Outcome.Later(Duration.ZERO, "mail-answers 451"));
    }

    @Test
    void wrongPasswordIsSaidSo() throws Exception {
        assertThat(
                        carrier(server.port(), Tls.STARTTLS, "wrong", "mail")
                                .send("officer@office.example", letter("Sample")))
                .isEqualTo(new Outcome.Later(Duration.ZERO, "mail-password"));
    }

    @Test
    void certificateThatNobodyVouchesForIsNotTrusted() throws Exception {
        assertThat(
                        carrier(server.port(), Tls.STARTTLS, MailServer.PASSWORD, null)
                                .send("officer@office.example", letter("Sample")))
                .isEqualTo(new Outcome.Later(Duration.ZERO, "mail-untrusted"));
    }

    /** Whoever stands in between and leaves STARTTLS out of the answer gets no password. */
    @Test
    void serverThatOffersNoTlsIsToldNothing() throws Exception {
        var heard = new ConcurrentLinkedQueue<String>();
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (var socket = plain.accept();
                                var in = socket.getInputStream();
                                var out = socket.getOutputStream()) {
                            out.write("220 plain\r\n".getBytes(UTF_8));
                            byte[] buffer = new byte[1000];
                            for (int n; (n = in.read(buffer)) > 0; ) {
                                heard.add(new String(buffer, 0, n, UTF_8));
                                out.write("250-plain\r\n250 AUTH PLAIN\r\n".getBytes(UTF_8));
                            }
                        } catch (IOException _) {
                            // The client has gone.
                        }
                    });

            assertThat(
                            carrier(plain.getLocalPort(), Tls.STARTTLS, MailServer.PASSWORD, "mail")
                                    .send("officer@office.example", letter("Sample")))
                    .isEqualTo(new Outcome.Later(Duration.ZERO, "mail-untrusted"));
        }
        assertThat(heard.toString()).doesNotContain("AUTH PLAIN", "MAIL FROM", "officer");
    }

    @Test
    void serverThatIsAwayIsTriedLater() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertThat(
                        carrier(closed, Tls.STARTTLS, MailServer.PASSWORD, "mail")
                                .send("officer@office.example", letter("Sample")))
                .isEqualTo(new Outcome.Later(Duration.ZERO, "mail-unreachable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "officer",
                "officer@",
                "@office.example",
                "officer@office.example,second@office.example",
                "Officer <officer@office.example>",
                "officer@office.example\r\nBcc: second@office.example",
                "offi cer@office.example",
                "officer@[127.0.0.1]"
            })
    void whatIsNotOneAddressIsNotTaken(String address) throws Exception {
        assertThat(carrier().accepts(address)).isFalse();
    }

    @Test
    void plainConnectionsToOtherMachinesCannotBeSetUp() {
        assertThatThrownBy(() ->
                        new Mail(
                                "mail.office.example",
                                25,
                                Tls.NONE,
                                null,
                                null,
                                "jalur@node.example",
                                null))
                .hasMessageContaining("starttls");
    }
}

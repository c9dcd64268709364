package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node for real use: its own process, TLS from a file, a certificate that is replaced. */
class ServeTest {
    private static final String PARTY = "otoritas-sungguhan";

    @TempDir private Path folder;

    @Test
    void nodeServesTlsAndTakesANewCertificateWithoutARestart() throws Exception {
        try (var nodes = new TestNodes(folder, List.of(PARTY), List.of("platform-sungguhan"))) {
            Path store = folder.resolve("node.p12");
            makeCertificate(store, "first.example");
            Path file = configuration(nodes, store);
            Process node =
                    new ProcessBuilder(
                                    java("java"),
                                    "-Xmx256m",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "org.jalur.node.serve.Serve",
                                    "--config",
                                    file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("serve.log").toFile())
                            .start();
            try {
                awaitSubject(nodes.port(PARTY), "CN=first.example", node);
                assertThat(health(nodes.port(PARTY))).contains("\"UP\"");

                makeCertificate(store, "second.example");

                awaitSubject(nodes.port(PARTY), "CN=second.example", node);
                assertThat(node.isAlive()).isTrue();
            } finally {
                node.destroy();
                assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private Path configuration(TestNodes nodes, Path store) throws Exception {
        var text = new StringBuilder();
        nodes.settings(PARTY)
                .forEach((key, value) -> {
                    if (!key.startsWith("jalur.demo")) {
                        text.append(key).append('=').append(value).append('\n');
                    }
                });
        text.append("server.ssl.bundle=node\n")
                .append("spring.ssl.bundle.jks.node.reload-on-update=true\n")
                .append("spring.ssl.bundle.watch.file.quiet-period=1s\n")
                .append("spring.ssl.bundle.jks.node.keystore.type=PKCS12\n")
                .append("spring.ssl.bundle.jks.node.keystore.password=sample-password\n")
                .append("spring.ssl.bundle.jks.node.keystore.location=file:")
                .append(store)
                .append('\n');
        return Files.writeString(folder.resolve("node.properties"), text);
    }

    private void makeCertificate(Path store, String name) throws Exception {
        Path fresh = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                java("keytool"),
                                "-genkeypair",
                                "-alias",
                                "node",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-validity",
                                "1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                fresh.toString(),
                                "-storepass",
                                "sample-password")
                        .redirectErrorStream(true)
                        .start();
        assertThat(keytool.waitFor()).isZero();
        Files.move(
                fresh, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private void awaitSubject(int port, String subject, Process node) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String seen = "nobody";
        while (!seen.equals(subject)) {
            if (System.nanoTime() > deadline || !node.isAlive()) {
                throw new AssertionError(
                        "%s is served: %s"
                                .formatted(seen, Files.readString(folder.resolve("serve.log"))));
            }
            try (var socket =
                    (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", port)) {
                SSLSession session = socket.getSession();
                if (session.isValid()
                        && session.getPeerCertificates()[0] instanceof X509Certificate shown) {
                    seen = shown.getSubjectX500Principal().getName();
                }
            } catch (java.io.IOException _) {
                seen = "nobody yet";
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static String health(int port) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context())
                .build()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "https://127.0.0.1:%d/actuator/health"
                                                        .formatted(port)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Trusts what this test made a moment ago. */
    private static SSLContext context() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new javax.net.ssl.KeyManager[0],
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                new SecureRandom());
        return context;
    }
}

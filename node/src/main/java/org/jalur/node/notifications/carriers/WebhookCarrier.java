package org.jalur.node.notifications.carriers;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jalur.node.notifications.carriers.NotificationSettings.Webhooks;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signed calls to an address that its owner named: on the public Internet and by TLS, unless the
 * operator vouches for its origin. No redirect is followed, and of the answer only the status read.
 */
@Component
@ConditionalOnProperty("jalur.notifications.webhooks.secret-file")
public class WebhookCarrier implements Carrier, DisposableBean {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LONGEST = 1_000;

    private final String master;
    private final List<URI> internal;
    private final JsonMapper json;
    private final Clock clock;
    private final CloseableHttpClient outside = client(new PublicOnly());
    private final CloseableHttpClient inside = client(SystemDefaultDnsResolver.INSTANCE);

    WebhookCarrier(NotificationSettings settings, JsonMapper json, Clock clock) {
        Webhooks webhooks = Optional.ofNullable(settings.webhooks()).orElseThrow();
        master = NotificationSettings.secret("webhooks.secret-file", webhooks.secretFile(), 32);
        internal = webhooks.internal();
        this.json = json;
        this.clock = clock;
    }

    private static CloseableHttpClient client(DnsResolver resolver) {
        return HttpClients.custom()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Jalur")
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(timeout()).build())
                .setConnectionManager(
                        PoolingHttpClientConnectionManagerBuilder.create()
                                .setDnsResolver(resolver)
                                .setDefaultConnectionConfig(
                                        ConnectionConfig.custom()
                                                .setConnectTimeout(timeout())
                                                .setSocketTimeout(timeout())
                                                .build())
                                .build())
                .build();
    }

    private static Timeout timeout() {
        return Timeout.of(PATIENCE);
    }

    @Override
    public Channel channel() {
        return Channel.WEBHOOK;
    }

    @Override
    public boolean accepts(String address) {
        try {
            URI uri = new URI(address);
            return address.length() <= LONGEST
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme()) || isInternal(uri));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private boolean isInternal(URI uri) {
        return internal.stream().anyMatch(one -> origin(one).equals(origin(uri)));
    }

    private static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        return "%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), port);
    }

    /** What the owner of a webhook enters at the receiver. */
    public String secret(UUID webhook) {
        return WebhookSignature.shown(WebhookSignature.secret(master, webhook));
    }

    /**
     * @param id the same at every try
     */
    record Body(
            UUID id,
            String kind,
            String reference,
            String text,
            String link,
            Instant at,
            Optional<Instant> dueAt,
            boolean emergency,
            Optional<String> code) {}

    /**
     * @param address the webhook's id, a space, its URL
     */
    @Override
    public Outcome send(String address, Letter letter) {
        UUID webhook = UUID.fromString(address.substring(0, address.indexOf(' ')));
        URI uri = URI.create(address.substring(address.indexOf(' ') + 1));
        byte[] body =
                json.writeValueAsBytes(
                        new Body(
                                letter.id(),
                                letter.kind(),
                                letter.reference(),
                                letter.subject(),
                                letter.link(),
                                letter.at(),
                                letter.dueAt(),
                                letter.emergency(),
                                letter.code()));
        long time = clock.instant().getEpochSecond();
        var request = new HttpPost(uri);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        request.setHeader("webhook-id", letter.id().toString());
        request.setHeader("webhook-timestamp", Long.toString(time));
        request.setHeader(
                "webhook-signature",
                WebhookSignature.sign(
                        WebhookSignature.secret(master, webhook),
                        letter.id().toString(),
                        time,
                        body));
        return call(isInternal(uri) ? inside : outside, request);
    }

    private static Outcome call(CloseableHttpClient client, HttpPost request) {
        // Ends even an answer that comes octet by octet.
        CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(request::cancel);
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            Outcome outcome = outcome(response);
            // Nobody reads what else it says.
            request.cancel();
            return outcome;
        } catch (PublicOnly.NotPublicException _) {
            return new Outcome.Refused("webhook-private");
        } catch (IOException _) {
            return new Outcome.Later(Duration.ZERO, "webhook-unreachable");
        }
    }

    private static Outcome outcome(ClassicHttpResponse response) {
        int status = response.getCode();
        String reason = "webhook-answers " + status;
        if (status / 100 == 2) {
            return new Outcome.Sent();
        }
        // 410: its owner wants no more of it.
        return status == 410
                ? new Outcome.Refused(reason)
                : new Outcome.Later(pause(response.getFirstHeader("Retry-After")), reason);
    }

    private static Duration pause(@Nullable Header header) {
        return header != null && header.getValue().matches("[0-9]{1,5}")
                ? Duration.ofSeconds(Long.parseLong(header.getValue()))
                : Duration.ZERO;
    }

    @Override
    public void destroy() throws IOException {
        outside.close();
        inside.close();
    }
}

package org.jalur.node.notifications.carriers;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notifications leave the node, as {@code docs/operations.md} describes it.
 *
 * @param url where people reach the pages of this node; links begin with it
 * @param passOn so long the person on call may take before the deputy is told, and the deputy
 *     before the whole role is
 * @param mail absent: no e-mail
 * @param webhooks absent: no webhooks
 * @param telegram absent: no Telegram messages
 */
@ConfigurationProperties("jalur.notifications")
public record NotificationSettings(
        @DefaultValue("http://127.0.0.1:8080") URI url,
        @DefaultValue("15m") Duration passOn,
        @Nullable Mail mail,
        @Nullable Webhooks webhooks,
        @Nullable Telegram telegram) {

    /** How the way to the mail server is closed. */
    public enum Tls {
        /** On a plain connection, before anything else is said. */
        STARTTLS,
        /** From the first octet. */
        TLS,
        /** Not at all; only on the same machine. */
        NONE
    }

    /**
     * @param host the operator's mail server
     * @param username absent: none is needed
     * @param passwordFile file with its password
     * @param from address of the sender
     * @param bundle SSL bundle with the authority that signed the server's certificate; absent: the
     *     JDK's
     */
    public record Mail(
            String host,
            @DefaultValue("587") int port,
            @DefaultValue("STARTTLS") Tls tls,
            @Nullable String username,
            @Nullable Path passwordFile,
            String from,
            @Nullable String bundle) {
        public Mail {
            if (tls == Tls.NONE && !host.matches("127\\..*|localhost|::1")) {
                throw new IllegalArgumentException(
                        "jalur.notifications.mail.tls is none for %s; use starttls or tls for another machine"
                                .formatted(host));
            }
            if ((username == null) != (passwordFile == null)) {
                throw new IllegalArgumentException(
                        "jalur.notifications.mail: set username and password-file, or neither");
            }
        }
    }

    /**
     * @param secretFile file from which the secret of each webhook is derived
     * @param internal origins that the operator vouches for although they are not public
     */
    public record Webhooks(Path secretFile, @DefaultValue List<URI> internal) {}

    /**
     * @param tokenFile file with the bot's token
     * @param api where the Bot API is
     */
    public record Telegram(Path tokenFile, @DefaultValue("https://api.telegram.org") URI api) {}

    /** What a secret's file says. */
    static String secret(String setting, Path file, int least) {
        String secret;
        try {
            secret = Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "jalur.notifications.%s %s cannot be read".formatted(setting, file), e);
        }
        if (secret.length() < least) {
            throw new IllegalStateException(
                    "jalur.notifications.%s %s holds %d characters; at least %d are needed"
                            .formatted(setting, file, secret.length(), least));
        }
        return secret;
    }
}

package org.jalur.node.notifications.carriers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.notifications.carriers.NotificationSettings.Telegram;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages of a bot, by the Bot API. The token is a part of each address that is called: no address
 * and no exception of a call is ever logged or shown.
 */
@Component
@ConditionalOnProperty("jalur.notifications.telegram.token-file")
public class TelegramCarrier implements Carrier {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_OF_A_RESPONSE = 4 * 1024 * 1024;

    /** The bot looks back over so many of its newest updates; 100 is the most the API gives. */
    private static final int NEWEST = 100;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .build();
    private final String base;
    private final JsonMapper json;
    private volatile Optional<String> name = Optional.empty();

    TelegramCarrier(NotificationSettings settings, JsonMapper json) {
        Telegram telegram = Optional.ofNullable(settings.telegram()).orElseThrow();
        String token = NotificationSettings.secret("telegram.token-file", telegram.tokenFile(), 10);
        if (!token.matches("[0-9]+:[A-Za-z0-9_-]+")) {
            throw new IllegalStateException(
                    "jalur.notifications.telegram.token-file holds no bot token; BotFather gives one");
        }
        base = telegram.api().toString().replaceAll("/+$", "") + "/bot" + token + "/";
        this.json = json;
    }

    @Override
    public Channel channel() {
        return Channel.TELEGRAM;
    }

    /** A chat's number; the bot learns it from whoever starts it with a code. */
    @Override
    public boolean accepts(String address) {
        return address.matches("-?[0-9]{1,16}");
    }

    @Override
    public Outcome send(String address, Letter letter) {
        Reply reply =
                call(
                        "sendMessage",
                        Map.of(
                                "chat_id",
                                Long.parseLong(address),
                                "text",
                                letter.subject() + "\n\n" + letter.text(),
                                "link_preview_options",
                                Map.of("is_disabled", true)));
        return switch (reply) {
            case Reply.Done _ -> new Outcome.Sent();
            // Blocked by the person, or no such chat: trying again does not help.
            case Reply.Wrong(int code, _) when code == 400 || code == 403 ->
                    new Outcome.Refused("telegram-answers " + code);
            case Reply.Wrong(int code, Duration pause) ->
                    new Outcome.Later(pause, "telegram-answers " + code);
            case Reply.Silent _ -> new Outcome.Later(Duration.ZERO, "telegram-unreachable");
        };
    }

    /** Where a person starts the bot with a code; empty while Telegram does not say its name. */
    public Optional<URI> start(String code) {
        if (name.isEmpty() && call("getMe", Map.of()) instanceof Reply.Done(JsonNode me)) {
            name =
                    Optional.of(me.path("username").asString(""))
                            .filter(one -> one.matches("[A-Za-z0-9_]{3,64}"));
        }
        return name.map(bot -> URI.create("https://t.me/%s?start=%s".formatted(bot, code)));
    }

    /** The private chat in which somebody has started the bot with this code. */
    public Optional<String> startedWith(String code) {
        if (call("getUpdates", Map.of("offset", -NEWEST, "limit", NEWEST, "timeout", 0))
                instanceof Reply.Done(JsonNode updates)) {
            for (JsonNode update : updates) {
                JsonNode message = update.path("message");
                if (message.path("text").asString("").equals("/start " + code)
                        && message.at("/chat/type").asString("").equals("private")) {
                    return Optional.of(message.at("/chat/id").asString("")).filter(this::accepts);
                }
            }
        }
        return Optional.empty();
    }

    private sealed interface Reply {
        record Done(JsonNode result) implements Reply {}

        record Wrong(int code, Duration pause) implements Reply {}

        record Silent() implements Reply {}
    }

    private Reply call(String method, Map<String, ?> parameters) {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            HttpRequest.newBuilder(URI.create(base + method))
                                    .timeout(PATIENCE)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    json.writeValueAsBytes(parameters)))
                                    .build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OF_A_RESPONSE));
            JsonNode answer = json.readTree(response.body());
            return response.statusCode() == 200 && answer.path("ok").asBoolean(false)
                    ? new Reply.Done(answer.path("result"))
                    : new Reply.Wrong(
                            answer.path("error_code").asInt(response.statusCode()),
                            Duration.ofSeconds(
                                    Math.min(
                                            86_400,
                                            answer.at("/parameters/retry_after").asInt(0))));
        } catch (IOException | JacksonException _) {
            return new Reply.Silent();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Silent();
        }
    }
}

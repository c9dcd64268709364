package org.jalur.sample;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.connector.ConnectorSignature;
import org.jalur.log.Hash;
import org.jalur.sample.Posts.Post;
import org.jalur.screening.image.TurnedHashes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The connector contract, {@code docs/connector.md}: what Jalur's node asks of this platform. */
final class ConnectorEndpoint {
    private static final List<String> ACTIONS =
            List.of(
                    "remove_post",
                    "remove_media",
                    "block_channel",
                    "block_account",
                    "withhold",
                    "restore",
                    "tell");

    private final Posts posts;
    private final Routes routes;
    private final byte[] secret;
    private final JsonMapper json;
    private final Clock clock;
    private final Nonces nonces = new Nonces();

    ConnectorEndpoint(Posts posts, Routes routes, byte[] secret, JsonMapper json, Clock clock) {
        this.posts = posts;
        this.routes = routes;
        this.secret = secret.clone();
        this.json = json;
        this.clock = clock;
    }

    record Target(@Nullable String kind, @Nullable String url, @Nullable Map<String, String> ids) {}

    record Action(
            @Nullable UUID id,
            @Nullable String action,
            @Nullable Target target,
            @Nullable List<String> countries,
            @Nullable UUID undo,
            @Nullable JsonNode statement) {}

    record ProbeRequest(@Nullable Target target, @Nullable List<String> countries) {}

    /** What a target names here. */
    private record Resolved(String scope, String ref, List<Post> posts, String channel) {}

    void register(RoutesConfig config) {
        config.get("/connector/capabilities", this::capabilities);
        config.post("/connector/actions", this::act);
        config.post("/connector/probe", this::probe);
    }

    private void capabilities(Context call) {
        if (isSigned(call)) {
            answer(
                    call,
                    200,
                    Map.of(
                            "contract",
                            "jalur-connector/1",
                            "platform",
                            "Sample platform",
                            "actions",
                            ACTIONS,
                            "routes",
                            List.of("page", "api", "archive", "media", "listing"),
                            "countries",
                            true));
        }
    }

    private boolean isSigned(Context call) {
        String time = call.header(ConnectorSignature.TIME_HEADER);
        String nonce = call.header(ConnectorSignature.NONCE_HEADER);
        String signature = call.header(ConnectorSignature.SIGNATURE_HEADER);
        if (time == null || nonce == null || signature == null || !time.matches("[0-9]{1,12}")) {
            return refuse(call, "The call needs Jalur-Time, Jalur-Nonce and Jalur-Signature.");
        }
        Instant now = clock.instant();
        try {
            String query = call.queryString();
            String path = call.path() + (query == null ? "" : "?" + query);
            var signed =
                    new ConnectorSignature(call.method().name(), path, Long.parseLong(time), nonce);
            if (!signed.isSignedBy(secret, call.bodyAsBytes(), signature)) {
                return refuse(call, "The signature is not over this call with our shared secret.");
            }
            if (!signed.isFreshAt(now)) {
                return refuse(
                        call,
                        "The call says %s; here it is %d.".formatted(time, now.getEpochSecond()));
            }
        } catch (IllegalArgumentException e) {
            return refuse(call, String.valueOf(e.getMessage()));
        }
        return nonces.isNew(nonce, now) || refuse(call, "This nonce was used before.");
    }

    private boolean refuse(Context call, String detail) {
        problem(call, 401, "not-signed", detail);
        return false;
    }

    private void act(Context call) {
        if (!isSigned(call)) {
            return;
        }
        Action action;
        try {
            action = json.readValue(call.bodyAsBytes(), Action.class);
        } catch (JacksonException e) {
            problem(
                    call,
                    400,
                    "unreadable",
                    "The body is not the JSON of an action: " + e.getOriginalMessage());
            return;
        }
        if (action.id() == null || action.action() == null || !ACTIONS.contains(action.action())) {
            problem(
                    call,
                    400,
                    "unknown-action",
                    "action is \"%s\"; known are %s".formatted(action.action(), ACTIONS));
            return;
        }
        String request = Hash.sha256(call.bodyAsBytes()).hex();
        Optional<Posts.Answer> earlier = posts.answer(action.id());
        if (earlier.isPresent()) {
            if (earlier.get().request().equals(request)) {
                call.status(earlier.get().status())
                        .contentType("application/json")
                        .result(earlier.get().text());
            } else {
                problem(
                        call,
                        409,
                        "action-reused",
                        "Action %s was used for another call.".formatted(action.id()));
            }
            return;
        }
        Optional<Resolved> target = resolve(action.target());
        if (target.isEmpty()) {
            problem(
                    call,
                    422,
                    "unknown-target",
                    "The target \"%s\" is nothing on this platform."
                            .formatted(action.target() == null ? "" : action.target().url()));
            return;
        }
        Map<String, Object> done = carryOut(action.id(), action.action(), action, target.get());
        String text = json.writeValueAsString(done);
        posts.remember(action.id(), new Posts.Answer(request, 200, text));
        call.status(200).contentType("application/json").result(text);
    }

    private Map<String, Object> carryOut(UUID id, String name, Action action, Resolved target) {
        List<String> countries = Optional.ofNullable(action.countries()).orElse(List.of());
        String result = "done";
        String detail = "";
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("id", id);
        switch (name) {
            case "restore" -> {
                int undone = action.undo() == null ? 0 : posts.unhide(action.undo(), countries);
                if (undone == 0) {
                    result = "no_op";
                    detail = "nothing of that action hides this target";
                }
            }
            case "tell" -> detail = "only the statement was delivered";
            default -> {
                boolean visible =
                        target.posts().stream().anyMatch(post -> posts.isVisible(post.id(), "*"));
                posts.hide(
                        id,
                        name.equals("withhold") || !name.equals("remove_media")
                                ? target.scope()
                                : "media",
                        ref(name, target),
                        name.equals("withhold") ? countries : List.of());
                if (!visible && !target.posts().isEmpty()) {
                    result = "already_gone";
                }
                done.put("content", content(target));
            }
        }
        JsonNode statement = action.statement();
        boolean told = statement != null && !statement.isNull();
        if (told) {
            posts.tell(target.channel(), name, json.writeValueAsString(statement));
        }
        done.put("result", result);
        done.put("detail", detail);
        done.put("told", told);
        return done;
    }

    private static String ref(String action, Resolved target) {
        boolean media =
                action.equals("remove_media")
                        && !target.posts().isEmpty()
                        && !target.posts().getFirst().pictures().isEmpty();
        return media
                ? target.posts().getFirst().pictures().getFirst().id().toString()
                : target.ref();
    }

    private Map<String, Object> content(Resolved target) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (target.posts().size() == 1) {
            Post post = target.posts().getFirst();
            if (!post.text().isEmpty()) {
                content.put("text", post.text());
            }
            content.put("author", post.author());
            content.put("files", post.pictures().stream().map(this::file).toList());
        }
        return content;
    }

    private Map<String, Object> file(Posts.Picture picture) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("sha256", picture.sha256());
        file.put("type", picture.type());
        posts.media(picture.id())
                .flatMap(media -> Looks.of(media.bytes()))
                .map(TurnedHashes::upright)
                .ifPresent(looks -> {
                    file.put("pdq", looks.hash().toString());
                    file.put("pdqQuality", looks.quality());
                });
        return file;
    }

    private void probe(Context call) {
        if (!isSigned(call)) {
            return;
        }
        ProbeRequest request;
        try {
            request = json.readValue(call.bodyAsBytes(), ProbeRequest.class);
        } catch (JacksonException e) {
            problem(
                    call,
                    400,
                    "unreadable",
                    "The body is not the JSON of a probe: " + e.getOriginalMessage());
            return;
        }
        Optional<Resolved> target = resolve(request.target());
        if (target.isEmpty()) {
            problem(call, 422, "unknown-target", "The target is nothing on this platform.");
            return;
        }
        var countries = new ArrayList<>(List.of("*"));
        countries.addAll(Optional.ofNullable(request.countries()).orElse(List.of()));
        var seen = new ArrayList<Routes.Seen>();
        for (String country : countries) {
            if (!country.matches("\\*|[A-Z]{2}")) {
                problem(
                        call,
                        422,
                        "invalid-country",
                        "country is \"%s\"; use ISO 3166-1 alpha-2".formatted(country));
                return;
            }
            target.get().posts().stream()
                    .limit(5)
                    .forEach(post -> seen.addAll(routes.probe(post, country)));
        }
        answer(call, 200, Map.of("at", clock.instant().toString(), "routes", merged(seen)));
    }

    /** A channel is as visible as its most visible post. */
    private static List<Routes.Seen> merged(List<Routes.Seen> seen) {
        Map<String, Routes.Seen> byRoute = new LinkedHashMap<>();
        for (Routes.Seen one : seen) {
            byRoute.merge(one.route() + one.country(), one, (a, b) -> rank(a) >= rank(b) ? a : b);
        }
        return List.copyOf(byRoute.values());
    }

    private static int rank(Routes.Seen seen) {
        return List.of("gone", "unknown", "visible").indexOf(seen.state());
    }

    private Optional<Resolved> resolve(@Nullable Target target) {
        if (target == null || target.url() == null) {
            return Optional.empty();
        }
        String url = target.url().replaceAll("[?#].*$", "").replaceAll("/+$", "");
        if (!url.startsWith(posts.base() + "/")) {
            return Optional.empty();
        }
        String[] path = url.substring(posts.base().length() + 1).split("/", -1);
        if (path.length == 4
                && path[0].equals("channels")
                && path[2].equals("posts")
                && path[3].matches("[0-9]{1,18}")) {
            return posts.find(Long.parseLong(path[3]))
                    .filter(post -> post.channel().equals(path[1]))
                    .map(post -> post(target, post));
        }
        if (path.length == 2 && path[0].equals("channels") && posts.exists(path[1])) {
            return Optional.of(
                    new Resolved("channel", path[1], posts.published(path[1], 5), path[1]));
        }
        if (path.length == 2 && path[0].equals("media") && path[1].matches("[0-9a-f-]{36}")) {
            return posts.media(UUID.fromString(path[1]))
                    .flatMap(media -> posts.find(media.post()))
                    .map(post -> new Resolved("media", path[1], List.of(post), post.channel()));
        }
        return Optional.empty();
    }

    /** An account and a channel may be named by one of their posts. */
    private static Resolved post(Target target, Post post) {
        return switch (target.kind()) {
            case "account" -> new Resolved("account", post.author(), List.of(post), post.channel());
            case "channel" ->
                    new Resolved("channel", post.channel(), List.of(post), post.channel());
            case null, default ->
                    new Resolved("post", Long.toString(post.id()), List.of(post), post.channel());
        };
    }

    private void answer(Context call, int status, Object body) {
        call.status(status).contentType("application/json").result(json.writeValueAsString(body));
    }

    private void problem(Context call, int status, String type, String detail) {
        call.status(status)
                .contentType("application/problem+json")
                .result(
                        json.writeValueAsString(
                                Map.of(
                                        "type", "https://jalur.example/problems/" + type,
                                        "title", type,
                                        "status", status,
                                        "detail", detail)));
    }
}

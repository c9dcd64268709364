package org.jalur.sample;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.sample.Posts.Post;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import tools.jackson.databind.json.JsonMapper;

/** What the public sees: pages, feeds, archive, pictures, and the form to post. */
final class Pages {
    private static final int PAGE = 50;

    private final Posts posts;
    private final Publishing publishing;
    private final JsonMapper json;
    private final TemplateEngine templates = new TemplateEngine();

    Pages(Posts posts, Publishing publishing, JsonMapper json) {
        this.posts = posts;
        this.publishing = publishing;
        this.json = json;
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/");
        resolver.setSuffix(".html");
        resolver.setCharacterEncoding("UTF-8");
        templates.setTemplateResolver(resolver);
    }

    void register(RoutesConfig config) {
        config.get("/", this::listing);
        config.get("/channels/{name}", this::channel);
        config.get("/channels/{name}/inbox", this::inbox);
        config.get("/channels/{name}/inbox.json", this::inboxJson);
        config.post("/channels/{name}/posts", this::post);
        config.get("/channels/{name}/posts/{id}", this::one);
        config.get("/archive/{name}", this::archive);
        config.get("/media/{id}", this::media);
        config.exception(
                Publishing.RefusedException.class,
                (e, call) -> refused(call, e.status(), e.type(), String.valueOf(e.getMessage())));
        config.exception(
                Screening.UnavailableException.class,
                (e, call) -> {
                    call.header("Retry-After", "5");
                    refused(
                            call,
                            503,
                            "not-screened",
                            "Nothing was published: %s. Try again.".formatted(e.getMessage()));
                });
    }

    private static String country(Context call) {
        String asked =
                Optional.ofNullable(call.queryParam("country"))
                        .orElseGet(() -> call.header("Sample-Country"));
        return asked != null && asked.matches("[A-Z]{2}") ? asked : "*";
    }

    private void listing(Context call) {
        String words = Optional.ofNullable(call.queryParam("q")).orElse("");
        page(
                call,
                200,
                "listing",
                Map.of("posts", links(posts.newest(country(call), words, PAGE)), "words", words));
    }

    private void channel(Context call) {
        String name = call.pathParam("name");
        boolean feed = name.endsWith(".json");
        String channel = feed ? name.substring(0, name.length() - 5) : name;
        if (!posts.isChannelVisible(channel, country(call))) {
            gone(call);
            return;
        }
        List<Post> visible = posts.visible(channel, country(call), PAGE);
        if (feed) {
            answer(
                    call,
                    200,
                    Map.of("channel", channel, "posts", visible.stream().map(this::view).toList()));
        } else {
            page(
                    call,
                    200,
                    "channel",
                    Map.of("channel", channel, "posts", links(visible), "error", "", "text", ""));
        }
    }

    private void archive(Context call) {
        String channel = call.pathParam("name");
        String around = call.queryParam("around");
        List<Post> visible =
                around != null && around.matches("[0-9]{1,18}")
                        ? posts.find(Long.parseLong(around))
                                .filter(post -> posts.isVisible(post.id(), country(call)))
                                .map(List::of)
                                .orElse(List.of())
                        : posts.visible(channel, country(call), 1_000);
        page(call, 200, "archive", Map.of("channel", channel, "posts", links(visible)));
    }

    private void one(Context call) {
        String id = call.pathParam("id");
        boolean feed = id.endsWith(".json");
        String number = feed ? id.substring(0, id.length() - 5) : id;
        Optional<Post> post =
                number.matches("[0-9]{1,18}")
                        ? posts.find(Long.parseLong(number))
                        : Optional.empty();
        if (post.isEmpty()) {
            refused(call, 404, "unknown-post", "There is no post %s.".formatted(number));
        } else if (!posts.isVisible(post.get().id(), country(call))) {
            gone(call);
        } else if (feed) {
            answer(call, 200, view(post.get()));
        } else {
            page(call, 200, "post", Map.of("post", view(post.get())));
        }
    }

    private void media(Context call) {
        String id = call.pathParam("id");
        Optional<Posts.Media> media =
                id.matches("[0-9a-f-]{36}") ? posts.media(UUID.fromString(id)) : Optional.empty();
        if (media.isEmpty()) {
            refused(call, 404, "unknown-media", "There is no picture %s.".formatted(id));
        } else if (!posts.isVisible(media.get().post(), country(call))
                || posts.isMediaHidden(media.get().picture().id(), country(call))) {
            gone(call);
        } else {
            call.header("X-Content-Type-Options", "nosniff");
            call.contentType(media.get().picture().type()).result(media.get().bytes());
        }
    }

    /**
     * RFC 7725: who demands it stands in the owner's inbox; no-store, so that a restore is seen at
     * once.
     */
    private void gone(Context call) {
        call.header("Cache-Control", "no-store");
        call.header("Link", "<%s>; rel=\"blocked-by\"".formatted(posts.base()));
        refused(
                call,
                451,
                "not-shown",
                "This content is not shown. Its owner was told why and how to appeal.");
    }

    private void post(Context call) throws IOException {
        String channel = call.pathParam("name");
        String type = Optional.ofNullable(call.contentType()).orElse("");
        if (type.startsWith("application/json")) {
            Publishing.Published done =
                    publishing.publish(channel, publishing.read(call.bodyAsBytes()));
            call.header("Location", posts.url(done.post()));
            answer(call, done.held() ? 202 : 201, view(done.post()));
            return;
        }
        String text = Optional.ofNullable(call.formParam("text")).orElse("");
        try {
            publishing.publish(
                    channel, new Publishing.NewPost(text, call.formParam("author"), picture(call)));
            call.redirect("/channels/" + channel);
        } catch (Publishing.RefusedException e) {
            page(
                    call,
                    e.status(),
                    "channel",
                    Map.of(
                            "channel",
                            channel,
                            "posts",
                            links(posts.visible(channel, "*", PAGE)),
                            "error",
                            String.valueOf(e.getMessage()),
                            "text",
                            text));
        }
    }

    private static Publishing.@Nullable NewPicture picture(Context call) throws IOException {
        UploadedFile file = call.uploadedFile("picture");
        if (file == null || file.size() == 0) {
            return null;
        }
        try (InputStream in = file.content()) {
            return new Publishing.NewPicture(file.contentType(), in.readAllBytes());
        }
    }

    private void inbox(Context call) {
        String channel = call.pathParam("name");
        var told = new ArrayList<Map<String, Object>>();
        for (Posts.Told one : posts.inbox(channel)) {
            told.add(
                    Map.of(
                            "action",
                            one.action(),
                            "at",
                            one.at().toString(),
                            "statement",
                            json.readTree(one.statement())));
        }
        page(
                call,
                200,
                "inbox",
                Map.of("channel", channel, "told", told.stream().map(this::flat).toList()));
    }

    private Map<String, Object> flat(Map<String, Object> told) {
        var flat = new LinkedHashMap<>(told);
        flat.put("statement", json.convertValue(told.get("statement"), Map.class));
        return flat;
    }

    private void inboxJson(Context call) {
        String channel = call.pathParam("name");
        answer(
                call,
                200,
                Map.of(
                        "channel",
                        channel,
                        "entries",
                        posts.inbox(channel).stream()
                                .map(one ->
                                        Map.of(
                                                "action",
                                                one.action(),
                                                "at",
                                                one.at().toString(),
                                                "statement",
                                                json.readTree(one.statement())))
                                .toList()));
    }

    private List<Map<String, Object>> links(List<Post> list) {
        return list.stream().map(this::view).toList();
    }

    private Map<String, Object> view(Post post) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", post.id());
        view.put("url", posts.url(post));
        view.put("channel", post.channel());
        view.put("author", post.author());
        view.put("text", post.text());
        view.put("createdAt", post.createdAt().toString());
        view.put("review", post.review());
        view.put(
                "media",
                post.pictures().stream()
                        .map(picture ->
                                Map.of(
                                        "id",
                                        picture.id(),
                                        "url",
                                        posts.base() + "/media/" + picture.id(),
                                        "sha256",
                                        picture.sha256()))
                        .toList());
        return view;
    }

    private void page(Context call, int status, String template, Map<String, Object> model) {
        String language =
                Optional.ofNullable(call.queryParam("lang"))
                        .filter(lang -> lang.equals("id"))
                        .orElse("en");
        var context = new org.thymeleaf.context.Context(Locale.of(language), model);
        context.setVariable("id", language.equals("id"));
        context.setVariable("language", language);
        call.header(
                "Content-Security-Policy",
                "default-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        call.status(status).html(templates.process(template, context));
    }

    private void answer(Context call, int status, Object body) {
        call.status(status).contentType("application/json").result(json.writeValueAsString(body));
    }

    private void refused(Context call, int status, String type, String detail) {
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

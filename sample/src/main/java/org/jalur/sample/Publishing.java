package org.jalur.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Takes a new post: checks it, has it screened, and publishes, holds or refuses it. */
final class Publishing {
    private static final int MAX_TEXT = 4_000;
    private static final int MAX_PICTURE = 2 * 1024 * 1024;

    private final Posts posts;
    private final Screening screening;
    private final JsonMapper json;

    Publishing(Posts posts, Screening screening, JsonMapper json) {
        this.posts = posts;
        this.screening = screening;
        this.json = json;
    }

    /** What somebody wants to post. */
    record NewPost(@Nullable String text, @Nullable String author, @Nullable NewPicture picture) {}

    record NewPicture(@Nullable String type, byte @Nullable [] data) {}

    /** A post that breaks a rule of the platform. */
    static final class RefusedException extends RuntimeException {
        private final int status;
        private final String type;

        RefusedException(int status, String type, String sentence) {
            super(sentence);
            this.status = status;
            this.type = type;
        }

        int status() {
            return status;
        }

        String type() {
            return type;
        }
    }

    /**
     * @param held whether a person looks at it before it is public
     */
    record Published(Posts.Post post, boolean held) {}

    NewPost read(byte[] body) {
        try {
            return json.readValue(body, NewPost.class);
        } catch (tools.jackson.core.JacksonException e) {
            throw new RefusedException(
                    400,
                    "unreadable",
                    "The body is not the JSON of a post: " + e.getOriginalMessage());
        }
    }

    Published publish(String channel, NewPost post) {
        String text = post.text() == null ? "" : post.text().strip();
        String author =
                post.author() == null || post.author().isBlank()
                        ? "sample-author"
                        : post.author().strip();
        if (!channel.matches("[a-z0-9-]{1,40}")) {
            throw invalid(
                    "channel is \"%s\"; use 1 to 40 lower-case letters, digits and hyphens"
                            .formatted(channel));
        }
        if (!author.matches("[A-Za-z0-9 ._-]{1,60}")) {
            throw invalid(
                    "author is \"%s\"; use 1 to 60 letters, digits, spaces, dots and hyphens"
                            .formatted(author));
        }
        Optional<byte[]> picture =
                Optional.ofNullable(post.picture()).flatMap(one -> Optional.ofNullable(one.data()));
        if (text.isEmpty() && picture.isEmpty()) {
            throw invalid("text is empty; write something or add a picture");
        }
        if (text.length() > MAX_TEXT) {
            throw invalid(
                    "text has %d characters; shorten it to %d".formatted(text.length(), MAX_TEXT));
        }
        String type = picture.map(Publishing::pictureType).orElse("");
        Screening.Verdict verdict = screen(channel, author, text, picture);
        if (verdict.verdict().equals("block")) {
            throw new RefusedException(
                    451,
                    "content-blocked",
                    "This content was blocked before (case %s). To object, write to the platform's appeals desk and name the case."
                            .formatted(cases(verdict)));
        }
        if (!List.of("publish", "review", "hold").contains(verdict.verdict())) {
            throw new Screening.UnavailableException(
                    "the screener gives the unknown verdict " + verdict.verdict());
        }
        boolean held = verdict.verdict().equals("hold");
        boolean review = !verdict.verdict().equals("publish");
        return new Published(
                posts.publish(channel, author, text, picture, type, review, held), held);
    }

    private static List<String> cases(Screening.Verdict verdict) {
        return verdict.hits().stream()
                .map(hit -> String.valueOf(hit.get("case")))
                .distinct()
                .toList();
    }

    private Screening.Verdict screen(
            String channel, String author, String text, Optional<byte[]> picture) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("visibility", "public");
        content.put("channel", channel);
        content.put("author", author);
        content.put(
                "url", "%s/channels/%s/posts/%d".formatted(posts.base(), channel, posts.nextId()));
        content.put("text", text);
        picture.ifPresent(bytes -> content.put("files", files(bytes)));
        return screening.ask(content);
    }

    /** The file, and what it looks like as it stands, turned and mirrored. */
    private static List<Map<String, Object>> files(byte[] picture) {
        List<Map<String, Object>> files = new ArrayList<>();
        files.add(Map.of("sha256", Hash.sha256(picture).hex()));
        Looks.of(picture)
                .ifPresent(looks ->
                        looks.hashes()
                                .forEach(hash ->
                                        files.add(
                                                Map.of(
                                                        "pdq",
                                                        hash.toString(),
                                                        "pdqQuality",
                                                        looks.quality()))));
        return files;
    }

    private static String pictureType(byte[] bytes) {
        if (bytes.length > MAX_PICTURE) {
            throw invalid(
                    "the picture has %d bytes; use at most %d"
                            .formatted(bytes.length, MAX_PICTURE));
        }
        String head =
                new String(
                        bytes,
                        0,
                        Math.min(12, bytes.length),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG")) {
            return "image/png";
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (head.startsWith("GIF8")) {
            return "image/gif";
        }
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return "image/webp";
        }
        throw invalid("the picture is of no kind that is taken; use PNG, JPEG, GIF or WebP");
    }

    private static RefusedException invalid(String sentence) {
        return new RefusedException(422, "invalid-post", sentence);
    }
}

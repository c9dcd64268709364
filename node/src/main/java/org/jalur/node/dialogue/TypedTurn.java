package org.jalur.node.dialogue;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.Rule;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.WebUtils;

/** What people typed and chose in the forms of a dialogue. */
public final class TypedTurn {
    /** A number, or two with a dash. */
    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,5})(?:[-–]([0-9]{1,5}))?");

    private TypedTurn() {}

    public static String text(Map<String, String> typed, String field) {
        return typed.getOrDefault(field, "").strip();
    }

    /** Numbers of items as people write them, for example {@code 1, 3-5}; nothing means all. */
    public static List<Integer> items(String typed) {
        var numbers = new TreeSet<Integer>();
        for (String one : typed.strip().split("[,;\\s]+")) {
            if (one.isEmpty()) {
                continue;
            }
            Matcher matcher = NUMBERS.matcher(one);
            if (!matcher.matches()) {
                throw new InvalidNoticeException("items", Rule.ITEM_NUMBERS, one);
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1 || last > NoticeFacts.MAX_ITEMS || first > last) {
                throw new InvalidNoticeException("items", Rule.ITEM_NUMBERS, one);
            }
            for (int no = first; no <= last; no++) {
                numbers.add(no);
            }
        }
        return List.copyOf(numbers);
    }

    /** The question that an answer answers; empty where the form has only one. */
    public static Optional<UUID> question(Map<String, String> typed) {
        try {
            return Optional.ofNullable(typed.get("question"))
                    .filter(id -> !id.isBlank())
                    .map(UUID::fromString);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** What a browser sends of its files; one that was not chosen comes as an empty one. */
    public static List<Upload> uploads(HttpServletRequest request) throws IOException {
        List<Upload> uploads = new ArrayList<>();
        var multipart = WebUtils.getNativeRequest(request, MultipartRequest.class);
        if (multipart == null) {
            return uploads;
        }
        for (MultipartFile file : multipart.getFiles("attachments")) {
            String name =
                    Optional.ofNullable(file.getOriginalFilename())
                            .orElse("")
                            .replaceAll(".*[/\\\\]", "");
            if (!name.isBlank() || !file.isEmpty()) {
                uploads.add(new Upload(name, file.getBytes()));
            }
        }
        return uploads;
    }

    /** Says something. */
    @FunctionalInterface
    public interface Saying {
        void say() throws IOException;
    }

    /** The page again. */
    @FunctionalInterface
    public interface Again {
        ModelAndView show(Form form, HttpStatusCode status);
    }

    /**
     * Says what was typed and leads to where it is seen; where it is refused the page comes again,
     * with what was typed and what is wrong.
     *
     * @param text the field that errors are shown at, if they are not about files or items
     * @param items the field of items' numbers, or the same
     */
    public static ModelAndView said(
            Map<String, String> typed,
            String text,
            String items,
            Texts texts,
            Saying saying,
            String seen,
            Again again)
            throws IOException {
        try {
            saying.say();
            return new ModelAndView("redirect:" + seen);
        } catch (InvalidNoticeException e) {
            return again.show(
                    Form.of(typed).wrong(field(e, text, items), texts.error(e)),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            return again.show(Form.of(typed).wrong(text, texts.error(e)), e.status());
        }
    }

    private static String field(InvalidNoticeException e, String text, String items) {
        return e.field().startsWith("files")
                ? "attachments"
                : e.field().equals("items") ? items : text;
    }
}

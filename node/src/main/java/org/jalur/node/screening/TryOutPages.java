package org.jalur.node.screening;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.Hash;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.screening.engine.Content;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Verdict;
import org.jalur.screening.engine.Visibility;
import org.jalur.screening.image.DecoderUnavailableException;
import org.jalur.screening.image.PictureReading;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** A box to try the lists on a text, an address or a picture; nothing of it is recorded. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class TryOutPages {
    private static final int PATIENCE_MILLIS = 5_000;

    private final Frame frame;
    private final Texts texts;
    private final LiveScreening live;
    private final Pictures pictures;
    private final Clock clock;

    TryOutPages(Frame frame, Texts texts, LiveScreening live, Pictures pictures, Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.live = live;
        this.pictures = pictures;
        this.clock = clock;
    }

    /** Empty until something was tried. */
    record TryOutPage(Form form, Optional<Result> result) {}

    /**
     * @param verdict what a platform would be told
     * @param unanswered why not everything was compared
     * @param facts about a picture: its digests, by the key of their name
     */
    record Result(
            String verdict,
            List<ScreenController.Hit> hits,
            Optional<String> unanswered,
            Map<String, String> facts) {}

    @GetMapping("/try-out")
    ModelAndView empty() {
        return show(Form.EMPTY, Optional.empty(), HttpStatus.OK);
    }

    private ModelAndView show(Form form, Optional<Result> result, HttpStatusCode status) {
        ModelAndView page = frame.show("screening/try-out", new TryOutPage(form, result));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/try-out")
    ModelAndView tryOut(
            @RequestParam Map<String, String> typed,
            @RequestParam("picture") Optional<MultipartFile> picture)
            throws IOException {
        String text = typed.getOrDefault("tryText", "");
        String url = typed.getOrDefault("tryUrl", "").strip();
        String country = typed.getOrDefault("tryCountry", "").strip();
        byte[] file = picture.isPresent() ? picture.get().getBytes() : new byte[0];
        Form form = Form.of(Map.of("tryText", text, "tryUrl", url, "tryCountry", country));
        if (text.isBlank() && url.isEmpty() && file.length == 0) {
            form = form.wrong("tryText", texts.say("try-out.nothing"));
        }
        if (text.length() > ContentForm.MOST_TEXT) {
            form = form.wrong("tryText", texts.say("try-out.long", ContentForm.MOST_TEXT));
        }
        if (!country.matches("([A-Z]{2})?")) {
            form = form.wrong("tryCountry", texts.say("lists.countries.wrong"));
        }
        Optional<Screening> engine = live.engine();
        if (engine.isEmpty()) {
            form = form.wrong("tryText", texts.say("try-out.not-ready"));
        }
        if (form.isWrong()) {
            return show(form, Optional.empty(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        var facts = new LinkedHashMap<String, String>();
        var unanswered = new ArrayList<String>();
        Content.Builder content = Content.that(Visibility.ABOUT_TO_BE_PUBLIC);
        var built = new Submission.Builder(content);
        if (!text.isBlank()) {
            built.text(text);
        }
        if (!url.isEmpty()) {
            built.url(url);
        }
        if (!country.isEmpty()) {
            content.country(country);
        }
        if (file.length > 0) {
            picture(file, built, facts).ifPresent(unanswered::add);
        }
        Submission tried =
                built.build(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        country.isEmpty() ? Optional.empty() : Optional.of(country));
        Verdict verdict =
                engine.orElseThrow()
                        .explain(tried.content(), clock.instant().plusMillis(PATIENCE_MILLIS));
        verdict.unanswered().ifPresent(unanswered::add);
        return show(
                form,
                Optional.of(
                        new Result(
                                unanswered.isEmpty()
                                        ? SignatureLists.wire(verdict.action())
                                        : "hold",
                                verdict.hits().stream()
                                        .map(hit -> ScreenController.hit(tried, hit))
                                        .toList(),
                                unanswered.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(String.join("; ", unanswered)),
                                facts)),
                HttpStatus.OK);
    }

    /** Adds a picture's digests; why it has no hash of its looks, if so. */
    private Optional<String> picture(
            byte[] file, Submission.Builder built, Map<String, String> facts) {
        String sha256 = Hash.sha256(file).hex();
        built.sha256(sha256);
        facts.put("sha256", sha256);
        String md5 = md5(file);
        built.md5(md5);
        facts.put("md5", md5);
        try {
            Optional<PictureReading> reading = pictures.read(file);
            if (reading.isEmpty()) {
                return Optional.of(texts.say("try-out.no-decoder"));
            }
            return switch (reading.get()) {
                case PictureReading.Hashed(int width, int height, var hashes) -> {
                    facts.put("size", width + " × " + height);
                    facts.put("pdq", hashes.upright().hash().toString());
                    facts.put("quality", Integer.toString(hashes.quality()));
                    // Also turned and mirrored.
                    hashes.hashes().forEach(one -> built.picture(one, hashes.quality()));
                    yield Optional.empty();
                }
                case PictureReading.Refused(_, String reason) -> Optional.of(reason);
            };
        } catch (DecoderUnavailableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String md5(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}

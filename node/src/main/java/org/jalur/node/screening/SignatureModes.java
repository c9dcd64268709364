package org.jalur.node.screening;

import java.util.Locale;
import java.util.Optional;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;
import org.jalur.screening.Mode;

/**
 * Which signatures a block creates; left out: files block, pictures, texts and addresses go to
 * review.
 *
 * @param file mode, or "none", for the same file
 * @param picture for pictures that look the same
 */
public record SignatureModes(
        Optional<String> file,
        Optional<String> picture,
        Optional<String> text,
        Optional<String> url) {
    public static final SignatureModes DEFAULT =
            new SignatureModes(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    public static final String NONE = "none";

    public SignatureModes {
        file.ifPresent(SignatureModes::check);
        picture.ifPresent(SignatureModes::check);
        text.ifPresent(SignatureModes::check);
        url.ifPresent(SignatureModes::check);
    }

    public String fileMode() {
        return file.orElse("block");
    }

    public String pictureMode() {
        return picture.orElse("review");
    }

    public String textMode() {
        return text.orElse("review");
    }

    public String urlMode() {
        return url.orElse("review");
    }

    private static void check(String mode) {
        if (!mode.equals(NONE)) {
            mode(mode);
        }
    }

    static Mode mode(String mode) {
        try {
            return Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new InvalidNoticeException(
                    "signatures", Rule.CHOICE, mode, "none, shadow, review, hold or block");
        }
    }
}

package org.jalur.screening.engine;

/** Who can see content. Private messages are never screened, so there is no word for them here. */
public enum Visibility {
    PUBLIC,
    ABOUT_TO_BE_PUBLIC;

    /**
     * Reads what a caller says.
     *
     * @throws IllegalArgumentException for anything but the two, with what is screened
     */
    public static Visibility of(String word) {
        for (Visibility one : values()) {
            if (one.name().equals(word)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "only public content, or content about to become public, is screened (PUBLIC, "
                        + "ABOUT_TO_BE_PUBLIC), not: "
                        + word);
    }
}

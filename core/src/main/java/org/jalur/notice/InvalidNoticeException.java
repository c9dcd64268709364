package org.jalur.notice;

/** A value that a notice or decision cannot have: names the field, what is wrong, the way out. */
public final class InvalidNoticeException extends RuntimeException {
    private final String field;

    public InvalidNoticeException(String field, String wrong, String wayOut) {
        super("%s %s; %s".formatted(field, wrong, wayOut));
        this.field = field;
    }

    public String field() {
        return field;
    }
}

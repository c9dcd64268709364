package org.jalur.node.dialogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jalur.notice.FileType;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;
import org.jalur.notice.TurnText;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes with what is said.
 *
 * @param name as people see it
 * @param data 1 octet to 10 MiB; base64 in JSON
 */
public record Upload(String name, byte[] data) {
    /** Longest file in octets. */
    static final int LONGEST = 10 * 1024 * 1024;

    private static final int LONGEST_NAME = 200;

    public Upload {
        require("files.name", name);
        require("files.data", data);
        if (name.isBlank()) {
            throw new InvalidNoticeException("files.name", Rule.EMPTY);
        }
        if (name.length() > LONGEST_NAME) {
            throw new InvalidNoticeException(
                    "files.name", Rule.TOO_LONG, name.length(), LONGEST_NAME);
        }
        if (data.length == 0 || data.length > LONGEST) {
            throw new InvalidNoticeException("files", Rule.FILE_SIZE, data.length, LONGEST);
        }
        type(data);
    }

    /** JSON leaves a member out as null: this is the border where absence becomes an error. */
    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidNoticeException(field, Rule.MISSING);
        }
    }

    private static FileType type(byte[] data) {
        return FileType.of(data)
                .orElseThrow(() -> new InvalidNoticeException("files", Rule.FILE_TYPE));
    }

    FileType type() {
        return type(data);
    }

    /** Few, and each with its own name. */
    static void check(List<Upload> files) {
        if (files.size() > TurnText.MOST_FILES) {
            throw new InvalidNoticeException(
                    "files", Rule.TOO_MANY, files.size(), TurnText.MOST_FILES);
        }
        Set<String> names = new HashSet<>();
        for (Upload file : files) {
            if (!names.add(file.name())) {
                throw new InvalidNoticeException("files", Rule.DUPLICATE);
            }
        }
    }
}

package org.jalur.node.notices;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.notice.FileType;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/** The files of a form: known by name, limited in size, of a kind that their first octets show. */
final class Evidence {
    private static final int MAX_FILE = 10 * 1024 * 1024;
    private static final int MAX_FILES = 100;

    private Evidence() {}

    static void check(NoticeForm form) {
        List<FileForm> files = form.fileList();
        if (files.size() > MAX_FILES) {
            throw new InvalidNoticeException("files", Rule.TOO_MANY, files.size(), MAX_FILES);
        }
        Set<String> names = new HashSet<>();
        for (FileForm file : files) {
            if (!names.add(file.name())) {
                String field = "files[\"%s\"]".formatted(file.name());
                throw new InvalidNoticeException(field, Rule.DUPLICATE);
            }
            checkOne(file);
        }
        form.letter()
                .flatMap(letter -> letter.file())
                .ifPresent(name -> known("letter.file", name, names));
        int no = 0;
        for (var item : form.itemList()) {
            no++;
            for (String name : item.files().orElse(List.of())) {
                known("items[%d].files".formatted(no), name, names);
            }
        }
    }

    /** A file by itself: its size, and a kind that is taken. */
    static void checkOne(FileForm file) {
        if (file.data().length == 0 || file.data().length > MAX_FILE) {
            throw new InvalidNoticeException(
                    "files[\"%s\"]".formatted(file.name()),
                    Rule.FILE_SIZE,
                    file.data().length,
                    MAX_FILE);
        }
        typeOf(file);
    }

    private static void known(String field, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new InvalidNoticeException(field, Rule.FILE_UNKNOWN, name);
        }
    }

    static String typeOf(FileForm file) {
        return FileType.of(file.data())
                .orElseThrow(() ->
                        new InvalidNoticeException(
                                "files[\"%s\"]".formatted(file.name()), Rule.FILE_TYPE))
                .mediaType();
    }
}

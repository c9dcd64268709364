package org.jalur.node.notices;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jalur.node.notices.NoticeForm.FileForm;
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
        byte[] data = file.data();
        if (begins(data, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        if (begins(data, 0xff, 0xd8, 0xff)) {
            return "image/jpeg";
        }
        if (begins(data, 'G', 'I', 'F', '8')) {
            return "image/gif";
        }
        // RFC 9649 §2.4: sounds and films are RIFF as well.
        if (begins(data, 'R', 'I', 'F', 'F') && has(data, 8, 'W', 'E', 'B', 'P')) {
            return "image/webp";
        }
        if (begins(data, '%', 'P', 'D', 'F')) {
            return "application/pdf";
        }
        throw new InvalidNoticeException("files[\"%s\"]".formatted(file.name()), Rule.FILE_TYPE);
    }

    private static boolean begins(byte[] data, int... octets) {
        return has(data, 0, octets);
    }

    private static boolean has(byte[] data, int at, int... octets) {
        if (data.length < at + octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((data[at + i] & 0xff) != octets[i]) {
                return false;
            }
        }
        return true;
    }
}

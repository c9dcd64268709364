package org.jalur.notice;

/**
 * A file that belongs to a notice.
 *
 * @param name as the officer uploaded it
 * @param type media type by its first octets, not by what was claimed
 * @param sha256 64 hex digits
 * @param leaf the part that holds its octets, in hex
 */
public record EvidenceFile(String name, String type, String sha256, String leaf) {
    public EvidenceFile {
        Words.required("file.name", name, 200);
    }
}

package org.jalur.screening.text;

/** The words of a folded text behind each other, with one space between them. */
final class SpacedText {
    private byte[] octets = new byte[0];
    private int[] places = new int[0];
    private int end;

    void set(FoldedText text) {
        if (octets.length < text.length() + Words.FRONT + Words.BACK) {
            octets = new byte[text.octets().length];
            places = new int[octets.length];
        }
        end = Words.FRONT;
        Words words = text.found();
        for (int word = 0; word < words.count(); word++) {
            if (word > 0) {
                put((byte) ' ', words.end(word - 1));
            }
            for (int at = words.start(word); at < words.end(word); at++) {
                put(text.octets()[at], at);
            }
        }
        Octets.set(octets, end, 0);
    }

    private void put(byte octet, int at) {
        octets[end] = octet;
        places[end++] = at - Words.FRONT;
    }

    byte[] octets() {
        return octets;
    }

    int end() {
        return end;
    }

    /** Where an octet stands in the folded text. */
    int place(int at) {
        return places[at];
    }
}

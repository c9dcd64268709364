package org.jalur.node.notifications;

import org.jalur.node.pages.Texts;

/** Why something was not delivered, as carriers say it: a word, and a status where there is one. */
final class Trouble {
    private Trouble() {}

    static String said(Texts texts, String reason) {
        String[] words = reason.split(" ", 2);
        return texts.say("trouble." + words[0], words.length > 1 ? words[1] : "");
    }
}

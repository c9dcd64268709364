package org.jalur.screening.text;

import java.util.HashMap;
import java.util.Map;

/**
 * Letters that are drawn like another and that Unicode's compatibility forms keep apart.
 *
 * <p>Applied to the folded text and to the folded phrase alike, so that a Russian or Greek phrase
 * is still found in its own language. Lower case only: a letter has one target, whatever its case,
 * or else a language's own capitals would stop matching its small letters.
 */
final class LookAlikes {
    private static final String[] PAIRS = {
        // Cyrillic
        "аa",
        "бb",
        "вb",
        "гr",
        "еe",
        "зz",
        "иu",
        "кk",
        "мm",
        "нh",
        "оo",
        "пn",
        "рp",
        "сc",
        "тt",
        "уy",
        "хx",
        "ьb",
        "іi",
        "јj",
        "ѕs",
        "ћh",
        "һh",
        "ԁd",
        "ԍg",
        "ԛq",
        "ԝw",
        "ӏl",
        "ѵv",
        "ғf",
        "ҝk",
        "қk",
        "ңh",
        "ҳx",
        "ұy",
        "үy",
        "әe",
        "өo",
        "ѡw",
        // Greek
        "αa",
        "βb",
        "γy",
        "δd",
        "εe",
        "ζz",
        "ηn",
        "ιi",
        "κk",
        "μm",
        "νv",
        "οo",
        "ρp",
        "τt",
        "υu",
        "χx",
        "ωw",
        // Armenian
        "հh",
        "ոn",
        "սu",
        "օo",
        "ցg",
        "քp",
        "զq",
        // Latin letters with a stroke or of phonetic use
        "øo",
        "đd",
        "ħh",
        "łl",
        "ŧt",
        "ƀb",
        "ɓb",
        "ƈc",
        "ɖd",
        "ɗd",
        "ɛe",
        "ɇe",
        "ƒf",
        "ɡg",
        "ɠg",
        "ǥg",
        "ɣy",
        "ɨi",
        "ɩi",
        "ıi",
        "ɪi",
        "ɉj",
        "ȷj",
        "ƙk",
        "ƚl",
        "ɫl",
        "ɱm",
        "ɲn",
        "ƞn",
        "ɵo",
        "ɔc",
        "ƥp",
        "ʠq",
        "ɍr",
        "ʀr",
        "ʂs",
        "ƭt",
        "ʈt",
        "ʉu",
        "ʋv",
        "ʍm",
        "ƴy",
        "ɏy",
        "ʏy",
        "ƶz",
        "ʐz",
        "ȥz",
        "ɑa",
        "ʙb",
        "ɢg",
        "ʜh",
        "ʟl",
        "ɴn",
        // Small capitals
        "ᴀa",
        "ᴄc",
        "ᴅd",
        "ᴇe",
        "ꜰf",
        "ᴊj",
        "ᴋk",
        "ᴍm",
        "ᴏo",
        "ᴘp",
        "ꞯq",
        "ꜱs",
        "ᴛt",
        "ᴜu",
        "ᴠv",
        "ᴡw",
        "ᴢz",
        // Arabic: letters that keyboards of other languages write for the same one
        "ٱا",
        "ىي",
        "یي",
        "ېي",
        "ےي",
        "ةه",
        "ہه",
        "ھه",
        "ەه",
        "کك",
        "ڪك"
    };

    /** White letters on a dark disc or square: capitals A to Z, without compatibility forms. */
    private static final int[] DARK_ALPHABETS = {0x1f150, 0x1f170};

    private LookAlikes() {}

    /** Each letter's code point, with what stands for it. */
    static Map<Integer, Integer> byCodePoint() {
        Map<Integer, Integer> all = new HashMap<>();
        for (String pair : PAIRS) {
            all.put(pair.codePointAt(0), pair.codePointBefore(pair.length()));
        }
        for (int alphabet : DARK_ALPHABETS) {
            for (int i = 0; i < 26; i++) {
                all.put(alphabet + i, 'a' + i);
            }
        }
        return all;
    }
}

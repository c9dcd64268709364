package org.jalur.screening;

import java.util.Arrays;

/// The rules that lists, their lines and their entries obey, each with what is said in English of
/// what breaks it, and the way out. Broken rules are kept by name: what a name means, and which
/// values it has, never changes.
public enum ListRule {
    /// Has no name: the sentence and the way out are the values.
    SAID("%s", "%2$s"),

    // Values, as lists write them.
    HEX("not %s hexadecimal digits", "check that the hash is a whole %2$s"),
    TLSH("not a TLSH digest", "use the form with 128 buckets: T1 and 70 hexadecimal digits"),
    VALUE_EMPTY("the %s is empty", "remove the line"),
    VALUE_LONG("the %s has %s characters, more than %s", "check the line"),
    VALUE_NUL("the %s has a NUL", "check how it was exported"),
    VALUE_SPACES(
            "a %s has no spaces or control characters", "write one a line, with %%20 for a space"),
    PHRASE_LONG("the phrase has %s characters, more than %s", "list its TLSH instead"),
    DOMAIN_SIGNS(
            "a domain name has only letters, digits, hyphens and dots",
            "list an address with a path as url"),
    DOMAIN_LABEL(
            "between its dots a domain name has 1 to 63 characters, none of the outer ones a"
                    + " hyphen",
            "check the spelling"),
    DOMAIN_LONG("longer than any domain name", "write the name with its top-level domain"),
    DOMAIN_TOP("a whole top-level domain", "write the name with its top-level domain"),
    DOMAIN_ADDRESS("an IP address, not a domain name", "list it as url"),

    // What else an entry says.
    WORDS_LONG("the %s has %s characters, more than %s", "shorten it"),
    WORDS_NUL("the %s has a NUL in it", "leave it out"),
    WORDS_SPACE("the %s begins or ends with a space", "trim it"),
    COUNTRY(
            "not a country code",
            "write two upper-case letters (ISO 3166-1), several with spaces between them"),
    RANGE("the %s is not between 0 and %s", "leave it empty for the list's own"),
    TIME("not a time", "write it as 2026-07-01T12:00:00Z, or seconds since 1970"),
    MISSING("there is no %s", "remove the line, or add it"),
    TRUTH("%s is neither true nor false", "write one of them"),
    WHOLE_NUMBER("%s is not a whole number", "leave it empty"),
    KIND(
            "a kind of signal that is not screened",
            "use one of sha256, md5, pdq, phrase, tlsh, url, domain, handle"),
    NO_VALUE("no value in any column", "remove the line"),
    HARMLESS("its source calls it harmless", "nothing need be done"),

    // Lines.
    LINE_LONG("the line has more than %s octets", "check where its end was lost"),
    LINE_UTF8("the line is not UTF-8", "save the list as UTF-8"),
    LINE_NUL("the line has a NUL", "check how it was exported"),
    LINE_KIND(
            "does not begin with a kind of signal that is screened",
            "write for example: pdq, a space, and the hash"),
    LINE_WORDS("more than one word on a line", "write one domain name a line"),

    // Tables.
    FIELDS("%s fields, where the header has %s", "put a field with a separator in it in quotes"),
    COLUMN("no such column; it is not read", "the columns are %s"),
    FIELDS_MANY("more than %s fields", "put the field in quotes, and write a quote in it twice"),
    QUOTE_AFTER(
            "text after the quote that closes a field",
            "put the field in quotes, and write a quote in it twice"),
    QUOTE_WITHIN(
            "a quote within a field that has none around it",
            "put the field in quotes, and write a quote in it twice"),
    QUOTE_OPEN(
            "a quote opens a field and nothing closes it",
            "put the field in quotes, and write a quote in it twice"),

    // JSON.
    JSON_AFTER("there is text after the object", "write one object a line"),
    JSON_UTF8("about here the list is not UTF-8", "save the list as UTF-8"),
    JSON_BROKEN(
            "the JSON is broken here", "export the list anew, whole, or with one object a line"),
    JSON_ARRAY(
            "an object without the array data or results",
            "put the entries into an array, or write one object a line"),
    JSON_OBJECT("not an object, so it is no entry", "write each entry as an object"),
    JSON_MEMBERS("more than %s members", "check the entry"),

    // Whole files.
    FILE_UTF16("it is UTF-16", "save it as UTF-8"),
    FILE_PACKED("it is compressed", "unpack it first"),
    FILE_PDF("it is a PDF", "export it as CSV"),
    FILE_NUL("it begins with a NUL", "save it as text in UTF-8"),
    FILE_MARKUP("it is XML or HTML", "export it as CSV, or look what was downloaded"),
    FILE_EMPTY("it is empty", "name it .csv or .txt if it is meant to be an empty list"),
    FILE_JSON(
            "its JSON has no member that tells a list (hash_digest, indicator and type, url and"
                    + " terrorist_group)",
            "say its format"),
    FILE_HASHES(
            "it has only hashes, and 64 digits may be SHA-256 or PDQ",
            "write the kind and a space before each: pdq, sha256, md5"),
    FILE_FORMAT(
            "neither its header nor its first line is of a known format: %s",
            "give it the header kind,value or say its format"),

    // Entries, as the screener takes them.
    ENTRY_LONG(
            "a value has 1 to %s characters", "for a long text list what SimilarText says of it"),
    ENTRY_COUNTRY("not a country code", "two upper-case letters (ISO 3166-1)"),
    ENTRY_ORIGIN("an origin has at most %s characters", "give its id or number"),
    ENTRY_DIGEST("not a whole %s in hexadecimal digits", "check the digest"),
    ENTRY_PDQ("not a PDQ hash of 64 hexadecimal digits", "check the hash"),
    ENTRY_SIMILAR(
            "neither a TLSH digest nor a text sketch of 32 hexadecimal digits",
            "list the value that SimilarText gives for the text"),
    ENTRY_URL("not a web address", "check the line"),
    ENTRY_DOMAIN("not a domain name", "list an address with a path, or of numbers, as URL"),
    ENTRY_SUFFIX(
            "strangers register names below this name (public suffix), and it would catch them"
                    + " all",
            "list the name below it"),
    ENTRY_HANDLE(
            "names no channel, account, group or post of a platform known here",
            "list its whole address as URL"),
    ENTRY_LIST("there is no such list", "put the list first"),

    // Phrases.
    PHRASE_EMPTY(
            "the phrase has no letter and no digit left once folded", "add one that has words"),
    PHRASE_WORDS(
            "the phrase has %s words and at most %s are compared",
            "leave out the least telling ones"),
    PHRASE_CHARACTERS(
            "the phrase has %s characters once folded and at most %s are compared",
            "shorten it, or add it as a text to be found by likeness"),
    PHRASE_SHORT(
            "the phrase is too short, so many texts have it: it needs 4 letters, or 2 of a script"
                    + " without spaces",
            "add a longer one"),
    PHRASE_UNSPACED(
            "the phrase has letters of a script that writes no spaces between words, so no word"
                    + " begins or ends there",
            "add it as a part of a text");

    private final String sentence;
    private final String wayOut;

    ListRule(String sentence, String wayOut) {
        this.sentence = sentence;
        this.wayOut = wayOut;
    }

    String sentence() {
        return sentence;
    }

    String wayOut() {
        return wayOut;
    }

    /// What breaks this rule.
    ///
    /// @param values that its sentences name, in their order
    public BrokenRule broken(Object... values) {
        return new BrokenRule(this, Arrays.stream(values).map(String::valueOf).toList());
    }
}

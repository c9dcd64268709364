package org.jalur.node.erasure;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Texts;
import org.jalur.notice.ErasureGround;

/**
 * What was typed about an erasure.
 *
 * @param wanted absent while something is wrong
 */
record ErasureForm(Form form, Optional<Wanted> wanted) {
    static final String ITEMS = "items";
    static final String EVERYTHING = "everything";

    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:\\s*-\\s*(\\d{1,5}))?");
    private static final int MOST = 10_000;

    static ErasureForm of(Map<String, String> typed, Texts texts) {
        Form form = Form.of(typed);
        String what = typed.getOrDefault("eraseWhat", "");
        if (!what.equals(ITEMS) && !what.equals(EVERYTHING)) {
            form = form.wrong("eraseWhat", texts.say("rule.missing"));
        }
        Optional<Set<Integer>> numbers = numbers(typed.getOrDefault("eraseItems", ""));
        if (numbers.isEmpty()) {
            form = form.wrong("eraseItems", texts.say("rule.numbers"));
        } else if (what.equals(EVERYTHING) && !numbers.get().isEmpty()) {
            form = form.wrong("eraseItems", texts.say("rule.erase-everything"));
        }
        Optional<ErasureGround> ground =
                Arrays.stream(ErasureGround.values())
                        .filter(one -> one.name().equals(typed.getOrDefault("eraseGround", "")))
                        .findFirst();
        if (ground.isEmpty()) {
            form = form.wrong("eraseGround", texts.say("rule.missing"));
        }
        if (!typed.getOrDefault("eraseSure", "").equals("yes")) {
            form = form.wrong("eraseSure", texts.say("rule.erase-sure"));
        }
        return form.isWrong()
                ? new ErasureForm(form, Optional.empty())
                : new ErasureForm(
                        form,
                        Optional.of(
                                new Wanted(numbers.get(), what.equals(EVERYTHING), ground.get())));
    }

    /** Numbers and ranges with commas; empty for anything else. */
    static Optional<Set<Integer>> numbers(String typed) {
        var numbers = new TreeSet<Integer>();
        if (typed.isBlank()) {
            return Optional.of(numbers);
        }
        for (String one : typed.strip().split("\\s*,\\s*", -1)) {
            Matcher range = RANGE.matcher(one);
            if (!range.matches()) {
                return Optional.empty();
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            if (from < 1 || to < from || to > MOST) {
                return Optional.empty();
            }
            for (int no = from; no <= to; no++) {
                numbers.add(no);
            }
        }
        return Optional.of(numbers);
    }
}

package org.jalur.node.notices;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Rule;
import org.jalur.notice.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What an officer fills in.
 *
 * @param platform party id of the platform; may be left out while there is only one
 * @param kind order, referral or emergency
 * @param legalBasis instrument and article
 * @param letter official letter: number, date, and the name of one of the files
 * @param nonDisclosure ground and end; left out, the affected user is told
 * @param items 1 to 10,000, unless they are given as CSV
 * @param itemsCsv items as CSV with the columns url, kind, text, id; see {@link ItemsCsv}
 * @param files screenshots and letters, named by letter and items; at most 10 MiB each
 */
record NoticeForm(
        Optional<String> platform,
        NoticeKind kind,
        Optional<Urgency> urgency,
        String category,
        NoticeFacts.LegalBasis legalBasis,
        NoticeFacts.IssuingBody issuingBody,
        String organisation,
        Optional<LetterForm> letter,
        String reference,
        String reasons,
        String language,
        Optional<List<String>> territorialScope,
        String redress,
        String contact,
        Optional<NoticeFacts.NonDisclosure> nonDisclosure,
        Optional<List<ItemForm>> items,
        Optional<String> itemsCsv,
        Optional<List<FileForm>> files) {

    NoticeForm {
        require("kind", kind);
        require("category", category);
        require("legalBasis", legalBasis);
        require("issuingBody", issuingBody);
        require("organisation", organisation);
        require("reference", reference);
        require("reasons", reasons);
        require("language", language);
        require("redress", redress);
        require("contact", contact);
    }

    record LetterForm(String number, LocalDate date, Optional<String> file) {
        LetterForm {
            require("letter.number", number);
            require("letter.date", date);
        }
    }

    record ItemForm(
            Optional<ItemKind> kind,
            String url,
            Optional<Map<String, String>> ids,
            Optional<String> text,
            Optional<List<String>> files) {
        ItemForm {
            require("items.url", url);
        }

        /** Whether a file of this name is evidence of the item. */
        boolean names(String file) {
            return files.orElse(List.of()).contains(file);
        }

        ItemForm with(String file) {
            return withFiles(
                    Stream.concat(files.orElse(List.of()).stream(), Stream.of(file)).toList());
        }

        ItemForm without(String file) {
            return withFiles(
                    files.orElse(List.of()).stream().filter(one -> !one.equals(file)).toList());
        }

        private ItemForm withFiles(List<String> named) {
            return new ItemForm(kind, url, ids, text, Optional.of(named));
        }
    }

    /**
     * @param data base64
     */
    record FileForm(String name, byte[] data) {
        FileForm {
            require("files.name", name);
            require("files.data", data);
        }
    }

    public List<ItemForm> itemList() {
        return items.orElse(List.of());
    }

    List<FileForm> fileList() {
        return files.orElse(List.of());
    }

    NoticeForm withItems(List<ItemForm> all) {
        return new NoticeForm(
                platform,
                kind,
                urgency,
                category,
                legalBasis,
                issuingBody,
                organisation,
                letter,
                reference,
                reasons,
                language,
                territorialScope,
                redress,
                contact,
                nonDisclosure,
                Optional.of(all),
                Optional.empty(),
                files);
    }

    /** As it is kept while it is a draft: items and files have tables of their own. */
    NoticeForm bare() {
        return new NoticeForm(
                platform,
                kind,
                urgency,
                category,
                legalBasis,
                issuingBody,
                organisation,
                letter,
                reference,
                reasons,
                language,
                territorialScope,
                redress,
                contact,
                nonDisclosure,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public NoticeFacts facts() {
        return facts(itemList().size());
    }

    NoticeFacts facts(int itemCount) {
        return new NoticeFacts(
                kind,
                urgency.orElse(Urgency.NORMAL),
                category,
                legalBasis,
                issuingBody,
                organisation,
                letter.map(form -> new NoticeFacts.Letter(form.number(), form.date())),
                reference,
                language,
                territorialScope.orElse(List.of()),
                redress,
                nonDisclosure,
                itemCount);
    }

    /** JSON leaves a member out as null: this is the border where absence becomes an error. */
    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidNoticeException(field, Rule.MISSING);
        }
    }
}

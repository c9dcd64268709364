package org.jalur.node.notices;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Part;
import org.jalur.channel.PartSeries;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.Parts;
import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Item;
import org.jalur.notice.ItemFacts;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeReasons;
import org.jalur.notice.Rule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Drafts with their items and files, until they are sent. */
@Component
class Drafts {
    /** Of a file whose part is not made yet. */
    private static final String NO_LEAF = "";

    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final JsonMapper json;

    Drafts(JdbcClient jdbc, DraftKeys keys, JsonMapper json) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.json = json;
    }

    /**
     * Checks everything that sending will need, so that an approver never meets an error.
     *
     * @return the items as they will be sent, but for the leaves of their files
     */
    static List<Item> check(NoticeForm form) {
        form.facts();
        reasons(form);
        Evidence.check(form);
        Map<String, EvidenceFile> files = new HashMap<>();
        for (FileForm file : form.fileList()) {
            files.put(
                    file.name(),
                    new EvidenceFile(
                            file.name(),
                            Evidence.typeOf(file),
                            Hash.sha256(file.data()).hex(),
                            NO_LEAF));
        }
        List<Item> items = new ArrayList<>();
        for (ItemForm item : form.itemList()) {
            items.add(item(items.size() + 1, item, evidence(item, files)));
        }
        return items;
    }

    /** The letter as far as the form names it; its leaf is known once its part is made. */
    static NoticeReasons reasons(NoticeForm form) {
        return new NoticeReasons(
                form.reasons(),
                form.contact(),
                form.letter()
                        .flatMap(letter -> letter.file())
                        .map(name -> new EvidenceFile(name, "", "", NO_LEAF)));
    }

    private static List<EvidenceFile> evidence(ItemForm item, Map<String, EvidenceFile> files) {
        return item.files().orElse(List.of()).stream()
                .flatMap(name -> Optional.ofNullable(files.get(name)).stream())
                .toList();
    }

    /** The form without items and files, as it is kept. */
    byte[] sealed(UUID notice, NoticeForm form) {
        return keys.box(notice).seal(json.writeValueAsBytes(form.bare()));
    }

    /**
     * A new seed for the salts of the draft's parts, as it is kept: it must not outlive the draft.
     */
    byte[] newSeed(UUID notice) {
        return keys.box(notice).seal(PartSeries.newSeed());
    }

    void replaceContent(UUID notice, NoticeForm form) {
        deleteContent(notice);
        DraftKeys.Box box = keys.box(notice);
        List<ItemForm> items = form.itemList();
        int[] numbers = new int[items.size()];
        byte[][] sealed = new byte[items.size()][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
            sealed[i] = box.seal(json.writeValueAsBytes(items.get(i)));
        }
        jdbc.sql(
                        """
                        insert into draft_items (notice, no, item)
                        select :notice, no, item from unnest(:numbers::int[], :items::bytea[]) as new(no, item)
                        """)
                .param("notice", notice)
                .param("numbers", numbers)
                .param("items", sealed)
                .update();
        for (FileForm file : form.fileList()) {
            jdbc.sql(
                            """
                            insert into draft_files (notice, sha256, name, type, bytes)
                            values (:notice, :sha256, :name, :type, :bytes)
                            """)
                    .param("notice", notice)
                    .param("sha256", Hash.sha256(file.data()).bytes())
                    .param("name", file.name())
                    .param("type", Evidence.typeOf(file))
                    .param("bytes", box.seal(file.data()))
                    .update();
        }
    }

    List<FileForm> files(UUID notice) {
        DraftKeys.Box box = keys.opening(notice);
        return jdbc.sql("select name, bytes from draft_files where notice = :notice order by name")
                .param("notice", notice)
                .query((row, _) ->
                        new FileForm(row.getString("name"), box.open(row.getBytes("bytes"))))
                .list();
    }

    /** Nobody can read it any more, in an old copy of the database either. */
    void delete(UUID notice) {
        deleteContent(notice);
        keys.destroy(notice);
    }

    private void deleteContent(UUID notice) {
        jdbc.sql(
                        """
                        with items as (delete from draft_items where notice = :notice)
                        delete from draft_files where notice = :notice
                        """)
                .param("notice", notice)
                .update();
    }

    /** The whole form again, as an approver reads it. */
    NoticeForm form(UUID notice, byte[] bare) {
        DraftKeys.Box box = keys.opening(notice);
        NoticeForm form = json.readValue(box.open(bare), NoticeForm.class);
        List<ItemForm> items = new ArrayList<>();
        jdbc.sql("select item from draft_items where notice = :notice order by no")
                .param("notice", notice)
                .query((ResultSet row) -> {
                    items.add(json.readValue(box.open(row.getBytes("item")), ItemForm.class));
                });
        return form.withItems(items);
    }

    /**
     * What is sent.
     *
     * @param parts in the order of the message
     * @param facts leaf of the public facts
     * @param reasons leaf of the reasons
     * @param items as they are sent, by number - 1
     * @param itemLeaves of the private part of each item
     */
    record Content(
            List<Part> parts, Hash facts, Hash reasons, List<Item> items, List<Hash> itemLeaves) {
        /** What the signature will commit to. */
        Hash root() {
            return MerkleTree.root(parts.stream().map(Part::leaf).toList());
        }
    }

    /** Of a draft as it is kept: the same parts each time, until it is changed. */
    Content content(UUID notice, NoticeForm form) {
        byte[] sealed =
                jdbc.sql("select draft_seed from notices where id = :id")
                        .param("id", notice)
                        .query((row, _) -> row.getBytes("draft_seed"))
                        .single();
        return content(form, files(notice), keys.opening(notice).open(sealed));
    }

    /** Public facts apart from private ones, and each item apart from the others. */
    static Content content(NoticeForm form, List<FileForm> stored, byte[] seed) {
        var series = new PartSeries(seed);
        var parts = new ArrayList<Part>();
        Map<String, EvidenceFile> files = new LinkedHashMap<>();
        for (FileForm file : stored) {
            Part part = series.next("file", file.data());
            parts.add(part);
            files.put(
                    file.name(),
                    new EvidenceFile(
                            file.name(),
                            Evidence.typeOf(file),
                            Hash.sha256(file.data()).hex(),
                            part.leaf().hex()));
        }
        Part facts = Parts.json(series, "notice", form.facts());
        parts.add(facts);
        Optional<EvidenceFile> letter =
                form.letter()
                        .flatMap(one -> one.file())
                        .flatMap(name -> Optional.ofNullable(files.get(name)));
        Part reasons =
                Parts.json(
                        series,
                        "notice-reasons",
                        new NoticeReasons(form.reasons(), form.contact(), letter));
        parts.add(reasons);
        var items = new ArrayList<Item>();
        var itemLeaves = new ArrayList<Hash>();
        int no = 0;
        for (ItemForm each : form.itemList()) {
            no++;
            parts.add(
                    Parts.json(
                            series,
                            "item-facts",
                            new ItemFacts(no, each.kind().orElse(ItemKind.POST))));
            Item item = item(no, each, evidence(each, files));
            Part part = Parts.json(series, "item", item);
            items.add(item);
            parts.add(part);
            itemLeaves.add(part.leaf());
        }
        return new Content(parts, facts.leaf(), reasons.leaf(), items, itemLeaves);
    }

    private static Item item(int no, ItemForm form, List<EvidenceFile> files) {
        if (form == null) {
            throw new InvalidNoticeException("items[%d]".formatted(no), Rule.NULL);
        }
        return new Item(
                no,
                form.kind().orElse(ItemKind.POST),
                form.url(),
                form.ids().orElse(Map.of()),
                form.text(),
                files);
    }
}

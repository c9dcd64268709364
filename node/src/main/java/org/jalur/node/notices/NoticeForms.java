package org.jalur.node.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.node.pages.Moments;
import org.jalur.node.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Notice forms that officers began: nothing typed is lost before it becomes a draft. */
@Component
class NoticeForms {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final JsonMapper json;
    private final Clock clock;

    NoticeForms(JdbcClient jdbc, DraftKeys keys, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param notice the draft that it changes
     */
    record Begun(
            UUID id, Optional<UUID> notice, Answers answers, int itemCount, Instant changedAt) {}

    private Begun begun(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Begun(
                id,
                Optional.ofNullable(row.getObject("notice", UUID.class)),
                new Answers(answers(id, row.getBytes("answers"))),
                row.getInt("items"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    /** Of a form whose key is destroyed, and that a restored backup brought back, nothing. */
    private Map<String, String> answers(UUID form, byte[] sealed) {
        return keys.existing(form)
                .map(box -> json.readValue(box.open(sealed), TEXTS))
                .orElse(Map.of());
    }

    UUID begin(UUID officer, @Nullable UUID notice, Answers answers) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into notice_forms (id, officer, notice, answers, changed_at)
                        values (:id, :officer, :notice, :answers, :now)
                        """)
                .param("id", id)
                .param("officer", officer)
                .param("notice", notice)
                .param("answers", keys.box(id).seal(json.writeValueAsBytes(answers.values())))
                .param("now", now())
                .update();
        return id;
    }

    /** A form that starts with all that a draft says. */
    @Transactional
    public UUID beginFrom(UUID officer, UUID notice, NoticeForm form, List<FileForm> files) {
        UUID id = begin(officer, notice, Answers.of(form, Moments.zone()));
        addItems(id, form.itemList());
        files.forEach(file -> addFile(id, file));
        return id;
    }

    List<Begun> of(UUID officer) {
        return jdbc.sql(
                        """
                        select id, notice, answers, changed_at,
                            (select count(*) from notice_form_items where form = id) as items
                        from notice_forms where officer = :officer order by changed_at desc limit 100
                        """)
                .param("officer", officer)
                .query(this::begun)
                .list();
    }

    int count(UUID officer) {
        return jdbc.sql("select count(*) from notice_forms where officer = :officer")
                .param("officer", officer)
                .query(Integer.class)
                .single();
    }

    /** Somebody else's form is not there. */
    Begun find(UUID id, UUID officer) {
        return jdbc.sql(
                        """
                        select id, notice, answers, changed_at,
                            (select count(*) from notice_form_items where form = id) as items
                        from notice_forms where id = :id and officer = :officer
                        """)
                .param("id", id)
                .param("officer", officer)
                .query(this::begun)
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-form",
                                "There is no form %s of yours.".formatted(id)));
    }

    @Transactional
    public void save(UUID id, Map<String, String> typed) {
        change(id, answers -> answers.putAll(typed));
    }

    private void change(UUID id, Consumer<Map<String, String>> change) {
        byte[] sealed =
                jdbc.sql("select answers from notice_forms where id = :id for no key update")
                        .param("id", id)
                        .query((row, _) -> row.getBytes("answers"))
                        .single();
        if (keys.existing(id).isEmpty()) {
            // What cannot be opened any more makes room for what is typed now.
            jdbc.sql("delete from notice_form_items where form = :form").param("form", id).update();
            jdbc.sql("delete from notice_form_files where form = :form").param("form", id).update();
        }
        Map<String, String> answers = new HashMap<>(answers(id, sealed));
        change.accept(answers);
        jdbc.sql("update notice_forms set answers = :answers, changed_at = :now where id = :id")
                .param("answers", keys.box(id).seal(json.writeValueAsBytes(answers)))
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Nobody can read it any more, in an old copy of the database either. */
    @Transactional
    public void discard(UUID id) {
        jdbc.sql("delete from notice_forms where id = :id").param("id", id).update();
        keys.destroy(id);
    }

    /** An item with its number in the form. */
    record Numbered(int no, ItemForm item) {}

    List<Numbered> items(UUID form, int from, int limit) {
        Optional<DraftKeys.Box> box = keys.existing(form);
        if (box.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        select no, item from notice_form_items
                        where form = :form and no >= :from order by no limit :limit
                        """)
                .param("form", form)
                .param("from", from)
                .param("limit", limit)
                .query((row, _) ->
                        new Numbered(
                                row.getInt("no"),
                                json.readValue(
                                        box.get().open(row.getBytes("item")), ItemForm.class)))
                .list();
    }

    List<ItemForm> allItems(UUID form) {
        return items(form, 1, Integer.MAX_VALUE).stream().map(Numbered::item).toList();
    }

    List<String> urls(UUID form) {
        return allItems(form).stream().map(ItemForm::url).toList();
    }

    @Transactional
    public void addItems(UUID form, List<ItemForm> items) {
        if (items.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into notice_form_items (form, no, item)
                        select :form, before.no + new.no, new.item
                        from unnest(:items::bytea[]) with ordinality as new(item, no),
                            (select coalesce(max(no), 0) as no from notice_form_items where form = :form) as before
                        """)
                .param("form", form)
                .param("items", seal(form, items))
                .update();
        save(form, Map.of());
    }

    private byte[][] seal(UUID form, List<ItemForm> items) {
        DraftKeys.Box box = keys.box(form);
        return items.stream()
                .map(item -> box.seal(json.writeValueAsBytes(item)))
                .toArray(byte[][]::new);
    }

    @Transactional
    public void changeItem(UUID form, int no, ItemForm item) {
        replace(form, List.of(new Numbered(no, item)));
        save(form, Map.of());
    }

    private void replace(UUID form, List<Numbered> changed) {
        jdbc.sql(
                        """
                        update notice_form_items set item = new.item
                        from unnest(:numbers::int[], :items::bytea[]) as new(no, item)
                        where form = :form and notice_form_items.no = new.no
                        """)
                .param("numbers", changed.stream().map(Numbered::no).toArray(Integer[]::new))
                .param("items", seal(form, changed.stream().map(Numbered::item).toList()))
                .param("form", form)
                .update();
    }

    void removeItem(UUID form, int no) {
        jdbc.sql("delete from notice_form_items where form = :form and no = :no")
                .param("form", form)
                .param("no", no)
                .update();
        save(form, Map.of());
    }

    void removeItems(UUID form) {
        jdbc.sql("delete from notice_form_items where form = :form").param("form", form).update();
        save(form, Map.of());
    }

    /**
     * Keeps a file as evidence of items, of all of them if none is numbered.
     *
     * @return what numbers no item; if anything does, nothing was kept
     */
    @Transactional
    public List<String> addEvidence(UUID form, FileForm file, List<String> numbers) {
        List<String> unknown =
                jdbc.sql(
                                """
                                select asked from unnest(:numbers::text[]) with ordinality as typed(asked, place)
                                where asked not in (select no::text from notice_form_items where form = :form)
                                order by place
                                """)
                        .param("numbers", numbers.toArray(String[]::new))
                        .param("form", form)
                        .query((row, _) -> row.getString("asked"))
                        .list();
        if (!unknown.isEmpty()) {
            return unknown;
        }
        addFile(form, file);
        noLetter(form, file.name());
        replace(
                form,
                items(form, 1, Integer.MAX_VALUE).stream()
                        .filter(one ->
                                (numbers.isEmpty() || numbers.contains(Integer.toString(one.no())))
                                        && !one.item().names(file.name()))
                        .map(one -> new Numbered(one.no(), one.item().with(file.name())))
                        .toList());
        return List.of();
    }

    /**
     * Keeps a file as the official letter. There is one, which is no item's evidence; an earlier
     * one goes unless an item names it, for it would be sent without a word what it is.
     */
    @Transactional
    public void addLetter(UUID form, FileForm file) {
        String earlier = letter(form);
        if (allItems(form).stream().noneMatch(item -> item.names(earlier))) {
            deleteFile(form, earlier);
        }
        addFile(form, file);
        noEvidence(form, file.name());
        save(form, Map.of("letterFile", file.name()));
    }

    /** Name of the file that is the letter; empty for none. */
    private String letter(UUID form) {
        byte[] sealed =
                jdbc.sql("select answers from notice_forms where id = :id")
                        .param("id", form)
                        .query((row, _) -> row.getBytes("answers"))
                        .single();
        return answers(form, sealed).getOrDefault("letterFile", "");
    }

    private void noLetter(UUID form, String name) {
        change(form, answers -> answers.remove("letterFile", name));
    }

    private void noEvidence(UUID form, String name) {
        replace(
                form,
                items(form, 1, Integer.MAX_VALUE).stream()
                        .filter(one -> one.item().names(name))
                        .map(one -> new Numbered(one.no(), one.item().without(name)))
                        .toList());
    }

    private void deleteFile(UUID form, String name) {
        jdbc.sql("delete from notice_form_files where form = :form and name = :name")
                .param("form", form)
                .param("name", name)
                .update();
    }

    private void addFile(UUID form, FileForm file) {
        jdbc.sql(
                        """
                        insert into notice_form_files (form, name, bytes) values (:form, :name, :bytes)
                        on conflict (form, name) do update set bytes = excluded.bytes
                        """)
                .param("form", form)
                .param("name", file.name())
                .param("bytes", keys.box(form).seal(file.data()))
                .update();
        save(form, Map.of());
    }

    List<FileForm> files(UUID form) {
        Optional<DraftKeys.Box> box = keys.existing(form);
        if (box.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        "select name, bytes from notice_form_files where form = :form order by name")
                .param("form", form)
                .query((row, _) ->
                        new FileForm(row.getString("name"), box.get().open(row.getBytes("bytes"))))
                .list();
    }

    Map<String, Integer> fileSizes(UUID form) {
        Map<String, Integer> sizes = new HashMap<>();
        jdbc.sql("select name, length(bytes) as size from notice_form_files where form = :form")
                .param("form", form)
                .query(row -> {
                    sizes.put(row.getString("name"), row.getInt("size") - DraftKeys.OVERHEAD);
                });
        return new java.util.TreeMap<>(sizes);
    }

    /** From the list of files, from every item that names it, and as letter. */
    @Transactional
    public void removeFile(UUID form, String name) {
        deleteFile(form, name);
        noEvidence(form, name);
        noLetter(form, name);
        save(form, Map.of());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

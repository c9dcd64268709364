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
    private final JsonMapper json;
    private final Clock clock;

    NoticeForms(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param notice the draft that it changes
     */
    record Begun(
            UUID id, Optional<UUID> notice, Answers answers, int itemCount, Instant changedAt) {}

    private Begun begun(ResultSet row, int number) throws SQLException {
        return new Begun(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("notice", UUID.class)),
                new Answers(json.readValue(row.getString("answers"), TEXTS)),
                row.getInt("items"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    UUID begin(UUID officer, @Nullable UUID notice, Answers answers) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into notice_forms (id, officer, notice, answers, changed_at)
                        values (:id, :officer, :notice, :answers::jsonb, :now)
                        """)
                .param("id", id)
                .param("officer", officer)
                .param("notice", notice)
                .param("answers", json.writeValueAsString(answers.values()))
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

    void save(UUID id, Map<String, String> typed) {
        jdbc.sql(
                        "update notice_forms set answers = answers || :typed::jsonb, changed_at = :now where id = :id")
                .param("typed", json.writeValueAsString(typed))
                .param("now", now())
                .param("id", id)
                .update();
    }

    void discard(UUID id) {
        jdbc.sql("delete from notice_forms where id = :id").param("id", id).update();
    }

    /** An item with its number in the form. */
    record Numbered(int no, ItemForm item) {}

    List<Numbered> items(UUID form, int from, int limit) {
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
                                json.readValue(row.getString("item"), ItemForm.class)))
                .list();
    }

    List<ItemForm> allItems(UUID form) {
        return items(form, 1, Integer.MAX_VALUE).stream().map(Numbered::item).toList();
    }

    List<String> urls(UUID form) {
        return jdbc.sql("select url from notice_form_items where form = :form order by no")
                .param("form", form)
                .query((row, _) -> row.getString("url"))
                .list();
    }

    void addItems(UUID form, List<ItemForm> items) {
        if (items.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into notice_form_items (form, no, url, item)
                        select :form, before.no + new.no, new.url, new.item::jsonb
                        from unnest(:urls::text[], :items::text[]) with ordinality as new(url, item, no),
                            (select coalesce(max(no), 0) as no from notice_form_items where form = :form) as before
                        """)
                .param("form", form)
                .param("urls", items.stream().map(ItemForm::url).toArray(String[]::new))
                .param("items", items.stream().map(json::writeValueAsString).toArray(String[]::new))
                .update();
        save(form, Map.of());
    }

    void changeItem(UUID form, int no, ItemForm item) {
        jdbc.sql(
                        """
                        update notice_form_items set url = :url, item = :item::jsonb
                        where form = :form and no = :no
                        """)
                .param("url", item.url())
                .param("item", json.writeValueAsString(item))
                .param("form", form)
                .param("no", no)
                .update();
        save(form, Map.of());
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
        jdbc.sql(
                        """
                        update notice_form_items
                        set item = jsonb_set(item, '{files}', coalesce(item -> 'files', '[]') || to_jsonb(:name::text))
                        where form = :form and (:all::boolean or no::text = any(:numbers::text[]))
                            and not jsonb_exists(coalesce(item -> 'files', '[]'), :name)
                        """)
                .param("name", file.name())
                .param("form", form)
                .param("all", numbers.isEmpty())
                .param("numbers", numbers.toArray(String[]::new))
                .update();
        return List.of();
    }

    /**
     * Keeps a file as the official letter. There is one, which is no item's evidence; an earlier
     * one goes unless an item names it, for it would be sent without a word what it is.
     */
    @Transactional
    public void addLetter(UUID form, FileForm file) {
        jdbc.sql(
                        """
                        delete from notice_form_files where form = :form
                            and name = (select answers ->> 'letterFile' from notice_forms where id = :form)
                            and not exists (
                                select 1 from notice_form_items
                                where form = :form and jsonb_exists(item -> 'files', notice_form_files.name))
                        """)
                .param("form", form)
                .update();
        addFile(form, file);
        noEvidence(form, file.name());
        save(form, Map.of("letterFile", file.name()));
    }

    private void noLetter(UUID form, String name) {
        jdbc.sql(
                        """
                        update notice_forms set answers = answers - 'letterFile'
                        where id = :form and answers ->> 'letterFile' = :name
                        """)
                .param("form", form)
                .param("name", name)
                .update();
    }

    private void noEvidence(UUID form, String name) {
        jdbc.sql(
                        """
                        update notice_form_items set item = jsonb_set(item, '{files}', (item -> 'files') - :name)
                        where form = :form and jsonb_exists(item -> 'files', :name)
                        """)
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
                .param("bytes", file.data())
                .update();
        save(form, Map.of());
    }

    List<FileForm> files(UUID form) {
        return jdbc.sql(
                        "select name, bytes from notice_form_files where form = :form order by name")
                .param("form", form)
                .query((row, _) -> new FileForm(row.getString("name"), row.getBytes("bytes")))
                .list();
    }

    Map<String, Integer> fileSizes(UUID form) {
        Map<String, Integer> sizes = new HashMap<>();
        jdbc.sql("select name, length(bytes) as size from notice_form_files where form = :form")
                .param("form", form)
                .query(row -> {
                    sizes.put(row.getString("name"), row.getInt("size"));
                });
        return new java.util.TreeMap<>(sizes);
    }

    /** From the list of files, from every item that names it, and as letter. */
    @Transactional
    public void removeFile(UUID form, String name) {
        jdbc.sql("delete from notice_form_files where form = :form and name = :name")
                .param("form", form)
                .param("name", name)
                .update();
        noEvidence(form, name);
        noLetter(form, name);
        save(form, Map.of());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

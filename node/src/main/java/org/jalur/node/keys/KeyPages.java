package org.jalur.node.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.RefusedStatementException;
import org.jalur.node.register.UnusableKeysException;
import org.jalur.node.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/**
 * Own and others' keys, for admins. The page makes keys and takes the signed statement; who decides
 * that they come into force is whoever holds the identity key, elsewhere.
 */
@PageController
class KeyPages {
    private static final int MOST = 64 * 1024;

    private final Frame frame;
    private final Texts texts;
    private final OwnKeys keys;
    private final KeyChanges changes;
    private final KeyRows rows;

    KeyPages(Frame frame, Texts texts, OwnKeys keys, KeyChanges changes, KeyRows rows) {
        this.frame = frame;
        this.texts = texts;
        this.keys = keys;
        this.changes = changes;
        this.rows = rows;
    }

    /**
     * @param done what was just done, a sentence; empty for nothing
     */
    record KeysPage(
            Form form,
            String done,
            String origin,
            String identity,
            List<KeyRows.Statement> own,
            Optional<Waiting> waiting,
            List<Form.Option> reasons,
            List<KeyRows.OfPeer> peers) {}

    /**
     * Keys that wait for the identity key.
     *
     * @param digest of the request, to be compared where it is signed
     * @param file name of the request
     */
    record Waiting(
            long serial, String reason, String digest, String file, List<KeyRows.Key> keys) {}

    @GetMapping("/keys")
    ModelAndView all() {
        return show(Form.EMPTY, "");
    }

    private ModelAndView show(Form form, String done) {
        KeyStatement present = keys.statement();
        return frame.show(
                "keys",
                new KeysPage(
                        form,
                        done,
                        present.origin(),
                        keys.pinnedIdentity().hex(),
                        rows.own(),
                        keys.pending().map(one -> waiting(one, present)),
                        Arrays.stream(Reason.values())
                                .map(one ->
                                        new Form.Option(one.wire(), texts.name("key-change", one)))
                                .toList(),
                        rows.peers()));
    }

    private ModelAndView again(Form form) {
        ModelAndView page = show(form, "");
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    private Waiting waiting(KeyFolder.Pending pending, KeyStatement present) {
        var request = pending.request();
        return new Waiting(
                request.serial(),
                request.reason().map(one -> texts.name("key-change", one)).orElse(""),
                pending.digest().hex(),
                file(pending),
                // As they will stand in the statement, which the same identity key signs.
                rows.keys(request.statement(present.identity(), present.time())));
    }

    private static String file(KeyFolder.Pending pending) {
        return "request-%d.json".formatted(pending.request().serial());
    }

    /** Makes new keys; pending ones that nobody signed yet are replaced. */
    @PostMapping("/keys/preparation")
    ModelAndView prepare(@RequestParam Map<String, String> typed) throws IOException {
        Optional<Reason> reason = Reason.of(typed.getOrDefault("change", ""));
        if (reason.isEmpty()) {
            return again(Form.of(typed).wrong("change", texts.say("keys.change.wrong")));
        }
        KeyFolder.Pending pending = keys.prepare(reason.get());
        return show(
                Form.EMPTY,
                texts.say("keys.done.prepared", Long.toString(pending.request().serial())));
    }

    /** The public halves, to be carried to the identity key. */
    @GetMapping("/keys/request")
    ResponseEntity<byte[]> request() {
        KeyFolder.Pending pending =
                keys.pending()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "no-pending-keys",
                                        "No keys wait for a signature; prepare some first."));
        return ServedFile.of(file(pending), "application/json", pending.octets());
    }

    @PostMapping("/keys/statement")
    ModelAndView install(@RequestParam(required = false) @Nullable MultipartFile statement)
            throws IOException {
        if (statement == null || statement.isEmpty() || statement.getSize() > MOST) {
            return again(
                    Form.EMPTY.wrong(
                            "statement",
                            texts.say("keys.statement.wrong", Integer.toString(MOST))));
        }
        try {
            KeyStatement installed = keys.install(new String(statement.getBytes(), UTF_8));
            changes.adoptReady();
            return show(
                    Form.EMPTY,
                    texts.say("keys.done.installed", Long.toString(installed.serial())));
        } catch (RefusedStatementException e) {
            return again(Form.EMPTY.wrong("statement", texts.name("key-refused", e.why())));
        } catch (UnusableKeysException e) {
            return again(Form.EMPTY.wrong("statement", texts.say("keys.unusable")));
        }
    }
}

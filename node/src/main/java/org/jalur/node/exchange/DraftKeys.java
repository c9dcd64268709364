package org.jalur.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jalur.log.Hash;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.Soon;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keys of what is not sent yet. Like a part, each draft is kept encrypted with a key of its own,
 * which stands where the parts' keys are; once it is sent or discarded nobody can read an old copy.
 */
@Component
public class DraftKeys {
    /** By how many octets sealed content is longer than what it holds. */
    public static final int OVERHEAD = Sealing.OVERHEAD;

    /** No channel has this number. */
    private static final int NO_CHANNEL = 0;

    private final JdbcClient jdbc;
    private final JdbcClient keys;
    private final Clock clock;
    private final Soon destroying = new Soon("destroying keys of ended drafts", this::destroyEnded);

    DraftKeys(JdbcClient jdbc, @Qualifier("partKeys") JdbcClient keys, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.clock = clock;
    }

    /** Seals and opens what belongs to one draft. */
    public static final class Box {
        private static final String MARK = "HmacSHA256";

        private final byte[] key;
        private final byte[] owner;

        private Box(byte[] key, byte[] owner) {
            this.key = key;
            this.owner = owner;
        }

        public byte[] seal(byte[] octets) {
            return Sealing.seal(key, owner, octets);
        }

        public byte[] seal(String text) {
            return seal(text.getBytes(UTF_8));
        }

        /**
         * @throws ProblemException if the key is gone: the database was restored to a time when the
         *     draft was still there
         */
        public byte[] open(byte[] sealed) {
            try {
                return Sealing.open(key, owner, sealed);
            } catch (AEADBadTagException e) {
                throw gone();
            }
        }

        /** What nobody can make without the key, and what is the same for the same octets. */
        public byte[] mark(byte[] octets) {
            try {
                Mac mac = Mac.getInstance(MARK);
                mac.init(new SecretKeySpec(key, MARK));
                mac.update(owner);
                return mac.doFinal(octets);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        public String text(byte[] sealed) {
            return new String(open(sealed), UTF_8);
        }
    }

    private static ProblemException gone() {
        return new ProblemException(
                HttpStatus.GONE,
                "draft-erased",
                "This draft was sent or discarded after the backup that the database was restored from; its content is gone. Begin a new one.");
    }

    /** With the draft's key; empty once it is destroyed, or before anything was sealed. */
    public Optional<Box> existing(UUID draft) {
        byte[] name = name(draft);
        return find(name).map(key -> new Box(key, name));
    }

    /** The same for many; those whose keys are destroyed are not among them. */
    public Map<UUID, Box> existing(Collection<UUID> drafts) {
        Map<Hash, UUID> names = new HashMap<>();
        drafts.forEach(draft -> names.put(Hash.of(name(draft)), draft));
        Map<UUID, Box> boxes = new HashMap<>();
        keys.sql(
                        "select leaf, key from part_keys where channel = :channel and leaf = any(:leaves::bytea[])")
                .param("channel", NO_CHANNEL)
                .param("leaves", names.keySet().stream().map(Hash::bytes).toArray(byte[][]::new))
                .query(row -> {
                    byte[] name = row.getBytes("leaf");
                    byte[] key = row.getBytes("key");
                    Optional.ofNullable(names.get(Hash.of(name)))
                            .ifPresent(draft -> boxes.put(draft, new Box(key, name)));
                });
        return boxes;
    }

    /**
     * @throws ProblemException if the key is destroyed
     */
    public Box opening(UUID draft) {
        return existing(draft).orElseThrow(DraftKeys::gone);
    }

    /** For sealing: with the draft's key, which is made if there is none. */
    public Box box(UUID draft) {
        byte[] name = name(draft);
        Optional<byte[]> known = find(name);
        if (known.isEmpty()) {
            keys.sql(
                            "insert into part_keys (channel, leaf, key) values (:channel, :leaf, :key) on conflict do nothing")
                    .param("channel", NO_CHANNEL)
                    .param("leaf", name)
                    .param("key", Sealing.newKey())
                    .update();
            known = find(name);
        }
        return new Box(known.orElseThrow(), name);
    }

    private Optional<byte[]> find(byte[] name) {
        return keys.sql("select key from part_keys where channel = :channel and leaf = :leaf")
                .param("channel", NO_CHANNEL)
                .param("leaf", name)
                .query((row, _) -> row.getBytes("key"))
                .optional();
    }

    /** Destroys the key soon after the present transaction has been committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void destroy(UUID draft) {
        jdbc.sql(
                        "insert into ended_drafts (draft, ended_at) values (:draft, :now) on conflict do nothing")
                .param("draft", draft)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        destroying.afterCommit();
    }

    /** Also what a crash or a fault of the key store left. */
    @Scheduled(fixedDelay = 10_000)
    void destroyEnded() {
        List<UUID> ended =
                jdbc.sql("select draft from ended_drafts order by ended_at limit 1000")
                        .query((row, _) -> row.getObject("draft", UUID.class))
                        .list();
        for (UUID draft : ended) {
            keys.sql("delete from part_keys where channel = :channel and leaf = :leaf")
                    .param("channel", NO_CHANNEL)
                    .param("leaf", name(draft))
                    .update();
            jdbc.sql("delete from ended_drafts where draft = :draft")
                    .param("draft", draft)
                    .update();
        }
    }

    private static byte[] name(UUID draft) {
        return Hash.sha256(("draft " + draft).getBytes(UTF_8)).bytes();
    }
}

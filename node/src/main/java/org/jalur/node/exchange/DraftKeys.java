package org.jalur.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import org.jalur.log.Hash;
import org.jalur.node.web.ProblemException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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

    private final JdbcClient keys;

    DraftKeys(@Qualifier("partKeys") JdbcClient keys) {
        this.keys = keys;
    }

    /** Seals and opens what belongs to one draft. */
    public static final class Box {
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
                throw new ProblemException(
                        HttpStatus.GONE,
                        "draft-erased",
                        "The content of this draft was erased; discard it and begin again.");
            }
        }

        public String text(byte[] sealed) {
            return new String(open(sealed), UTF_8);
        }
    }

    /** With the draft's key, which is made if there is none. */
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

    /** Destroys the key once the present transaction has been committed. */
    public void destroy(UUID draft) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        keys.sql("delete from part_keys where channel = :channel and leaf = :leaf")
                                .param("channel", NO_CHANNEL)
                                .param("leaf", name(draft))
                                .update();
                    }
                });
    }

    private static byte[] name(UUID draft) {
        return Hash.sha256(("draft " + draft).getBytes(UTF_8)).bytes();
    }
}

package org.jalur.node.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.log.Hash;
import org.jalur.node.notifications.carriers.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where people want to be told. Nothing but a code goes to an address before they confirm it. */
@Component
class Addresses {
    /** Of one account. */
    static final int MOST = 10;

    /** Codes and test messages of one account within an hour. */
    static final int MOST_TRIALS = 10;

    private static final Duration CODE_LASTS = Duration.ofMinutes(30);
    private static final int MOST_TRIES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;

    Addresses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param address empty while a chat is not known yet
     * @param muted kinds of events that do not go there
     */
    record Address(
            UUID id,
            UUID account,
            Channel channel,
            String address,
            boolean confirmed,
            Set<String> muted) {
        static Address from(ResultSet row, int number) throws SQLException {
            return new Address(
                    row.getObject("id", UUID.class),
                    row.getObject("account", UUID.class),
                    Channel.of(row.getString("channel")).orElseThrow(),
                    row.getString("address"),
                    row.getObject("confirmed_at") != null,
                    Arrays.stream((String[]) row.getArray("muted").getArray())
                            .collect(Collectors.toUnmodifiableSet()));
        }

        /** As its carrier wants it: a webhook's secret goes by its id. */
        String forCarrier() {
            return channel == Channel.WEBHOOK ? id + " " + address : address;
        }
    }

    List<Address> of(UUID account) {
        return jdbc.sql(
                        """
                        select * from notification_addresses where account = :account and removed_at is null
                        order by added_at, id
                        """)
                .param("account", account)
                .query(Address::from)
                .list();
    }

    Optional<Address> find(UUID account, UUID id) {
        return of(account).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    UUID add(UUID account, Channel channel, String address) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into notification_addresses (id, account, channel, address, added_at)
                        values (:id, :account, :channel, :address, :now)
                        """)
                .param("id", id)
                .param("account", account)
                .param("channel", channel.wire())
                .param("address", address)
                .param("now", now())
                .update();
        return id;
    }

    /** Whether one more code or test message may leave; if so, it is counted. */
    @Transactional
    public boolean mayTry(UUID account) {
        // One at a time for each account, or two would count as one.
        jdbc.sql("select id from accounts where id = :account for no key update")
                .param("account", account)
                .query(UUID.class)
                .single();
        return jdbc.sql(
                                """
                                insert into notification_trials (account, at)
                                select :account, :now where (select count(*) from notification_trials
                                    where account = :account and at > :since) < :most
                                """)
                        .param("account", account)
                        .param("now", now())
                        .param(
                                "since",
                                clock.instant().minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
                        .param("most", MOST_TRIALS)
                        .update()
                == 1;
    }

    /** A new code for an address; the one before no longer counts. */
    String newCode(UUID id) {
        String code = "%08d".formatted(RANDOM.nextInt(100_000_000));
        keepCode(id, code);
        return code;
    }

    /** A code that nobody can guess, for a link that others may see the traces of. */
    String newLinkCode(UUID id) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String code = HexFormat.of().formatHex(random);
        keepCode(id, code);
        return code;
    }

    private void keepCode(UUID id, String code) {
        jdbc.sql(
                        """
                        update notification_addresses set code = :code, code_until = :until, code_tries = 0
                        where id = :id
                        """)
                .param("code", digest(id, code))
                .param("until", clock.instant().plus(CODE_LASTS).atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    /** Whether the code was right, in time, and not the sixth that was tried. */
    @Transactional
    public boolean confirm(UUID id, String code) {
        Optional<byte[]> wanted =
                jdbc.sql(
                                """
                                update notification_addresses set code_tries = code_tries + 1
                                where id = :id and code is not null and code_until > :now
                                    and code_tries < :most and removed_at is null returning code
                                """)
                        .param("id", id)
                        .param("now", now())
                        .param("most", MOST_TRIES)
                        .query((row, _) -> row.getBytes("code"))
                        .optional();
        if (wanted.filter(one -> MessageDigest.isEqual(one, digest(id, code))).isEmpty()) {
            return false;
        }
        jdbc.sql(
                        """
                        update notification_addresses set confirmed_at = :now, code = null, code_until = null
                        where id = :id
                        """)
                .param("now", now())
                .param("id", id)
                .update();
        return true;
    }

    /** The chat that a code came from. */
    @Transactional
    public boolean confirmChat(UUID id, String code, String chat) {
        if (!confirm(id, code)) {
            return false;
        }
        jdbc.sql("update notification_addresses set address = :chat where id = :id")
                .param("chat", chat)
                .param("id", id)
                .update();
        return true;
    }

    private static byte[] digest(UUID id, String code) {
        return Hash.sha256((id + " " + code).getBytes(UTF_8)).bytes();
    }

    void mute(UUID id, Set<String> muted) {
        jdbc.sql("update notification_addresses set muted = :muted::text[] where id = :id")
                .param("muted", muted.toArray(String[]::new))
                .param("id", id)
                .update();
    }

    /** The address itself is kept no longer; that something was sent stays in the outbox. */
    @Transactional
    public void remove(UUID id) {
        jdbc.sql(
                        """
                        update notification_addresses set removed_at = :now, address = '', code = null where id = :id
                        """)
                .param("now", now())
                .param("id", id)
                .update();
        jdbc.sql(
                        """
                        update notification_deliveries set state = 'needless', changed_at = :now
                        where address = :id and state in ('waiting', 'failed')
                        """)
                .param("now", now())
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

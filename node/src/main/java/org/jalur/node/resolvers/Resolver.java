package org.jalur.node.resolvers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A resolver as its entry in the register has it.
 *
 * @param operator who runs it
 * @param confirmed whether an admin vouches for the address: nothing is sent to it otherwise
 * @param removed whether it is asked no more
 * @param reason why it was removed; empty otherwise
 */
record Resolver(
        UUID id,
        UUID operator,
        String operatorName,
        String name,
        InetAddress address,
        int port,
        Software software,
        Transport transport,
        AskedFrom askedFrom,
        boolean confirmed,
        boolean removed,
        String reason,
        String writtenBy,
        Instant writtenAt) {
    enum Software {
        BIND,
        UNBOUND,
        POWERDNS,
        KNOT,
        OTHER
    }

    /** How it learns what is blocked. */
    enum Transport {
        /** It transfers the zone: its canary is blocked, and may tell which version it has. */
        TRANSFER,
        /** It gets lists. */
        LIST,
        /** It blocks nothing; it is measured all the same. */
        NONE
    }

    enum AskedFrom {
        /** This node. */
        NODE,
        /** A probe in the provider's network, for it answers customers only. */
        PROBE
    }

    static String wire(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> Optional<E> of(E[] all, String wire) {
        return Arrays.stream(all).filter(one -> wire(one).equals(wire)).findFirst();
    }

    static Resolver from(ResultSet row, int number) throws SQLException {
        return new Resolver(
                row.getObject("resolver", UUID.class),
                row.getObject("operator", UUID.class),
                row.getString("operator_name"),
                row.getString("name"),
                InetAddress.ofLiteral(row.getString("host")),
                row.getInt("port"),
                of(Software.values(), row.getString("software")).orElseThrow(),
                of(Transport.values(), row.getString("transport")).orElseThrow(),
                of(AskedFrom.values(), row.getString("asked_from")).orElseThrow(),
                row.getBoolean("confirmed"),
                row.getBoolean("removed"),
                row.getString("reason"),
                row.getString("written_by"),
                row.getObject("written_at", OffsetDateTime.class).toInstant());
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }

    /** Address and port as people write them. */
    public String place() {
        String host = address.getHostAddress();
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    boolean counts() {
        return confirmed && !removed;
    }
}

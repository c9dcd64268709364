package org.jalur.node.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Role;

/**
 * Opens an account in a node's database and prints its API token once: how the first admin gets in.
 */
public final class Token {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    public static void main(String[] arguments) throws SQLException {
        try {
            NodeConfiguration configuration = NodeConfiguration.from(arguments);
            if (arguments.length != 4) {
                throw new RefusedException("token needs --config FILE NAME ROLE");
            }
            Role role =
                    Role.of(arguments[3])
                            .orElseThrow(() ->
                                    new RefusedException(
                                            "unknown role \"%s\"".formatted(arguments[3])));
            configuration.requireDatabase("jalur.database");
            try (Connection connection = configuration.connect("jalur.database")) {
                System.out.println(issue(connection, arguments[2], role));
            }
        } catch (RefusedException e) {
            System.err.println("No token was made: " + e.getMessage() + ".");
            System.exit(2);
        }
    }

    private static String issue(Connection connection, String name, Role role) throws SQLException {
        UUID account = account(connection, name, role);
        String token =
                "jalur_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into tokens (id, account, label, hash, created_at) values (?, ?, 'command line', ?, now())")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setObject(2, account);
            insert.setBytes(3, Hash.sha256(token.getBytes(US_ASCII)).bytes());
            insert.executeUpdate();
        }
        return token;
    }

    static UUID account(Connection connection, String name, Role role) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into accounts (id, name, role, pseudonym, created_at) values (?, ?, ?, ?, now())
                        on conflict (name) do nothing
                        """)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, name);
            insert.setString(3, role.wire());
            insert.setString(4, role.wire() + "-" + HexFormat.of().formatHex(random(4)));
            insert.executeUpdate();
        }
        try (PreparedStatement find =
                connection.prepareStatement("select id, role from accounts where name = ?")) {
            find.setString(1, name);
            ResultSet found = find.executeQuery();
            if (!found.next() || !found.getString("role").equals(role.wire())) {
                throw new RefusedException("account \"%s\" has another role".formatted(name));
            }
            return found.getObject("id", UUID.class);
        }
    }

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        RANDOM.nextBytes(random);
        return random;
    }
}

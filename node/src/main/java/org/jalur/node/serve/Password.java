package org.jalur.node.serve;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;

/**
 * Opens an account in a node's database, or finds it, and prints a new password for it once: how
 * the first admin signs in to the pages.
 */
public final class Password {
    private Password() {}

    public static void main(String[] arguments) throws SQLException {
        try {
            NodeConfiguration configuration = NodeConfiguration.from(arguments);
            if (arguments.length != 4) {
                throw new RefusedException("password needs --config FILE NAME ROLE");
            }
            Role role =
                    Role.of(arguments[3])
                            .orElseThrow(() ->
                                    new RefusedException(
                                            "unknown role \"%s\"".formatted(arguments[3])));
            configuration.requireDatabase("jalur.database");
            try (Connection connection = configuration.connect("jalur.database")) {
                System.out.println(renew(connection, arguments[2], role));
            }
        } catch (RefusedException e) {
            System.err.println("No password was made: " + e.getMessage() + ".");
            System.exit(2);
        }
    }

    private static String renew(Connection connection, String name, Role role) throws SQLException {
        UUID account = Token.account(connection, name, role);
        String password = Passwords.fresh();
        try (PreparedStatement update =
                connection.prepareStatement("update accounts set password = ? where id = ?")) {
            update.setString(1, Passwords.hash(password));
            update.setObject(2, account);
            update.executeUpdate();
        }
        return password;
    }
}

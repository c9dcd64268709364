package org.jalur.node.accounts;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jalur.node.JalurSettings;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The demo's accounts: one for each role, with the tokens and the password of this start; the
 * earlier ones end.
 */
@Component
@ConditionalOnProperty(name = "jalur.demo", havingValue = "true")
class DemoAccounts implements ApplicationRunner {
    private static final String LABEL = "demo";
    private static final String PASSWORD = "password";

    /** Separated by semicolons. */
    private static final String ORGANISATIONS = "organisations";

    private final JalurSettings settings;
    private final Accounts accounts;
    private final Passwords passwords;

    DemoAccounts(JalurSettings settings, Accounts accounts, Passwords passwords) {
        this.settings = settings;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) throws IOException {
        accounts.revokeAll(LABEL);
        Path file = settings.demoTokens();
        if (file == null) {
            return;
        }
        var tokens = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            tokens.load(reader);
        }
        Optional<String> password = Optional.ofNullable(tokens.getProperty(PASSWORD));
        tokens.remove(PASSWORD);
        List<String> organisations =
                Arrays.stream(tokens.getProperty(ORGANISATIONS, "").split(";"))
                        .filter(one -> !one.isEmpty())
                        .toList();
        tokens.remove(ORGANISATIONS);
        for (String name : tokens.stringPropertyNames()) {
            // "officer" or, for a second account of the role, "officer.2".
            Role role = Role.of(name.replaceAll("\\..*", "")).orElseThrow();
            UUID account = accounts.open("sample " + name, role);
            accounts.keep(account, LABEL, tokens.getProperty(name));
            accounts.belongs(account, organisations);
            if (role != Role.CONNECTOR && role != Role.RESOLVER) {
                password.ifPresent(text -> passwords.set(account, text));
            }
        }
    }
}

package org.jalur.node.accounts;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jalur.node.JalurSettings;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The demo's accounts: one for each role, with the tokens of this start; the earlier ones end. */
@Component
@ConditionalOnProperty(name = "jalur.demo", havingValue = "true")
class DemoAccounts implements ApplicationRunner {
    private static final String LABEL = "demo";

    private final JalurSettings settings;
    private final Accounts accounts;

    DemoAccounts(JalurSettings settings, Accounts accounts) {
        this.settings = settings;
        this.accounts = accounts;
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
        for (String name : tokens.stringPropertyNames()) {
            // "officer" or, for a second account of the role, "officer.2".
            Role role = Role.of(name.replaceAll("\\..*", "")).orElseThrow();
            accounts.keep(accounts.open("sample " + name, role), LABEL, tokens.getProperty(name));
        }
    }
}

package org.jalur.node.pages;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Accounts and their API tokens, for admins. */
@PageController
class AccountPages {
    private final Frame frame;
    private final Texts texts;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Register register;
    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    AccountPages(
            Frame frame,
            Texts texts,
            Accounts accounts,
            Passwords passwords,
            Register register,
            FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.frame = frame;
        this.texts = texts;
        this.accounts = accounts;
        this.passwords = passwords;
        this.register = register;
        this.sessions = sessions;
    }

    /**
     * @param shown a secret that is shown this once
     */
    record AccountsPage(
            Form form,
            List<AccountRow> accounts,
            List<TokenRow> tokens,
            List<Form.Option> roles,
            List<Form.Option> owners,
            boolean files,
            Optional<Shown> shown) {}

    record AccountRow(
            UUID id,
            String name,
            String role,
            String organisations,
            String pseudonym,
            Instant since,
            boolean signsIn,
            boolean disabled,
            boolean own) {}

    record TokenRow(UUID id, String label, String account, Instant since) {}

    /**
     * @param key of the sentence above it
     */
    record Shown(String key, String name, String secret) {}

    @GetMapping("/accounts")
    ModelAndView all() {
        return show(Form.EMPTY, Optional.empty());
    }

    private ModelAndView show(Form form, Optional<Shown> shown) {
        List<Accounts.Account> all = accounts.all();
        UUID own = Caller.current().account();
        return frame.show(
                "accounts",
                new AccountsPage(
                        form,
                        all.stream().map(one -> row(one, own)).toList(),
                        accounts.tokens().reversed().stream()
                                .filter(token -> token.revokedAt().isEmpty())
                                .map(token -> row(token, all))
                                .toList(),
                        Arrays.stream(Role.values())
                                .filter(role -> role.exists(register.isAuthority()))
                                .map(role ->
                                        new Form.Option(
                                                role.wire(), texts.name("role", role.wire())))
                                .toList(),
                        all.stream()
                                .filter(one -> one.disabledAt().isEmpty())
                                .map(one -> new Form.Option(one.id().toString(), one.name()))
                                .toList(),
                        register.isAuthority(),
                        shown));
    }

    private AccountRow row(Accounts.Account one, UUID own) {
        return new AccountRow(
                one.id(),
                one.name(),
                texts.name("role", one.role()),
                String.join("; ", one.organisations()),
                one.pseudonym(),
                one.createdAt(),
                one.signsIn(),
                one.disabledAt().isPresent(),
                one.id().equals(own));
    }

    private static TokenRow row(Accounts.Token token, List<Accounts.Account> all) {
        return new TokenRow(
                token.id(),
                token.label(),
                all.stream()
                        .filter(one -> one.id().equals(token.account()))
                        .map(Accounts.Account::name)
                        .findFirst()
                        .orElse(""),
                token.createdAt());
    }

    @PostMapping("/accounts")
    ModelAndView open(@RequestParam Map<String, String> typed) {
        String name = typed.getOrDefault("name", "").strip();
        Optional<Role> role =
                Role.of(typed.getOrDefault("role", ""))
                        .filter(one -> one.exists(register.isAuthority()));
        Form form = Form.of(typed);
        if (name.isEmpty() || name.length() > 100) {
            form = form.wrong("name", texts.say("accounts.name.wrong"));
        } else if (accounts.all().stream().anyMatch(one -> one.name().equals(name))) {
            form = form.wrong("name", texts.say("accounts.name.taken", name));
        }
        if (role.isEmpty()) {
            form = form.wrong("role", texts.say("accounts.role.wrong"));
        }
        if (form.isWrong()) {
            return show(form, Optional.empty());
        }
        UUID id = accounts.open(name, role.orElseThrow());
        return show(
                Form.EMPTY,
                Optional.of(new Shown("accounts.shown.password", name, passwords.renew(id))));
    }

    @PostMapping("/accounts/{id}/password")
    ModelAndView renew(@PathVariable UUID id) {
        String name =
                accounts.all().stream()
                        .filter(one -> one.id().equals(id))
                        .map(Accounts.Account::name)
                        .findFirst()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-account",
                                        "There is no account %s on this node.".formatted(id)));
        endSessions(id);
        return show(
                Form.EMPTY,
                Optional.of(new Shown("accounts.shown.password", name, passwords.renew(id))));
    }

    /** For whom an account files: names of the agreements, one a line. */
    @PostMapping("/accounts/organisations")
    ModelAndView belongs(@RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        List<String> names =
                typed.getOrDefault("organisations", "")
                        .lines()
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
        Optional<Accounts.Account> member =
                accounts.all().stream()
                        .filter(one -> one.id().toString().equals(typed.get("member")))
                        .findFirst();
        if (member.isEmpty()) {
            form = form.wrong("member", texts.say("accounts.owner.wrong"));
        }
        if (names.size() > 100 || names.stream().anyMatch(one -> one.length() > 200)) {
            form = form.wrong("organisations", texts.say("accounts.organisations.wrong"));
        }
        if (form.isWrong()) {
            return show(form, Optional.empty());
        }
        accounts.belongs(member.orElseThrow().id(), names);
        return new ModelAndView("redirect:/accounts");
    }

    @PostMapping("/accounts/{id}/disabling")
    String disable(@PathVariable UUID id) {
        if (!id.equals(Caller.current().account())) {
            accounts.disable(id);
            endSessions(id);
        }
        return "redirect:/accounts";
    }

    private void endSessions(UUID account) {
        sessions.findByPrincipalName(account.toString()).keySet().forEach(sessions::deleteById);
    }

    @PostMapping("/accounts/tokens")
    ModelAndView issue(@RequestParam Map<String, String> typed) {
        String label = typed.getOrDefault("label", "").strip();
        Optional<Accounts.Account> owner =
                accounts.all().stream()
                        .filter(one -> one.id().toString().equals(typed.get("account")))
                        .filter(one -> one.disabledAt().isEmpty())
                        .findFirst();
        Form form = Form.of(typed);
        if (label.isEmpty() || label.length() > 100) {
            form = form.wrong("label", texts.say("accounts.label.wrong"));
        }
        if (owner.isEmpty()) {
            form = form.wrong("account", texts.say("accounts.owner.wrong"));
        }
        if (form.isWrong()) {
            return show(form, Optional.empty());
        }
        Accounts.Account account = owner.orElseThrow();
        return show(
                Form.EMPTY,
                Optional.of(
                        new Shown(
                                "accounts.shown.token",
                                account.name(),
                                accounts.issue(account.id(), label))));
    }

    @PostMapping("/accounts/tokens/{id}/revocation")
    String revoke(@PathVariable UUID id) {
        accounts.revoke(id);
        return "redirect:/accounts";
    }
}

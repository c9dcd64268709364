package org.jalur.node.resolvers;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.resolvers.Resolver.AskedFrom;
import org.jalur.node.resolvers.Resolver.Software;
import org.jalur.node.resolvers.Resolver.Transport;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;

/** An entry as somebody typed it, with everything that is wrong with it. */
final class TypedResolver {
    static final int LONGEST = 200;
    private static final int LARGEST_PORT = 65_535;

    private final Map<String, String> typed;
    private final Map<String, ProblemException> wrong = new LinkedHashMap<>();

    TypedResolver(Map<String, String> typed) {
        this.typed = typed;
    }

    /** What an entry says when all of it is right. */
    record Entry(
            String operator,
            String person,
            String mail,
            String phone,
            String name,
            InetAddress address,
            int port,
            Software software,
            Transport transport,
            AskedFrom askedFrom) {}

    Map<String, ProblemException> wrong() {
        return wrong;
    }

    /** Empty if something is wrong. */
    Optional<Entry> entry() {
        String operator = words("operatorName", true);
        String name = words("resolverName", true);
        Optional<InetAddress> address = address();
        Optional<Integer> port = port();
        Optional<Software> software = choice("software", Software.values());
        Optional<Transport> transport = choice("transport", Transport.values());
        Optional<AskedFrom> from = choice("askedFrom", AskedFrom.values());
        String person = words("contactPerson", false);
        String mail = words("contactMail", false);
        if (!mail.isEmpty() && !mail.matches("[^@\\s\"<>,;:]+@[A-Za-z0-9.-]+")) {
            unfit(
                    "no-mail-address",
                    "contactMail",
                    "\"%s\" is no e-mail address".formatted(mail),
                    mail);
        }
        String phone = words("contactPhone", false).replaceAll("[ ().-]", "");
        if (!phone.isEmpty() && !phone.matches("\\+[0-9]{5,15}")) {
            unfit(
                    "phone-number",
                    "contactPhone",
                    "\"%s\" is no number with its country, such as +62215550100".formatted(phone),
                    phone);
        }
        if (!wrong.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Entry(
                        operator,
                        person,
                        mail,
                        phone,
                        name,
                        address.orElseThrow(),
                        port.orElseThrow(),
                        software.orElseThrow(),
                        transport.orElseThrow(),
                        from.orElseThrow()));
    }

    private String value(String field) {
        return Optional.ofNullable(typed.get(field)).orElse("").strip();
    }

    private String words(String field, boolean needed) {
        String text = value(field);
        if (text.isEmpty() && needed) {
            unfit("field-missing", field, "%s is empty; fill it in".formatted(field), field);
        } else if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            unfit(
                    "field-too-long",
                    field,
                    "%s is longer than a line of %s characters"
                            .formatted(field, Integer.toString(LONGEST)),
                    field,
                    Integer.toString(LONGEST));
        }
        return text;
    }

    /** Literal only: names are not looked up, for they could lead elsewhere tomorrow. */
    private Optional<InetAddress> address() {
        String text = value("resolverAddress");
        try {
            if (text.indexOf('%') < 0) {
                return Optional.of(InetAddress.ofLiteral(text));
            }
        } catch (IllegalArgumentException _) {
            // Said below, like an address of one interface only.
        }
        unfit(
                "no-address",
                "resolverAddress",
                "\"%s\" is no IPv4 or IPv6 address".formatted(text),
                text);
        return Optional.empty();
    }

    private Optional<Integer> port() {
        String text = value("port").isEmpty() ? "53" : value("port");
        Optional<Integer> port =
                text.matches("[0-9]{1,5}")
                        ? Optional.of(Integer.valueOf(text))
                                .filter(one -> one >= 1 && one <= LARGEST_PORT)
                        : Optional.empty();
        if (port.isEmpty()) {
            unfit("no-port", "port", "\"%s\" is no port; give 1 to 65535".formatted(text), text);
        }
        return port;
    }

    private <E extends Enum<E>> Optional<E> choice(String field, E[] all) {
        Optional<E> chosen = Resolver.of(all, value(field).toLowerCase(Locale.ROOT));
        if (chosen.isEmpty()) {
            unfit(
                    "no-choice",
                    field,
                    "%s is \"%s\"; choose one that there is".formatted(field, value(field)),
                    field,
                    value(field));
        }
        return chosen;
    }

    private void unfit(String type, String field, String sentence, Object... values) {
        wrong.putIfAbsent(
                field,
                new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, type, sentence, values));
    }
}

package org.jalur.node.notifications.carriers;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jalur.node.notifications.carriers.NotificationSettings.Mail;
import org.jalur.node.notifications.carriers.NotificationSettings.Tls;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** E-mail through the operator's mail server, never in the clear beyond this machine. */
@Component
@ConditionalOnProperty("jalur.notifications.mail.host")
class MailCarrier implements Carrier {
    private static final String PATIENCE = "15000";

    private final Mail mail;
    private final String password;
    private final Session session;

    MailCarrier(NotificationSettings settings, SslBundles bundles) {
        mail = Optional.ofNullable(settings.mail()).orElseThrow();
        password =
                mail.passwordFile() == null
                        ? ""
                        : NotificationSettings.secret("mail.password-file", mail.passwordFile(), 1);
        session = Session.getInstance(properties(mail, bundles));
    }

    private static Properties properties(Mail mail, SslBundles bundles) {
        var properties = new Properties();
        properties.put("mail.smtp.host", mail.host());
        properties.put("mail.smtp.port", Integer.toString(mail.port()));
        properties.put("mail.smtp.connectiontimeout", PATIENCE);
        properties.put("mail.smtp.timeout", PATIENCE);
        properties.put("mail.smtp.writetimeout", PATIENCE);
        properties.put("mail.smtp.auth", Boolean.toString(mail.username() != null));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(mail.tls() == Tls.TLS));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(mail.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(mail.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        if (mail.bundle() != null) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    bundles.getBundle(mail.bundle()).createSslContext().getSocketFactory());
        }
        return properties;
    }

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    /** One plain address: no name beside it, no list, nothing that could end a header's line. */
    @Override
    public boolean accepts(String address) {
        try {
            new InternetAddress(address, true);
            return address.length() <= 254
                    && address.matches("[\\x21-\\x7e&&[^,;:<>()\\[\\]\"\\\\]]+@[A-Za-z0-9.-]+");
        } catch (AddressException _) {
            return false;
        }
    }

    @Override
    public Outcome send(String address, Letter letter) {
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = message(address, letter);
            transport.connect(mail.username(), mail.username() == null ? null : password);
            transport.sendMessage(message, message.getAllRecipients());
            return new Outcome.Sent();
        } catch (AuthenticationFailedException _) {
            return new Outcome.Later(Duration.ZERO, "mail-password");
        } catch (MessagingException e) {
            return outcome(e);
        }
    }

    private MimeMessage message(String address, Letter letter) throws MessagingException {
        var message = new Identified(session, letter, mail.from());
        message.setFrom(new InternetAddress(mail.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setText(letter.text(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(letter.at()));
        message.setHeader("Content-Language", letter.language());
        // RFC 3834: nobody's absence note answers it.
        message.setHeader("Auto-Submitted", "auto-generated");
        if (letter.emergency()) {
            message.setHeader("Importance", "high");
        }
        message.saveChanges();
        return message;
    }

    /** The same id at every try, so that readers show a letter once that came twice. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, Letter letter, String from) {
            super(session);
            id = "<%s@%s>".formatted(letter.id(), from.substring(from.indexOf('@') + 1));
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /** A permanent code of the server (RFC 5321 §4.2.1) ends the tries; all else may pass. */
    private static Outcome outcome(MessagingException failure) {
        Optional<Integer> code = Optional.empty();
        for (Exception e = failure; e != null && code.isEmpty(); e = next(e)) {
            code =
                    switch (e) {
                        case SMTPAddressFailedException refused ->
                                Optional.of(refused.getReturnCode());
                        case SMTPSenderFailedException refused ->
                                Optional.of(refused.getReturnCode());
                        case SMTPSendFailedException refused ->
                                Optional.of(refused.getReturnCode());
                        default -> Optional.empty();
                    };
        }
        return code.<Outcome>map(one ->
                        one >= 500
                                ? new Outcome.Refused("mail-answers " + one)
                                : new Outcome.Later(Duration.ZERO, "mail-answers " + one))
                .orElseGet(() -> new Outcome.Later(Duration.ZERO, unreachable(failure)));
    }

    private static String unreachable(MessagingException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof SSLException || String.valueOf(failure.getMessage()).contains("TLS")
                ? "mail-untrusted"
                : "mail-unreachable";
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException messaging ? messaging.getNextException() : null;
    }
}

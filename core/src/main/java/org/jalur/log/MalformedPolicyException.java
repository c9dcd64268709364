package org.jalur.log;

/// A trust policy breaks a rule of its format; the message names the line, the value and the rule.
public final class MalformedPolicyException extends RuntimeException {
    MalformedPolicyException(String message) {
        super(message);
    }

    MalformedPolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}

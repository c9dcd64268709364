package org.jalur.agreement.text;

/** Octets that are no agreement; says where and why. */
public final class MalformedAgreementException extends RuntimeException {
    MalformedAgreementException(String message) {
        super(message);
    }

    MalformedAgreementException(String message, Throwable cause) {
        super(message, cause);
    }
}

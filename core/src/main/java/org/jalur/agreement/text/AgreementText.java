package org.jalur.agreement.text;

import java.util.Arrays;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.InvalidTermException;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * An agreement with the octets that were sent or received: these are signed, stored and digested.
 * The same agreement written otherwise is another text; nothing is ever written again from what was
 * read.
 */
public final class AgreementText {
    /** Largest number of octets that are read. */
    public static final int MAX_BYTES = 1024 * 1024;

    static final String ROOT = "agreement";

    private final byte[] octets;
    private final Agreement agreement;

    private AgreementText(byte[] octets, Agreement agreement) {
        this.octets = octets;
        this.agreement = agreement;
    }

    /**
     * @throws MalformedAgreementException if it is not JSON of this format: unknown, missing or
     *     duplicate members, floats, other spellings, too large or too deep
     * @throws InvalidTermException if a value is one that no agreement can have
     */
    public static AgreementText read(byte[] octets) {
        if (octets.length > MAX_BYTES) {
            throw new MalformedAgreementException(
                    "the agreement has %d octets; at most %d are read"
                            .formatted(octets.length, MAX_BYTES));
        }
        byte[] own = octets.clone();
        return new AgreementText(
                own, (Agreement) TreeReader.read(Agreement.class, StrictTree.read(own), ROOT));
    }

    /**
     * Octets to propose; the same agreement always gets the same.
     *
     * @throws MalformedAgreementException if it has more octets than can be read
     */
    public static AgreementText write(Agreement agreement) {
        byte[] octets = TreeWriter.write(agreement);
        if (octets.length > MAX_BYTES) {
            throw new MalformedAgreementException(
                    "the agreement has %d octets; shorten it to %d"
                            .formatted(octets.length, MAX_BYTES));
        }
        return new AgreementText(octets, agreement);
    }

    public byte[] octets() {
        return octets.clone();
    }

    public Agreement agreement() {
        return agreement;
    }

    /** SHA-256 over the octets: how messages and later versions name this one. */
    public Hash digest() {
        return Hash.sha256(octets);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgreementText that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "agreement " + digest();
    }
}

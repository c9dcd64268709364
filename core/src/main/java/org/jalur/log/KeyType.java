package org.jalur.log;

import java.util.HexFormat;

/// What the signatures of a note key are over, and by which algorithm.
///
/// Source: C2SP signed-note, "Signature types".
enum KeyType {
    /// Over the note's text; no statement about when.
    ED25519(0x01, SignatureAlgorithm.ED25519),
    ED25519_COSIGNATURE(0x04, SignatureAlgorithm.ED25519),
    ML_DSA_44_COSIGNATURE(0x06, SignatureAlgorithm.ML_DSA_44);

    private final byte id;
    private final SignatureAlgorithm algorithm;

    KeyType(int id, SignatureAlgorithm algorithm) {
        this.id = (byte) id;
        this.algorithm = algorithm;
    }

    /// @throws MalformedNoteException for a type that is not known here; names it
    static KeyType of(byte id) {
        for (KeyType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        String name =
                switch (id) {
                    case 0x02 -> "ECDSA";
                    case 0x05 -> "RFC 6962 tree head";
                    case (byte) 0xff -> "without an assigned byte";
                    default -> "not assigned";
                };
        throw new MalformedNoteException(
                "signature type 0x%s (%s) is not one of 0x01, 0x04, 0x06"
                        .formatted(HexFormat.of().toHexDigits(id), name));
    }

    byte id() {
        return id;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /// Whether its signatures are made over a checkpoint and begin with a time (C2SP
    /// tlog-cosignature).
    boolean isCosignature() {
        return this != ED25519;
    }

    /// The bytes that are signed for the note text.
    ///
    /// @param time seconds since 1970; only cosignatures have it
    /// @throws MalformedNoteException if a cosignature cannot be made over this text
    byte[] message(String keyName, long time, byte[] text) {
        return switch (this) {
            case ED25519 -> text;
            case ED25519_COSIGNATURE -> CosignedMessage.ed25519(time, text);
            case ML_DSA_44_COSIGNATURE -> CosignedMessage.mlDsa44(keyName, time, text);
        };
    }
}

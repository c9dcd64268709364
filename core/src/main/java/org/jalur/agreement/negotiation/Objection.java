package org.jalur.agreement.negotiation;

/** Why a party cannot sign a proposal. */
public enum Objection {
    UNKNOWN("is not known on this channel"),
    REFUSED("was refused; propose another"),
    SIGNED("was signed by this party already"),
    DECLINED("was declined by this party's counter-proposal"),
    VERSION("does not follow the newest version that both signed; propose it anew"),
    OTHER_SIGNED(
            "stands against another proposal of the same number that this party signed; it is free"
                    + " once the other side declines that one");

    private final String sentence;

    Objection(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}

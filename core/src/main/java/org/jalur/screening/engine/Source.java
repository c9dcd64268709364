package org.jalur.screening.engine;

/** Who answers for a list. */
public sealed interface Source {
    /** Its name or id; empty for the platform that screens. */
    String name();

    /** The platform that screens. */
    record OwnPlatform() implements Source {
        @Override
        public String name() {
            return "";
        }
    }

    /** An authority, by its name or id. */
    record Authority(String name) implements Source {}

    /** Another node, by its name or id. */
    record OtherNode(String name) implements Source {}

    /** Whether the platform itself decided what is in the list. */
    default boolean isOwn() {
        return switch (this) {
            case OwnPlatform() -> true;
            case Authority(_), OtherNode(_) -> false;
        };
    }
}

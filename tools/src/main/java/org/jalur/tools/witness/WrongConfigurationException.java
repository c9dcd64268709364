package org.jalur.tools.witness;

/** The configuration cannot be used; the sentence names the setting, its value and the rule. */
final class WrongConfigurationException extends Exception {
    WrongConfigurationException(String sentence) {
        super(sentence);
    }
}

package org.jalur.tools;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Whole numbers that an option can have. */
record Range(int lowest, int highest) {
    /**
     * The number, if it is one of these.
     *
     * @throws ParameterException if not; it names the option
     */
    int check(CommandLine command, String option, int value) {
        if (value < lowest || value > highest) {
            throw new ParameterException(
                    command,
                    "%s is %d; give a whole number from %d to %d."
                            .formatted(option, value, lowest, highest));
        }
        return value;
    }
}

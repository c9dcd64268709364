package org.jalur.screening;

import jdk.incubator.vector.VectorShape;

/// Whether the screener takes its path of vector instructions. The Vector API is an incubator: the
/// path is taken where the Java machine was started with `--add-modules jdk.incubator.vector` and
/// its vectors have at least 256 bits. Everywhere else plain loops find the same, more slowly.
public final class Vectors {
    /// Turns the path off if it is `false`, for comparison.
    private static final String PROPERTY = "jalur.screening.vectors";

    private static final int LEAST_BITS = 256;

    /// A constant, so that the compiler leaves the other path out.
    public static final boolean USED = isPresent() && Wide.areVectors();

    private Vectors() {}

    private static boolean isPresent() {
        return Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))
                && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /// Loaded only where the module is.
    private static final class Wide {
        static boolean areVectors() {
            return VectorShape.preferredShape().vectorBitSize() >= LEAST_BITS;
        }
    }
}

package org.jalur.screening.image;

import java.util.List;
import java.util.stream.Stream;

/**
 * Computes PDQ hashes. The blur is worked out only at the 64 × 64 places where it is looked at, in
 * exact enough arithmetic that only a picture without structure (quality near 0) depends on
 * rounding. Source: ThreatExchange, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
 * algorithm", 2019, and the behaviour of its C++ reference.
 */
public final class PdqHasher {
    private static final int SAMPLES = Tent.SAMPLES;

    /** A hundredth of the way from black to white, in thousandths of a step of luma. */
    private static final double NOTICEABLE = 2550;

    /** The reference's own scale: this many noticeable steps are one point of quality. */
    private static final int STEPS_PER_POINT = 90;

    private PdqHasher() {}

    /** The hash of a picture as it stands. */
    public static PictureHash hash(Luma luma) {
        double[] samples = Tent.blur(luma);
        return new PictureHash(Spectrum.of(samples).hash(), quality(samples));
    }

    /**
     * The hashes of a picture and its seven turned and mirrored forms, from one look at its pixels.
     */
    public static TurnedHashes hashes(Luma luma) {
        double[] samples = Tent.blur(luma);
        Spectrum spectrum = Spectrum.of(samples);
        List<PdqHash> hashes =
                Stream.of(Orientation.values())
                        .map(orientation -> spectrum.turned(orientation).hash())
                        .toList();
        return new TurnedHashes(quality(samples), hashes);
    }

    /** How much neighbouring samples differ, each difference in whole hundredths. */
    private static int quality(double[] samples) {
        int steps = 0;
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                double sample = samples[i * SAMPLES + j];
                if (i + 1 < SAMPLES) {
                    steps += steps(sample, samples[(i + 1) * SAMPLES + j]);
                }
                if (j + 1 < SAMPLES) {
                    steps += steps(sample, samples[i * SAMPLES + j + 1]);
                }
            }
        }
        return Math.min(PictureHash.BEST, steps / STEPS_PER_POINT);
    }

    private static int steps(double one, double other) {
        return (int) (Math.abs(one - other) / NOTICEABLE);
    }
}

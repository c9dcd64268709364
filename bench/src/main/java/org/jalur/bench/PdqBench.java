package org.jalur.bench;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jalur.screening.image.DecoderSettings;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PictureDecoder;
import org.jalur.screening.image.PictureReading;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;
import org.jalur.tools.picture.PictureFile;

/**
 * From a JPEG file to its PDQ hash: Jalur's way beside the straightforward one, and how far each is
 * from the reference.
 */
public final class PdqBench {
    private static final int WIDTH = 1160;
    private static final int HEIGHT = 870;
    private static final float QUALITY = 0.85f;
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 200;

    /** The whole filter at the file's own size. */
    private static final int UNSCALED = Integer.MAX_VALUE;

    private static final int LONGEST_SIDE = 512;

    private PdqBench() {}

    /** One way from a file to a hash. */
    @FunctionalInterface
    private interface Way {
        PdqHash hash(File file) throws IOException;
    }

    /**
     * @param arguments a folder with the reference's pictures and {@code expected.csv}; those of
     *     core's tests unless told
     */
    public static void main(String[] arguments) throws IOException {
        ImageIO.setUseCache(false);
        Path vectors =
                Path.of(arguments.length == 0 ? "core/src/test/resources/pdq" : arguments[0]);
        String classPath = System.getProperty("java.class.path");
        File picture = File.createTempFile("jalur-pdq", ".jpg");
        try (var decoder = new PictureDecoder(DecoderSettings.of(classPath))) {
            Map<String, Way> ways = new LinkedHashMap<>();
            ways.put("straightforward", file -> FullPdq.hash(file, UNSCALED));
            ways.put("straightforward, scaled to 512", file -> FullPdq.hash(file, LONGEST_SIDE));
            ways.put(
                    "Jalur", file -> hash(new PictureFile(octets(file)).read(WIDTH * HEIGHT * 4L)));
            ways.put("Jalur, in its process", file -> hash(decoder.read(octets(file))));
            write(photograph(), picture);
            System.out.printf(
                    "JPEG of %d × %d pixels, %,d octets, file to hash, one thread:%n",
                    WIDTH, HEIGHT, picture.length());
            measure(ways, picture);
            compare(ways, vectors);
        } finally {
            Files.delete(picture.toPath());
        }
    }

    private static byte[] octets(File file) throws IOException {
        return Files.readAllBytes(file.toPath());
    }

    private static PdqHash hash(PictureReading reading) {
        return switch (reading) {
            case Hashed hashed -> hashed.hashes().upright().hash();
            case Refused refused -> throw new IllegalStateException(refused.reason());
        };
    }

    /** One after the other in every round, so that all meet the same load. */
    private static void measure(Map<String, Way> ways, File file) throws IOException {
        Map<String, double[]> millis = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long start = System.nanoTime();
                PdqHash hash = way.getValue().hash(file);
                double took = (System.nanoTime() - start) / 1e6;
                if (hash.distance(new PdqHash(0, 0, 0, 0)) != PdqHash.BITS / 2) {
                    throw new IllegalStateException(way.getKey() + " gives " + hash);
                }
                if (round >= 0) {
                    millis.computeIfAbsent(way.getKey(), _ -> new double[ROUNDS])[round] = took;
                }
            }
        }
        millis.forEach((way, times) -> Figures.print("  " + way, times));
        double peer = median(millis, "straightforward");
        for (String way :
                List.of("straightforward, scaled to 512", "Jalur", "Jalur, in its process")) {
            System.out.printf("  %s: %.2f × as fast%n", way, peer / median(millis, way));
        }
    }

    /** Of times that {@link Figures} has sorted. */
    private static double median(Map<String, double[]> millis, String way) {
        return millis.getOrDefault(way, new double[ROUNDS])[ROUNDS / 2];
    }

    private static void compare(Map<String, Way> ways, Path vectors) throws IOException {
        System.out.printf("bits from the C++ reference (%s):%n", String.join(" | ", ways.keySet()));
        int furthest = 0;
        for (String line : Files.readAllLines(vectors.resolve("expected.csv"))) {
            String[] cells = line.split(",");
            File file = vectors.resolve(cells[0]).toFile();
            if (!file.exists()) {
                continue;
            }
            PdqHash expected = PdqHash.parse(cells[1]);
            List<String> distances = new ArrayList<>();
            for (Way way : ways.values()) {
                distances.add(Integer.toString(way.hash(file).distance(expected)));
            }
            furthest = Math.max(furthest, Integer.parseInt(distances.getLast()));
            System.out.printf("  %s: %s%n", cells[0], String.join(" | ", distances));
        }
        System.out.printf("Jalur at most %d bits from the reference%n", furthest);
    }

    /** Soft shapes of all sizes, edges, and a little grain, as a camera sees them. */
    private static BufferedImage photograph() {
        var random = new SplittableRandom(1);
        double[][] waves = new double[40][4];
        for (int i = 0; i < waves.length; i++) {
            double fineness = Math.pow(1.12, i) / 300;
            waves[i][0] = fineness * (random.nextDouble() - 0.5) * 4;
            waves[i][1] = fineness * (random.nextDouble() - 0.5) * 4;
            waves[i][2] = random.nextDouble() * 7;
            waves[i][3] = 70 / Math.pow(1.09, i);
        }
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double sum = 110 + random.nextDouble() * 12;
                for (double[] wave : waves) {
                    sum += wave[3] * Math.sin(wave[0] * x + wave[1] * y + wave[2]) / 3;
                }
                boolean inside = (x / 190 + y / 140) % 3 == 0;
                int red = octet(inside ? 230 - sum : sum);
                int green = octet(sum * 0.9 + x / 30.0);
                int blue = octet(sum * 0.7 + y / 20.0);
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static int octet(double value) {
        return (int) Math.clamp(value, 0, 255);
    }

    private static void write(BufferedImage image, File file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (OutputStream octets = Files.newOutputStream(file.toPath());
                ImageOutputStream out = ImageIO.createImageOutputStream(octets)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}

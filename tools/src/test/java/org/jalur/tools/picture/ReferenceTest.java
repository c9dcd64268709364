package org.jalur.tools.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PictureReading.Hashed;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    /**
     * The files whose hashes the C++ reference computed stand beside the tests of the hash itself.
     */
    private static final Path VECTORS = Path.of("..", "core", "src", "test", "resources", "pdq");

    private static final int FURTHEST = 4;

    @Test
    void filesHaveTheHashesAndQualitiesOfTheReference() throws IOException {
        int read = 0;
        for (String line : Files.readAllLines(VECTORS.resolve("expected.csv"))) {
            String[] cells = line.split(",");
            Path file = VECTORS.resolve(cells[0]);
            if (Files.exists(file)) {
                var hashed = (Hashed) new PictureFile(Files.readAllBytes(file)).read(10_000_000);

                assertThat(hashed.hashes().upright().hash().distance(PdqHash.parse(cells[1])))
                        .as(cells[0])
                        .isLessThanOrEqualTo(FURTHEST);
                assertThat(hashed.hashes().quality()).isEqualTo(Integer.parseInt(cells[2]));
                read++;
            }
        }
        assertThat(read).isEqualTo(9);
    }
}

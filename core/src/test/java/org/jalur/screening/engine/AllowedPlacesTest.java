package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AllowedPlacesTest {
    @Test
    void otherPlacesOfTheSameKindAreNotTouched() {
        var allowed = new AllowedPlaces();
        allowed.add(new Place.InUrl(1));
        allowed.add(new Place.InText(3, 5));

        assertThat(allowed.touch(new Place.InUrl(1))).isTrue();
        assertThat(allowed.touch(new Place.InUrl(0))).isFalse();
        assertThat(allowed.touch(new Place.InFile(1))).isFalse();
        assertThat(allowed.touch(new Place.WholeText())).isFalse();
        assertThat(allowed.touch(new Place.InText(5, 9))).isFalse();
        assertThat(allowed.touch(new Place.InText(0, 3))).isFalse();
    }

    @Test
    void partsAreTouchedAsWhenLookingAtEveryOne() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 500; round++) {
            var allowed = new AllowedPlaces();
            List<Place.InText> all = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                Place.InText part = part(random);
                all.add(part);
                allowed.add(part);
            }
            for (int i = 0; i < 50; i++) {
                Place.InText part = part(random);
                assertThat(allowed.touch(part))
                        .isEqualTo(
                                all.stream()
                                        .anyMatch(one ->
                                                one.start() < part.end()
                                                        && part.start() < one.end()));
            }
        }
    }

    private static Place.InText part(SplittableRandom random) {
        int start = random.nextInt(40);
        return new Place.InText(start, start + 1 + random.nextInt(8));
    }
}

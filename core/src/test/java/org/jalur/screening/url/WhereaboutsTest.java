package org.jalur.screening.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private static final String POST = "https://social.example/sample/posts/1";

    @Test
    void spellingsOfOneAddressAreEqual() {
        for (String other :
                List.of(
                        "http://social.example/sample/posts/1",
                        "https://SOCIAL.example/sample/posts/1/",
                        "https://social.example:443/sample/./posts/1#top",
                        "https://social.example//sample/posts/%31")) {
            assertThat(Whereabouts.address(other)).as(other).isEqualTo(Whereabouts.address(POST));
        }
    }

    @Test
    void otherAddressesAreNot() {
        for (String other :
                List.of(
                        "https://social.example/sample/posts/2",
                        "https://social.example/Sample/posts/1",
                        "https://social.example/sample/posts/1?page=2",
                        "https://other.example/sample/posts/1")) {
            assertThat(Whereabouts.address(other))
                    .as(other)
                    .isNotEqualTo(Whereabouts.address(POST));
        }
    }

    @Test
    void postStandsInItsChannel() {
        assertThat(Whereabouts.place(POST, false))
                .isEqualTo(Whereabouts.place("https://social.example/sample", true))
                .isNotEqualTo(Whereabouts.place("https://social.example/other", true));
    }

    @Test
    void whatIsNoAddressIsEqualToItselfAlone() {
        assertThat(Whereabouts.address("no address"))
                .isEqualTo(Whereabouts.address("no address"))
                .isNotEqualTo(Whereabouts.address("another"));
    }
}

package org.jalur.agreement;

import java.util.Set;

/**
 * Somebody for whom the authority's officers may file.
 *
 * @param name as notices name it
 * @param categories in which it may file
 * @param volume its own limits, within those of all together
 */
public record Organisation(String name, Set<String> categories, Volume volume) implements Keyed {
    public Organisation {
        Require.words("name", name, Require.NAME);
        categories = Require.some("categories", categories);
    }

    @Override
    public String key() {
        return name;
    }
}

package org.jalur.node.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param surroundings file of own names, resolvers, controls, shared and popular names, beside the
 *     node's own; absent: these alone
 * @param publicSuffixes a newer copy of the public suffix list; absent: the one in the program
 */
@ConfigurationProperties("jalur.access")
record AccessSettings(@Nullable Path surroundings, @Nullable Path publicSuffixes) {}

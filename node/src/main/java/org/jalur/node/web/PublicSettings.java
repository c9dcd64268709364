package org.jalur.node.web;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What strangers may ask of a node: of an authority's what is blocked, of a platform's to appeal.
 *
 * @param url where everybody reaches the pages, without a path; absent: feeds and resolvers name no
 *     address, statements to affected users neither, and pages go by the one they were asked for at
 * @param perMinute so many pages one address may ask for
 * @param objectionsPerAddress so many objections one address may file in an hour
 * @param objectionsPerHour so many are taken in all
 * @param appealsPerAddress so many appeals one address may file in an hour
 */
@ConfigurationProperties("jalur.public")
public record PublicSettings(
        @Nullable URI url,
        @DefaultValue("120") int perMinute,
        @DefaultValue("5") int objectionsPerAddress,
        @DefaultValue("200") int objectionsPerHour,
        @DefaultValue("10") int appealsPerAddress) {
    private static final String ORIGIN = "https?://[A-Za-z0-9.:-]{1,80}";

    public PublicSettings {
        if (url != null && !url.toString().matches(ORIGIN)) {
            throw new IllegalArgumentException(
                    "jalur.public.url is %s; give a scheme and a host only, such as https://blocks.example"
                            .formatted(url));
        }
        requirePositive("per-minute", perMinute);
        requirePositive("objections-per-address", objectionsPerAddress);
        requirePositive("objections-per-hour", objectionsPerHour);
        requirePositive("appeals-per-address", appealsPerAddress);
    }

    private static void requirePositive(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "jalur.public.%s is %d; give 1 or more".formatted(setting, value));
        }
    }

    /** Where people learn why a name is blocked; empty while no address is configured. */
    public Optional<URI> blockedPage() {
        return Optional.ofNullable(url).map(one -> URI.create(one + "/blocked"));
    }
}

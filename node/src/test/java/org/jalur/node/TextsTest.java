package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;

/** Every text of the pages in both languages, and none outside the two files. */
class TextsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path SOURCES = Path.of("src/main/java");

    /**
     * {@code #{key}}, {@code #{key(…)}} and {@code msg('key'}; computed keys are tested by {@link
     * TextFamiliesTest}.
     */
    private static final Pattern IN_TEMPLATE =
            Pattern.compile("#\\{([a-z][a-zA-Z.-]+)[(}]|msg\\('([a-zA-Z.-]+)'");

    private static final Pattern IN_SOURCE =
            Pattern.compile("(?:say|Shown|Entry|entry)\\(\\s*\"([a-z][a-z0-9.-]+)\"[,)]");

    private static Properties texts(String file) throws IOException {
        var texts = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("messages").resolve(file))) {
            texts.load(reader);
        }
        return texts;
    }

    private static Set<String> keys() throws IOException {
        return new TreeSet<>(texts("jalur.properties").stringPropertyNames());
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        assertThat(texts("jalur_en.properties").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(keys());
    }

    @Test
    void everyTextCanBeFilledInAndIsNotEmpty() throws IOException {
        for (String file : List.of("jalur.properties", "jalur_en.properties")) {
            Properties texts = texts(file);
            for (String key : texts.stringPropertyNames()) {
                String text = texts.getProperty(key);
                assertThat(text).as(key).isNotBlank();
                assertThat(
                                new MessageFormat(text, Locale.ENGLISH)
                                        .format(new Object[] {1, 2, 3, 4, 5}))
                        .as(key)
                        .doesNotContain("{");
            }
        }
    }

    @Test
    void bothLanguagesNameTheSameValues() throws IOException {
        Properties english = texts("jalur_en.properties");
        Properties indonesian = texts("jalur.properties");
        for (String key : keys()) {
            assertThat(new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex())
                    .as(key)
                    .hasSameSizeAs(
                            new MessageFormat(indonesian.getProperty(key))
                                    .getFormatsByArgumentIndex());
        }
    }

    @Test
    void everyKeyThatATemplateOrAClassNamesIsThere() throws IOException {
        var named = new TreeSet<String>();
        for (Path file : files(RESOURCES.resolve("templates"), ".html")) {
            Matcher keys = IN_TEMPLATE.matcher(Files.readString(file));
            while (keys.find()) {
                named.add(keys.group(1) != null ? keys.group(1) : keys.group(2));
            }
        }
        for (Path file : files(SOURCES, ".java")) {
            Matcher keys = IN_SOURCE.matcher(Files.readString(file));
            while (keys.find()) {
                if (!keys.group(1).endsWith(".")) {
                    named.add(keys.group(1));
                }
            }
        }

        assertThat(named).hasSizeGreaterThan(150);
        assertThat(keys()).containsAll(named);
    }

    /**
     * Templates hold no words: what is not a key is the product's name, a sign or a language's own
     * name.
     */
    @Test
    void noTemplateSaysAnythingByItself() throws IOException {
        var said = new ArrayList<String>();
        for (Path file : files(RESOURCES.resolve("templates"), ".html")) {
            var page = Jsoup.parse(Files.readString(file));
            for (Element element : page.getAllElements()) {
                for (TextNode text : element.textNodes()) {
                    String words = text.text().replaceAll("[^\\p{L}]", "");
                    if (!words.isEmpty()
                            && !Set.of("Jalur", "English", "BahasaIndonesia").contains(words)) {
                        said.add(file.getFileName() + ": " + text.text().strip());
                    }
                }
                for (String attribute : List.of("title", "alt", "placeholder", "aria-label")) {
                    if (element.hasAttr(attribute)) {
                        said.add(file.getFileName() + ": " + element.attr(attribute));
                    }
                }
            }
        }

        assertThat(said).isEmpty();
    }
}

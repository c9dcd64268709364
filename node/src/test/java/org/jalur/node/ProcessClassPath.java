package org.jalur.node;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of this test's Java machine for processes that it starts, without folders: so that
 * Java can keep them parsed and verified from the first process that ends by itself on.
 */
final class ProcessClassPath {
    private static final Path FOLDER = TestFolder.PATH.resolve("classes");

    private static final String JARS = jars();

    private ProcessClassPath() {}

    /** Options of Java. */
    static List<String> options() {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + FOLDER.resolve("classes.jsa"),
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-cp",
                JARS);
    }

    private static String jars() {
        try {
            Files.createDirectories(FOLDER);
            int number = 0;
            var jars = new ArrayList<String>();
            for (String one : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path place = Path.of(one);
                jars.add(
                        Files.isDirectory(place)
                                ? packed(place, FOLDER.resolve(number++ + ".jar"))
                                : one);
            }
            return jars.stream().collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packed(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            out.setLevel(0);
            for (Path each : files.sorted().toList()) {
                String name = folder.relativize(each).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(each)) {
                    // Spring looks for packages by the entries of their folders.
                    if (!name.isEmpty()) {
                        out.putNextEntry(new JarEntry(name + "/"));
                    }
                } else {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(each, out);
                }
            }
        }
        return jar.toAbsolutePath().toString();
    }
}

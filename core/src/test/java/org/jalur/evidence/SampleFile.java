package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The entries of an evidence file, to be tampered with; written again as a ZIP without a fault. */
final class SampleFile {
    final Map<String, byte[]> entries = new LinkedHashMap<>();

    SampleFile(byte[] zip) {
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first name that begins so. */
    String name(String prefix) {
        return entries.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    String text(String prefix) {
        return new String(entries.getOrDefault(name(prefix), new byte[0]), UTF_8);
    }

    SampleFile change(String prefix, UnaryOperator<byte[]> change) {
        entries.computeIfPresent(name(prefix), (_, bytes) -> change.apply(bytes.clone()));
        return this;
    }

    SampleFile changeText(String prefix, UnaryOperator<String> change) {
        return change(prefix, bytes -> change.apply(new String(bytes, UTF_8)).getBytes(UTF_8));
    }

    SampleFile with(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    SampleFile without(String prefix) {
        entries.remove(name(prefix));
        return this;
    }

    byte[] zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                var header = new ZipEntry(entry.getKey());
                if (entry.getKey().startsWith("parts/")) {
                    var crc = new CRC32();
                    crc.update(entry.getValue());
                    header.setMethod(ZipEntry.STORED);
                    header.setSize(entry.getValue().length);
                    header.setCrc(crc.getValue());
                }
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

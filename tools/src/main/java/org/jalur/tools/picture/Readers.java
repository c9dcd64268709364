package org.jalur.tools.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The libraries that decode pictures: the JDK's own readers, and TwelveMonkeys' for what those do
 * not know.
 */
enum Readers {
    JDK,
    TWELVE_MONKEYS;

    /** What is done with a reader that has its file. */
    @FunctionalInterface
    interface Use<T> {
        T with(ImageReader reader) throws IOException;
    }

    /**
     * Opens a file and closes it again.
     *
     * @throws IOException if the reader gives up, whatever it throws then
     */
    <T> T open(PictureKind kind, byte[] file, Use<T> use) throws IOException {
        ImageReader reader = of(kind);
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, false);
            return use.with(reader);
        } catch (RuntimeException e) {
            // Readers meet hostile files with every exception there is.
            throw new IOException(e.toString(), e);
        } finally {
            reader.dispose();
        }
    }

    private ImageReader of(PictureKind kind) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.name());
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if ((this == JDK) == (reader.getClass().getModule() == ImageIO.class.getModule())) {
                return reader;
            }
        }
        throw new IllegalStateException("no reader of " + this + " for " + kind);
    }
}

package org.jalur.tools.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
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

    private ImageReader of(PictureKind kind) throws IOException {
        // Asking for readers instead would make one of each, with memory outside the heap.
        Iterator<ImageReaderSpi> providers =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (providers.hasNext()) {
            ImageReaderSpi provider = providers.next();
            boolean jdks = provider.getClass().getModule() == ImageIO.class.getModule();
            if ((this == JDK) == jdks && knows(provider, kind)) {
                return provider.createReaderInstance();
            }
        }
        throw new IllegalStateException("no reader of " + this + " for " + kind);
    }

    private static boolean knows(ImageReaderSpi provider, PictureKind kind) {
        return Stream.of(provider.getFormatNames()).anyMatch(kind.name()::equalsIgnoreCase);
    }
}

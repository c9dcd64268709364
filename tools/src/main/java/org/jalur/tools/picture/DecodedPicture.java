package org.jalur.tools.picture;

import org.jalur.screening.image.LumaRows;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * A picture as its file stores it, not yet turned.
 *
 * @param width of its canvas, in pixels
 * @param height of its canvas, in pixels
 */
record DecodedPicture(int width, int height, LumaRows rows) {
    private static final Point CORNER = new Point(0, 0);
    private static final String GIF_SCREEN = "javax_imageio_gif_stream_1.0";
    private static final String GIF_FRAME = "javax_imageio_gif_image_1.0";

    /**
     * Decodes a file whose header keeps the limits.
     *
     * @throws IOException if the library gives up
     * @throws LimitException if the header says that it is too large or too small
     */
    static DecodedPicture of(PictureKind kind, byte[] file, SizeLimits limits) throws IOException {
        return switch (kind) {
            case JPEG -> jpeg(file, limits);
            case PNG -> Readers.JDK.open(kind, file, reader -> whole(reader, limits));
            case GIF -> Readers.JDK.open(kind, file, reader -> frame(reader, limits));
            case WEBP -> Readers.TWELVE_MONKEYS.open(kind, file, reader -> whole(reader, limits));
        };
    }

    /** Almost every JPEG holds luma as it is: then nothing else is decoded. */
    private static DecodedPicture jpeg(byte[] file, SizeLimits limits) throws IOException {
        Optional<DecodedPicture> grey;
        try {
            grey = Readers.JDK.open(PictureKind.JPEG, file, reader -> grey(reader, limits));
        } catch (LimitException e) {
            throw e;
        } catch (IOException e) {
            grey = Optional.empty();
        }
        return grey.isPresent()
                ? grey.get()
                : Readers.TWELVE_MONKEYS.open(
                        PictureKind.JPEG, file, reader -> whole(reader, limits));
    }

    private static Optional<DecodedPicture> grey(ImageReader reader, SizeLimits limits)
            throws IOException {
        limits.check(reader.getWidth(0), reader.getHeight(0));
        Optional<ImageTypeSpecifier> type = greyType(reader);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        ImageReadParam asGrey = reader.getDefaultReadParam();
        asGrey.setDestinationType(type.get());
        BufferedImage picture = reader.read(0, asGrey);
        return Optional.of(
                new DecodedPicture(picture.getWidth(), picture.getHeight(), new GreyRows(picture)));
    }

    /**
     * Empty unless the file stores grey, or luma and chroma (YCbCr), for which the JDK knows no raw
     * type.
     */
    private static Optional<ImageTypeSpecifier> greyType(ImageReader reader) throws IOException {
        ImageTypeSpecifier raw = reader.getRawImageType(0);
        if (raw != null && raw.getBufferedImageType() != BufferedImage.TYPE_BYTE_GRAY) {
            return Optional.empty();
        }
        for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0); types.hasNext(); ) {
            ImageTypeSpecifier type = types.next();
            if (type.getBufferedImageType() == BufferedImage.TYPE_BYTE_GRAY) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static DecodedPicture whole(ImageReader reader, SizeLimits limits) throws IOException {
        limits.check(reader.getWidth(0), reader.getHeight(0));
        BufferedImage picture = reader.read(0);
        return new DecodedPicture(
                picture.getWidth(), picture.getHeight(), new RasterRows(picture, CORNER));
    }

    /** The first frame of a GIF, on a canvas of the size that the file gives ("logical screen"). */
    private static DecodedPicture frame(ImageReader reader, SizeLimits limits) throws IOException {
        Element screen = screen(reader);
        int width = number(screen, "logicalScreenWidth");
        int height = number(screen, "logicalScreenHeight");
        limits.check(width, height);
        limits.check(reader.getWidth(0), reader.getHeight(0));
        Element frame = child(reader.getImageMetadata(0).getAsTree(GIF_FRAME), "ImageDescriptor");
        var place =
                new Point(number(frame, "imageLeftPosition"), number(frame, "imageTopPosition"));
        return new DecodedPicture(width, height, new RasterRows(reader.read(0), place));
    }

    private static Element screen(ImageReader reader) throws IOException {
        return child(reader.getStreamMetadata().getAsTree(GIF_SCREEN), "LogicalScreenDescriptor");
    }

    private static Element child(Node tree, String name) throws IOException {
        for (Node node = tree.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && node.getNodeName().equals(name)) {
                return element;
            }
        }
        throw new IOException("no " + name);
    }

    private static int number(Element element, String name) {
        return Integer.parseInt(element.getAttribute(name));
    }
}

package org.jalur.tools.picture;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jalur.screening.image.LumaRows;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

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

    /** Almost every JPEG stores luma as it is: then nothing else is decoded. */
    private static DecodedPicture jpeg(byte[] file, SizeLimits limits) throws IOException {
        if (JpegColours.areLumaAndChroma(file)) {
            try {
                return Readers.JDK.open(PictureKind.JPEG, file, reader -> grey(reader, limits));
            } catch (LimitException e) {
                throw e;
            } catch (IOException e) {
                // The other library knows more kinds of JPEG and forgives more faults.
                return colour(file, limits);
            }
        }
        return colour(file, limits);
    }

    private static DecodedPicture colour(byte[] file, SizeLimits limits) throws IOException {
        return Readers.TWELVE_MONKEYS.open(PictureKind.JPEG, file, reader -> whole(reader, limits));
    }

    private static DecodedPicture grey(ImageReader reader, SizeLimits limits) throws IOException {
        limits.check(reader.getWidth(0), reader.getHeight(0));
        ImageReadParam asGrey = reader.getDefaultReadParam();
        asGrey.setDestinationType(
                ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_BYTE_GRAY));
        BufferedImage picture = reader.read(0, asGrey);
        return new DecodedPicture(picture.getWidth(), picture.getHeight(), new GreyRows(picture));
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

package org.jalur.browser;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A harmless sample picture, drawn here. */
final class Picture {
    private Picture() {}

    /** PNG in base64. */
    static String png() {
        var image = new BufferedImage(480, 270, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(new Color(0xDD, 0xE9, 0xEC));
        pen.fillRect(0, 0, 480, 270);
        pen.setColor(new Color(0x0B, 0x55, 0x63));
        pen.fillOval(60, 60, 150, 150);
        pen.setColor(new Color(0xD4, 0x89, 0x0B));
        pen.fillOval(250, 60, 150, 150);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}

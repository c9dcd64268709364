package org.jalur.sample;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Benign, made-up posts, so that the demo has something to show. */
final class SampleContent {
    private SampleContent() {}

    static void fill(Posts posts) {
        String[] channels = {"sample-news", "sample-garden", "sample-music"};
        for (String channel : channels) {
            for (int i = 1; i <= 3; i++) {
                posts.publish(
                        channel,
                        "sample-author",
                        "Sample post %s %d: a made-up text that stands for public content in the demo."
                                .formatted((char) ('A' + i - 1), i),
                        i == 1 ? Optional.of(picture(channel)) : Optional.empty(),
                        "image/png",
                        false,
                        false);
            }
        }
    }

    private static byte[] picture(String channel) {
        System.setProperty("java.awt.headless", "true");
        var image = new BufferedImage(160, 90, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(new Color(channel.hashCode() & 0x7f7f7f));
        canvas.fillRect(0, 0, 160, 90);
        canvas.setColor(Color.WHITE);
        canvas.fillOval(55, 20, 50, 50);
        canvas.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

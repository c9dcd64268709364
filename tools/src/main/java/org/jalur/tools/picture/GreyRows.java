package org.jalur.tools.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.jalur.screening.image.Luma;
import org.jalur.screening.image.LumaRows;

/** The luma of a picture that was decoded to grey: one octet a pixel, row after row. */
final class GreyRows implements LumaRows {
    private final byte[] greys;
    private final int width;

    /**
     * @param picture of type {@link BufferedImage#TYPE_BYTE_GRAY}
     */
    GreyRows(BufferedImage picture) {
        this.greys = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        this.width = picture.getWidth();
    }

    @Override
    public void read(int row, int[] columns, int[] luma) {
        int start = row * width;
        for (int i = 0; i < columns.length; i++) {
            luma[i] = Luma.ofGrey(Byte.toUnsignedInt(greys[start + columns[i]]));
        }
    }
}

package org.jalur.node.screening;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jalur.screening.image.DecoderSettings;
import org.jalur.screening.image.DecoderUnavailableException;
import org.jalur.screening.image.PictureDecoder;
import org.jalur.screening.image.PictureReading;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Strangers' pictures, decoded by the command line's program in a process of its own. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Pictures implements DisposableBean {
    private static final String TOOLS = "tools/target/jalur-tools.jar";

    private final Optional<PictureDecoder> decoder;

    Pictures() {
        decoder =
                Optional.of(Path.of(System.getProperty("jalur.root", "."), TOOLS))
                        .filter(Files::exists)
                        .map(jar -> new PictureDecoder(DecoderSettings.of(jar.toString())));
    }

    /**
     * What became of a picture; empty if the program that decodes is not installed beside this
     * node.
     *
     * @throws DecoderUnavailableException if it cannot be started
     */
    Optional<PictureReading> read(byte[] picture) {
        return decoder.map(one -> one.read(picture));
    }

    @Override
    public void destroy() {
        decoder.ifPresent(PictureDecoder::close);
    }
}

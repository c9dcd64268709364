package org.jalur.access.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.Function;
import org.jalur.channel.MalformedMessageException;

/**
 * What a probe sends to a node, and a node to a probe: refused as malformed, or written again it is
 * read as the same.
 */
class ProbeFuzzTest {
    @FuzzTest
    void resultIsReadOrRefused(byte[] data) {
        check(data, ProbeResult::read, ProbeResult::octets);
    }

    @FuzzTest
    void requestIsReadOrRefused(byte[] data) {
        check(data, ProbeRequest::read, ProbeRequest::octets);
    }

    @FuzzTest
    void taskIsReadOrRefused(byte[] data) {
        check(data, ProbeTask::read, ProbeTask::octets);
    }

    private static <T> void check(
            byte[] data, Function<byte[], T> reader, Function<T, byte[]> writer) {
        T read;
        try {
            read = reader.apply(data);
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }

        assertThat(reader.apply(writer.apply(read))).isEqualTo(read);
    }
}

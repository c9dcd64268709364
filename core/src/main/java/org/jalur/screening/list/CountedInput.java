package org.jalur.screening.list;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts the octets read. Closing it leaves the stream open: that is its owner's to close.
final class CountedInput extends FilterInputStream {
    private long octets;

    CountedInput(InputStream in) {
        super(in);
    }

    long octets() {
        return octets;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        octets += octet < 0 ? 0 : 1;
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        octets += Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        octets += skipped;
        return skipped;
    }

    @Override
    public void close() {}
}

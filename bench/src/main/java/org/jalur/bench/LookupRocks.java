package org.jalur.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with digests as keys, set up for point look-ups of a database that fits in memory: all
 * blocks in the block cache, uncompressed; a whole-key Bloom filter of 10 bits, it and the indexes
 * held in memory; a hash index in the data blocks; compacted to one level; no prefixes, since
 * digests have none in common; no checksums when reading.
 */
final class LookupRocks implements AutoCloseable {
    private static final int BATCH = 10_000;
    private static final long CACHE = 2L << 30;

    static {
        RocksDB.loadLibrary();
    }

    private final Path folder;
    private final LRUCache cache = new LRUCache(CACHE, 0);
    private final BloomFilter filter = new BloomFilter(10, false);
    private final Options options;
    private final ReadOptions reading = new ReadOptions().setVerifyChecksums(false);
    private final RocksDB database;
    private final byte[] value = new byte[Integer.BYTES];

    LookupRocks(byte[][] keys) throws IOException, RocksDBException {
        folder = Files.createTempDirectory("jalur-rocks");
        options = options();
        database = RocksDB.open(options, folder.toString());
        fill(keys);
        database.compactRange();
        for (byte[] key : keys) {
            database.get(reading, key, value);
        }
    }

    private Options options() {
        return new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setBottommostCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(256L << 20)
                .setMaxOpenFiles(-1)
                .setOptimizeFiltersForHits(false)
                .setTableFormatConfig(
                        new BlockBasedTableConfig()
                                .setBlockCache(cache)
                                .setFilterPolicy(filter)
                                .setWholeKeyFiltering(true)
                                .setCacheIndexAndFilterBlocks(false)
                                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                                .setFormatVersion(5));
    }

    private void fill(byte[][] keys) throws RocksDBException {
        try (var writing = new WriteOptions().setDisableWAL(true)) {
            for (int from = 0; from < keys.length; from += BATCH) {
                try (var batch = new WriteBatch()) {
                    for (int i = from; i < Math.min(keys.length, from + BATCH); i++) {
                        batch.put(keys[i], ByteBuffer.allocate(Integer.BYTES).putInt(i).array());
                    }
                    database.write(writing, batch);
                }
            }
        }
    }

    /** The sum of the ordinals found, one key after the other. */
    long get(byte[][] keys) {
        long sum = 0;
        try {
            for (byte[] key : keys) {
                if (database.get(reading, key, value) != RocksDB.NOT_FOUND) {
                    sum += ByteBuffer.wrap(value).getInt();
                }
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
        return sum;
    }

    /** The same, many keys in one call. */
    long multiGet(byte[][] keys, int batch) {
        long sum = 0;
        try {
            for (int from = 0; from < keys.length; from += batch) {
                int to = Math.min(keys.length, from + batch);
                List<byte[]> values =
                        database.multiGetAsList(reading, Arrays.asList(keys).subList(from, to));
                for (byte[] one : values) {
                    if (one != null) {
                        sum += ByteBuffer.wrap(one).getInt();
                    }
                }
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
        return sum;
    }

    /** How the database stands: entries in memory tables and files, and levels in use. */
    String state() throws RocksDBException {
        return "block cache %,d MB in use, filters and indexes %,d MB, files at levels %s"
                .formatted(
                        cache.getUsage() >> 20,
                        database.getLongProperty("rocksdb.estimate-table-readers-mem") >> 20,
                        levels());
    }

    private String levels() throws RocksDBException {
        var levels = new StringBuilder();
        for (int level = 0; level < options.numLevels(); level++) {
            levels.append(level == 0 ? "" : " ")
                    .append(database.getProperty("rocksdb.num-files-at-level" + level));
        }
        return levels.toString();
    }

    @Override
    public void close() throws IOException {
        database.close();
        reading.close();
        options.close();
        filter.close();
        cache.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}

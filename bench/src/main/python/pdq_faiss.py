"""Answers PDQ queries with faiss, for PdqIndexBench: median time per query, and what was found.

Usage: pdq_faiss.py HASHES QUERIES. Both files hold 32 bytes for each hash. One thread. Each line of the answer: the
index, seconds to build it, queries, median microseconds per query, matches, sum of their distances.
"""

import sys
import time

import faiss
import numpy

BITS = 256
# faiss finds what is nearer than its radius, so 32 is "at most 31 bits apart".
RADIUS = 32
# 16 tables of 16 bits, one of them flipped in turn: 31 < 16 * 2, so some table leads to every match.
TABLES, TABLE_BITS, FLIPPED = 16, 16, 1
FLAT_QUERIES = 50


def read(path):
    return numpy.fromfile(path, dtype=numpy.uint8).reshape(-1, BITS // 8)


def multi_hash():
    index = faiss.IndexBinaryMultiHash(BITS, TABLES, TABLE_BITS)
    index.nflip = FLIPPED
    return index


def measure(name, index, hashes, queries):
    start = time.perf_counter()
    index.add(hashes)
    built = time.perf_counter() - start
    times, matches, distances = [], 0, 0
    for query in queries:
        start = time.perf_counter()
        _, found, _ = index.range_search(query.reshape(1, -1), RADIUS)
        times.append(time.perf_counter() - start)
        matches += len(found)
        distances += int(found.sum())
    median = numpy.median(times) * 1e6
    print(f"{name} {built:.1f} {len(queries)} {median:.2f} {matches} {distances}", flush=True)


def main():
    faiss.omp_set_num_threads(1)
    hashes, queries = read(sys.argv[1]), read(sys.argv[2])
    measure("multihash", multi_hash(), hashes, queries)
    measure("flat", faiss.IndexBinaryFlat(BITS), hashes, queries[:FLAT_QUERIES])


if __name__ == "__main__":
    main()

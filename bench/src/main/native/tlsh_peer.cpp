// The published TLSH, as Debian's libtlsh-dev has it, beside Jalur's.
//
//   tlsh_peer hash FILE LENGTH        hashes each LENGTH octets of FILE
//   tlsh_peer scan FILE QUERIES DISTANCE   compares each digest of QUERIES with all of FILE
//
// Prints the nanoseconds each took; hash then prints the digests, scan the number found by each.
#include <tlsh.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

static double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start)
            .count();
}

static int hash(const char *path, size_t length) {
    std::ifstream in(path, std::ios::binary);
    std::string all((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    size_t count = all.size() / length;
    std::vector<std::string> digests(count);
    double best = 0;
    for (int round = 0; round < 3; round++) {
        auto start = std::chrono::steady_clock::now();
        for (size_t i = 0; i < count; i++) {
            Tlsh tlsh;
            tlsh.update((const unsigned char *) all.data() + i * length, length);
            tlsh.final();
            digests[i] = tlsh.getHash();
        }
        double nanos = since(start) / count;
        best = round == 0 || nanos < best ? nanos : best;
    }
    printf("%f\n", best);
    for (const std::string &digest : digests) {
        printf("%s\n", digest.c_str());
    }
    return 0;
}

static std::vector<std::unique_ptr<Tlsh>> read(const char *path) {
    std::vector<std::unique_ptr<Tlsh>> digests;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        digests.emplace_back(new Tlsh());
        if (digests.back()->fromTlshStr(line.c_str()) != 0) {
            fprintf(stderr, "not a digest: %s\n", line.c_str());
            exit(1);
        }
    }
    return digests;
}

static int scan(const char *path, const char *queries, int distance) {
    auto digests = read(path);
    std::vector<int> found;
    auto all = read(queries);
    auto start = std::chrono::steady_clock::now();
    for (const auto &query : all) {
        int near = 0;
        for (const auto &digest : digests) {
            near += query->totalDiff(digest.get()) <= distance;
        }
        found.push_back(near);
    }
    printf("%f\n", since(start) / all.size());
    for (int near : found) {
        printf("%d\n", near);
    }
    return 0;
}

int main(int count, char **arguments) {
    if (count == 4 && std::string(arguments[1]) == "hash") {
        return hash(arguments[2], strtoul(arguments[3], nullptr, 10));
    }
    if (count == 5 && std::string(arguments[1]) == "scan") {
        return scan(arguments[2], arguments[3], atoi(arguments[4]));
    }
    fprintf(stderr, "tlsh_peer hash FILE LENGTH | scan FILE QUERIES DISTANCE\n");
    return 2;
}

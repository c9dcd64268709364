/*
 * Searches messages for phrases with Hyperscan, for PhraseBench. Each phrase is a caseless literal;
 * a match counts if neither side of it is a letter or a digit.
 *
 * Arguments: a file of phrases and a file of messages, one a line, and how many phrases go into one
 * database. Prints "ready SECONDS OCTETS DATABASES" once compiled. Then, for each line on standard
 * input, searches all messages once and prints "NANOSECONDS HITS SUM".
 */
#include <hs/hs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct lines {
    char *text;
    char **start;
    size_t *length;
    size_t count;
};

struct search {
    const struct lines *phrases;
    size_t first_phrase;
    const char *message;
    size_t message_length;
    uint64_t number;
    uint64_t hits;
    uint64_t sum;
};

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (memory == NULL) {
        fail("out of memory");
    }
    return memory;
}

static struct lines read_lines(const char *name) {
    FILE *file = fopen(name, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fail("cannot read a file");
    }
    size_t size = (size_t)ftell(file);
    rewind(file);
    struct lines lines = {allocate(size + 1, 1), NULL, NULL, 0};
    if (fread(lines.text, 1, size, file) != size) {
        fail("cannot read a file");
    }
    fclose(file);
    for (size_t i = 0; i < size; i++) {
        lines.count += lines.text[i] == '\n';
    }
    lines.start = allocate(lines.count, sizeof(char *));
    lines.length = allocate(lines.count, sizeof(size_t));
    char *at = lines.text;
    for (size_t i = 0; i < lines.count; i++) {
        char *end = strchr(at, '\n');
        *end = 0;
        lines.start[i] = at;
        lines.length[i] = (size_t)(end - at);
        at = end + 1;
    }
    return lines;
}

static int is_word(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static int on_match(unsigned int id, unsigned long long from, unsigned long long to,
                    unsigned int flags, void *context) {
    struct search *search = context;
    (void)from;
    (void)flags;
    size_t phrase = search->first_phrase + id;
    size_t start = (size_t)to - search->phrases->length[phrase];
    if ((start > 0 && is_word((unsigned char)search->message[start - 1])) ||
        (to < search->message_length && is_word((unsigned char)search->message[to]))) {
        return 0;
    }
    search->hits++;
    search->sum += (search->number * 1000003 + phrase) * 1000003 + to;
    return 0;
}

static hs_database_t *compile(const struct lines *phrases, size_t first, size_t count) {
    unsigned int *flags = allocate(count, sizeof(unsigned int));
    unsigned int *ids = allocate(count, sizeof(unsigned int));
    for (size_t i = 0; i < count; i++) {
        flags[i] = HS_FLAG_CASELESS;
        ids[i] = (unsigned int)i;
    }
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    if (hs_compile_lit_multi((const char *const *)phrases->start + first, flags, ids,
                             phrases->length + first, (unsigned int)count, HS_MODE_BLOCK, NULL,
                             &database, &error) != HS_SUCCESS) {
        fail(error->message);
    }
    free(flags);
    free(ids);
    return database;
}

/* What this thread has run for, so that other work on the machine counts less. */
static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fail("usage: phrases PHRASES MESSAGES PHRASES_PER_DATABASE");
    }
    struct lines phrases = read_lines(argv[1]);
    struct lines messages = read_lines(argv[2]);
    size_t each = (size_t)atol(argv[3]);
    size_t count = (phrases.count + each - 1) / each;
    hs_database_t **databases = allocate(count, sizeof(hs_database_t *));
    hs_scratch_t *scratch = NULL;
    uint64_t start = now();
    size_t octets = 0;
    for (size_t i = 0; i < count; i++) {
        size_t first = i * each;
        size_t left = phrases.count - first;
        databases[i] = compile(&phrases, first, left < each ? left : each);
        size_t size = 0;
        if (hs_database_size(databases[i], &size) != HS_SUCCESS ||
            hs_alloc_scratch(databases[i], &scratch) != HS_SUCCESS) {
            fail("no room to search");
        }
        octets += size;
    }
    printf("ready %.2f %zu %zu\n", (double)(now() - start) / 1e9, octets, count);
    fflush(stdout);
    char line[16];
    while (fgets(line, sizeof line, stdin) != NULL) {
        struct search search = {&phrases, 0, NULL, 0, 0, 0, 0};
        start = now();
        for (size_t m = 0; m < messages.count; m++) {
            search.message = messages.start[m];
            search.message_length = messages.length[m];
            search.number = m;
            for (size_t i = 0; i < count; i++) {
                search.first_phrase = i * each;
                if (hs_scan(databases[i], search.message, (unsigned int)search.message_length, 0,
                            scratch, on_match, &search) != HS_SUCCESS) {
                    fail("the search failed");
                }
            }
        }
        printf("%llu %llu %llu\n", (unsigned long long)(now() - start),
               (unsigned long long)search.hits, (unsigned long long)search.sum);
        fflush(stdout);
    }
    return 0;
}

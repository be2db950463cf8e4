/* A main for the fuzz drivers where no fuzzing engine is linked.
 *
 *     fuzz_text FILE|FOLDER...                 runs each file once: seeds, crashers
 *     fuzz_text -runs=10000 -seed=7 FOLDER     then 10,000 mutations of them
 *
 * A run is fixed by its seed.  Before an input is run it is written to PROGRAM.last beside the
 * program, so a crash leaves what caused it. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define INPUT_BYTES_MAX (1u << 20)

struct input {
    uint8_t *p;
    size_t n;
};

static VEC(struct input) inputs;
static char last_path[4096];
static uint64_t random_state;

static uint64_t random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static size_t random_below(size_t n)
{
    return n ? random_next() % n : 0;
}

static void run(const uint8_t *p, size_t n)
{
    FILE *f = fopen(last_path, "wb");
    if (f) {
        fwrite(p, 1, n, f);
        fclose(f);
    }
    uint8_t *exact = mem_alloc(n); /* so that a sanitizer sees a read past the end */
    if (n)
        memcpy(exact, p, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
}

static void load_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(2);
    }
    struct input in = {mem_alloc(INPUT_BYTES_MAX), 0};
    in.n = fread(in.p, 1, INPUT_BYTES_MAX, f);
    fclose(f);
    in.p = mem_grow(in.p, in.n);
    vec_push(&inputs, in);
}

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static void load(const char *path)
{
    struct dirent **names;
    int n = scandir(path, &names, visible, alphasort);
    if (n < 0) {
        load_file(path);
        return;
    }
    for (int i = 0; i < n; i++) {
        char below[4096];
        snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name);
        load(below);
        free(names[i]);
    }
    free(names);
}

/* One change of the kinds that find most: flip, replace, drop, repeat, splice from another. */
static size_t mutate(uint8_t *p, size_t n)
{
    static const uint8_t odd[] = {0, '\n', '\r', '"', '<', '>', '{', '[', '\\', '-', ':', 0x80,
                                  0xc0, 0xe2, 0xef, 0xf4, 0xff, 'u', '0', ' '};
    size_t at = random_below(n + 1), length = random_below(16);
    const struct input *other = &inputs.v[random_below(inputs.n)];
    size_t from = random_below(other->n), take = random_below(64);
    switch (random_below(5)) {
    case 0:
        if (at < n)
            p[at] ^= (uint8_t)(1u << random_below(8));
        return n;
    case 1:
        if (at < n)
            p[at] = odd[random_below(sizeof odd)];
        return n;
    case 2:
        if (length > n - at)
            length = n - at;
        memmove(p + at, p + at + length, n - at - length);
        return n - length;
    case 3:
        if (length > n - at)
            length = n - at;
        memmove(p + at + length, p + at, n - at);
        return n + length;
    default:
        if (take > other->n - from)
            take = other->n - from;
        memmove(p + at + take, p + at, n - at);
        memcpy(p + at, other->p + from, take);
        return n + take;
    }
}

static void run_mutations(unsigned long runs)
{
    enum { CHANGES_MAX = 8, GROWTH_MAX = 64 };
    for (unsigned long i = 0; i < runs; i++) {
        const struct input *in = &inputs.v[random_below(inputs.n)];
        uint8_t *p = mem_alloc(in->n + CHANGES_MAX * GROWTH_MAX);
        memcpy(p, in->p, in->n);
        size_t n = in->n;
        for (size_t changes = 1 + random_below(CHANGES_MAX); changes; changes--)
            n = mutate(p, n);
        run(p, n);
        free(p);
    }
}

int main(int argc, char **argv)
{
    unsigned long runs = 0, seed = 1;
    snprintf(last_path, sizeof last_path, "%s.last", argv[0]);
    for (int i = 1; i < argc; i++)
        if (sscanf(argv[i], "-runs=%lu", &runs) != 1 && sscanf(argv[i], "-seed=%lu", &seed) != 1)
            load(argv[i]);
    random_state = seed * 0x9e3779b97f4a7c15u | 1;
    for (size_t i = 0; i < inputs.n; i++)
        run(inputs.v[i].p, inputs.v[i].n);
    if (runs && !inputs.n)
        vec_push(&inputs, ((struct input){mem_alloc(1), 0}));
    run_mutations(runs);
    unlink(last_path);
    printf("%s: %zu files, %lu mutations, seed %lu\n", argv[0], inputs.n, runs, seed);
    for (size_t i = 0; i < inputs.n; i++)
        free(inputs.v[i].p);
    vec_free(&inputs);
    return 0;
}

/* Dates: MB/s of find_dates over one file, cut into articles of some 4 KB as a case would hold
 * them.  One thread, processor time; the best of five rounds. */
#include <stdio.h>

#include "core/find.h"
#include "core/text.h"
#include "tests/support/bench_corpus.h"
#include "tests/support/gather.h"

#define ARTICLE_BYTES 4096
#define ROUNDS        5

/* The text of a file, repaired; empty when it cannot be read. */
static struct str text_of(struct arena *a, const char *path)
{
    size_t bad;
    return utf8_repair(a, file_bytes(a, path), &bad);
}

/* One round over the whole text; how many dates there are. */
static size_t find_in(struct finder *f, struct str text)
{
    size_t dates = 0;
    for (size_t at = 0, end; at < text.n; at = end) {
        end = at + ARTICLE_BYTES < text.n ? at + ARTICLE_BYTES : text.n;
        while (end < text.n && ((unsigned char)text.p[end] & 0xc0) == 0x80)
            end++;
        struct arena keep = {0};
        struct found found = {0};
        struct body body = {.text = str_from(text.p + at, end - at), .published = 15000};
        find_dates(f, &body, &keep, &found);
        dates += found.dates.n;
        vec_free(&found.dates);
        arena_finish(&keep);
    }
    return dates;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bench_dates FILE\n");
        return 2;
    }
    struct arena a = {0};
    struct str text = text_of(&a, argv[1]);
    struct finder *f = finder_open();
    double best = 1e9;
    size_t dates = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double start = bench_thread_seconds();
        dates = find_in(f, text);
        double took = bench_thread_seconds() - start;
        best = took < best ? took : best;
    }
    printf("find_dates: %.1f MB/s, %zu dates in %.1f MB\n", (double)text.n / best / 1e6, dates,
           (double)text.n / 1e6);
    finder_close(f);
    arena_finish(&a);
    return text.n ? 0 : 1;
}

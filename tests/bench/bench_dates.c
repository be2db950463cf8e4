/* Dates: MB/s of find_dates over one file, cut into articles of some 4 KB as a case would hold
 * them.  One thread, processor time; the best of five rounds. */
#include <stdio.h>
#include <time.h>

#include "core/find.h"
#include "core/text.h"

#define ARTICLE_BYTES 4096
#define ROUNDS        5

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct str read_file(struct arena *a, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return STR("");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *p = arena_alloc(a, size > 0 ? (size_t)size : 1);
    size_t n = fread(p, 1, size > 0 ? (size_t)size : 0, file);
    fclose(file);
    size_t bad;
    return utf8_repair(a, str_from(p, n), &bad);
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
    struct str text = read_file(&a, argv[1]);
    struct finder *f = finder_open();
    double best = 1e9;
    size_t dates = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double start = seconds();
        dates = find_in(f, text);
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    printf("find_dates: %.1f MB/s, %zu dates in %.1f MB\n", (double)text.n / best / 1e6, dates,
           (double)text.n / 1e6);
    finder_close(f);
    arena_finish(&a);
    return text.n ? 0 : 1;
}

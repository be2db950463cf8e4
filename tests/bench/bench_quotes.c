/* Quotations: MB/s of find_sentences and of find_quotes over one file, cut into articles of some
 * 8 KB at line ends, as a case would hold them.  Sentences and names are found first, outside the
 * clock of the quotations.  One thread; the best of five rounds. */
#include <stdio.h>
#include <time.h>

#include "core/find.h"
#include "core/text.h"

#define ARTICLE_BYTES 8192
#define ROUNDS        5

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
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

static size_t article_end(struct str text, size_t at)
{
    size_t end = at + ARTICLE_BYTES;
    while (end < text.n && text.p[end] != '\n')
        end++;
    return end < text.n ? end + 1 : text.n;
}

struct round {
    double sentences, quotes; /* seconds */
    size_t n_sentences, n_quotes;
};

static struct round find_in(struct finder *f, struct str text)
{
    struct round r = {0};
    struct found found = {0};
    for (size_t at = 0, end; at < text.n; at = end) {
        end = article_end(text, at);
        struct body body = {.text = str_from(text.p + at, end - at), .published = DAY_NONE};
        vec_clear(&found.sentences);
        vec_clear(&found.mentions);
        vec_clear(&found.quotes);
        double start = seconds();
        find_sentences(f, &body, &found);
        r.sentences += seconds() - start;
        find_names(f, &body, &found);
        start = seconds();
        find_quotes(f, &body, &found);
        r.quotes += seconds() - start;
        r.n_sentences += found.sentences.n;
        r.n_quotes += found.quotes.n;
    }
    vec_free(&found.sentences);
    vec_free(&found.mentions);
    vec_free(&found.quotes);
    return r;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bench_quotes FILE\n");
        return 2;
    }
    struct arena a = {0};
    struct str text = read_file(&a, argv[1]);
    struct finder *f = finder_open();
    struct round best = find_in(f, text);
    for (int i = 1; i < ROUNDS; i++) {
        struct round r = find_in(f, text);
        if (r.sentences < best.sentences)
            best.sentences = r.sentences;
        if (r.quotes < best.quotes)
            best.quotes = r.quotes;
    }
    printf("sentences %8zu  %6.1f MB/s\n", best.n_sentences, (double)text.n / best.sentences / 1e6);
    printf("quotes    %8zu  %6.1f MB/s\n", best.n_quotes, (double)text.n / best.quotes / 1e6);
    finder_close(f);
    arena_finish(&a);
    return 0;
}

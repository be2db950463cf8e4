/* Quotations: MB/s of find_sentences and of find_quotes over one file, cut into articles of some
 * 8 KB at line ends, as a case would hold them.  Sentences and names are found first, outside the
 * clock of the quotations.  One thread; the best of five rounds. */
#include <stdio.h>

#include "core/find.h"
#include "core/text.h"
#include "tests/support/bench_corpus.h"
#include "tests/support/gather.h"

#define ARTICLE_BYTES 8192
#define ROUNDS        5

/* The text of a file, repaired; empty when it cannot be read. */
static struct str text_of(struct arena *a, const char *path)
{
    size_t bad;
    return utf8_repair(a, file_bytes(a, path), &bad);
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
        double start = bench_thread_seconds();
        find_sentences(f, &body, &found);
        r.sentences += bench_thread_seconds() - start;
        find_names(f, &body, &found);
        start = bench_thread_seconds();
        find_quotes(f, &body, &found);
        r.quotes += bench_thread_seconds() - start;
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
    struct str text = text_of(&a, argv[1]);
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

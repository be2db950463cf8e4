/* Names: MB/s and tokens/s of find_names over one file, cut into articles of some 4 KB as a case
 * would hold them.  One thread; the best of five rounds. */
#include <stdio.h>

#include "core/find.h"
#include "core/tagger.h"
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

/* One round over the whole text; how many names there are. */
static size_t find_in(struct finder *f, struct str text)
{
    size_t names = 0;
    for (size_t at = 0, end; at < text.n; at = end) {
        end = at + ARTICLE_BYTES < text.n ? at + ARTICLE_BYTES : text.n;
        while (end < text.n && ((unsigned char)text.p[end] & 0xc0) == 0x80)
            end++;
        struct found found = {0};
        struct body body = {.text = str_from(text.p + at, end - at), .published = DAY_NONE};
        find_names(f, &body, &found);
        names += found.mentions.n;
        vec_free(&found.mentions);
    }
    return names;
}

static size_t count_tokens(struct str text)
{
    static struct tag_token tokens[TAGGER_WINDOW];
    size_t all = 0;
    for (size_t at = 0, n; (n = tag_tokenise(text, &at, tokens, TAGGER_WINDOW)) > 0;)
        all += n;
    return all;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bench_names FILE\n");
        return 2;
    }
    struct arena a = {0};
    struct str text = text_of(&a, argv[1]);
    struct finder *f = finder_open();
    double best = 1e9;
    size_t names = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double start = bench_thread_seconds();
        names = find_in(f, text);
        double took = bench_thread_seconds() - start;
        best = took < best ? took : best;
    }
    double tokens = (double)count_tokens(text);
    printf("find_names: %.1f MB/s, %.2f million tokens/s, %zu names in %.1f MB\n",
           (double)text.n / best / 1e6, tokens / best / 1e6, names, (double)text.n / 1e6);
    finder_close(f);
    arena_finish(&a);
    return text.n ? 0 : 1;
}

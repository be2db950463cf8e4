/* Quote look-up over a case: the quotation as printed, and damaged as memory damages it.
 *
 *     bench_lookup [articles.jsonl | articles.txt] [queries]
 *
 * Queries are runs of 12 to 18 words taken from the case at places that a fixed seed chooses; the
 * damaged form has two words dropped, one changed and one misspelt.  Printed: median and 99th
 * percentile of the processor's time, and in how many of a hundred the place it was taken from is
 * the first answer (or an equal text elsewhere is). */
#include "tests/support/bench_corpus.h"
#include "tests/support/gather.h"

#include "core/lookup.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>

#define QUERY_WORDS_MIN 12
#define QUERY_WORDS_MAX 18

static uint64_t state = 20111;

static uint32_t below(uint32_t n)
{
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (uint32_t)(state >> 16) % n;
}

/* A run of words of one sentence of some article. */
static bool choose(const struct dossier *d, struct arena *a, struct passage *where, struct word_run *out)
{
    uint32_t n = dossier_articles(d)->n, id = below(n) + 1;
    struct str text = dossier_article(d, (article_id){id})->text;
    struct word_run words = words_of(a, text, span_of(0, text.n));
    uint32_t len = QUERY_WORDS_MIN + below(QUERY_WORDS_MAX - QUERY_WORDS_MIN + 1);
    if (words.n < len + 2)
        return false;
    uint32_t from = below(words.n - len);
    *out = (struct word_run){words.v + from, len};
    *where = (struct passage){{id}, span_of(words.v[from].at.begin, words.v[from + len - 1].at.end)};
    return !memchr(text.p + where->at.begin, '\n', span_length(where->at));
}

static struct str damaged(struct arena *a, struct word_run words)
{
    char *out = arena_alloc(a, 4096);
    size_t n = 0;
    uint32_t drop = 1 + below(words.n / 2 - 1), drop2 = words.n / 2 + below(words.n / 2 - 1);
    uint32_t change = (drop + 2) % words.n, misspell = (drop2 + 2) % words.n;
    for (uint32_t i = 0; i < words.n; i++) {
        struct str w = words.v[i].term;
        if (i == drop || i == drop2 || n + w.n + 16 > 4096)
            continue;
        if (i == change)
            w = STR("otherwise");
        memcpy(out + n, w.p, w.n);
        if (i == misspell && w.n > 4) { /* two letters change places */
            char t = out[n + 1];
            out[n + 1] = out[n + 2];
            out[n + 2] = t;
        }
        n += w.n;
        out[n++] = ' ';
    }
    return str_from(out, n);
}

/* The first answer is the place, or holds the very same words. */
static bool found_first(const struct dossier *d, const struct lookup_result *r, struct passage where)
{
    if (!r->n)
        return false;
    struct passage got = r->v[0].where;
    if (got.article.v == where.article.v && span_touches(got.at, where.at))
        return true;
    struct str a = str_at(dossier_article(d, where.article)->text, where.at);
    struct str text = dossier_article(d, got.article)->text;
    return memmem(text.p, text.n, a.p, a.n) != NULL;
}

static void measure(const struct dossier *d, const char *name, uint32_t n, bool damage)
{
    double *ms = mem_alloc(n * sizeof(*ms));
    uint32_t first = 0, done = 0;
    for (uint32_t tries = 0; done < n && tries < n * 20; tries++) {
        struct arena a = {0};
        struct passage where;
        struct word_run words;
        if (choose(d, &a, &where, &words)) {
            struct str query = damage ? damaged(&a, words)
                                      : str_at(dossier_article(d, where.article)->text, where.at);
            double begin = bench_thread_seconds() * 1e3;
            struct lookup_result r = lookup_run(d, query, 20, &a);
            ms[done++] = bench_thread_seconds() * 1e3 - begin;
            first += found_first(d, &r, where);
        }
        arena_finish(&a);
    }
    if (done) {
        printf("%-8s %5u queries  p50 %8.3f ms  p99 %8.3f ms  first %5.1f of 100\n", name, done, bench_percentile(ms, done, 50),
               bench_percentile(ms, done, 99), 100.0 * first / done);
    }
    free(ms);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bench_lookup FILE [QUERIES]\n");
        return 2;
    }
    uint32_t n = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 300;
    struct gathered g = {0};
    gather_path(&g, argv[1]);
    struct dossier *d = dossier_open(&(struct dossier_options){.no_find = true});
    for (size_t i = 0; i < g.articles.n; i++)
        dossier_add(d, &g.articles.v[i]);
    gather_free(&g);
    dossier_end(d);
    dossier_wait(d);
    printf("%u articles, %.1f MB\n", dossier_articles(d)->n, (double)dossier_sums(d).bytes / 1e6);
    measure(d, "exact", n, false);
    measure(d, "damaged", n, true);
    dossier_close(d);
    return 0;
}

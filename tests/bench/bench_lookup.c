/* Quote look-up over a case beside SQLite FTS5 in the same run: the quotation as printed, as memory
 * damages it, and queries as people type them.
 *
 *     bench_lookup [ARTICLES [QUERIES [queries.json]]]    (the sample, where nothing is named)
 *
 * Quotations are runs of 12 to 18 words taken from the case at places that a fixed seed chooses;
 * the damaged form has two words dropped, one changed and one misspelt.  FTS5 is asked for the
 * phrase, and for a damaged one for any of its words, best by bm25; it gives the best articles, we
 * the passages. Printed: median and 99th percentile of the processor's time; and in how many of a
 * hundred the first answer is the place it was taken from or has its very words ("first"), or else
 * is nearer to the damaged query, by words that differ, than that place is ("nearer").  "and more"
 * is the second step, by itself. */
#include "tests/support/bench_corpus.h"
#include "tests/support/gather.h"

#include "core/lookup.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define QUERY_WORDS_MIN 12
#define QUERY_WORDS_MAX 18
#define ANSWERS         20
#define PANE_ANSWERS    50
#define BM25_SHARE      10 /* of the damaged queries FTS5 is asked one in so many: each takes it long */

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

/* ---- FTS5 ---- */

struct fts5 {
    sqlite3 *db;
    sqlite3_stmt *phrase, *best;
};

static void fts5_open(struct fts5 *f, const struct dossier *d)
{
    sqlite3_stmt *insert;
    sqlite3_open(":memory:", &f->db);
    sqlite3_exec(f->db, "create virtual table t using fts5(text, content=''); begin", NULL, NULL, NULL);
    sqlite3_prepare_v2(f->db, "insert into t(rowid, text) values(?, ?)", -1, &insert, NULL);
    for (uint32_t i = 1; i <= dossier_articles(d)->n; i++) {
        struct str text = dossier_article(d, (article_id){i})->text;
        sqlite3_bind_int64(insert, 1, i);
        sqlite3_bind_text(insert, 2, text.p, (int)text.n, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_exec(f->db, "commit; insert into t(t) values('optimize')", NULL, NULL, NULL);
    sqlite3_prepare_v2(f->db, "select rowid from t where t match ? limit 20", -1, &f->phrase, NULL);
    sqlite3_prepare_v2(f->db, "select rowid from t where t match ? order by rank limit 20", -1, &f->best, NULL);
}

static void fts5_close(struct fts5 *f)
{
    sqlite3_finalize(f->phrase);
    sqlite3_finalize(f->best);
    sqlite3_close(f->db);
}

/* The words as one phrase, or any of them. */
static struct str match_of(struct arena *a, struct str query, bool any)
{
    struct word_run words = words_of(a, query, span_of(0, query.n));
    struct str out = {0};
    for (uint32_t i = 0; i < words.n; i++) {
        struct str w = words.v[i].term;
        out = arena_printf(a, "%.*s%s%.*s%s", (int)out.n, out.n ? out.p : "", any ? i ? " OR \"" : "\"" : i ? " " : "\"",
                           (int)w.n, w.p, any || i + 1 == words.n ? "\"" : "");
    }
    return out;
}

/* Milliseconds; the first article in *first, 0: none. */
static double ask_fts5(struct fts5 *f, struct str query, bool any, uint32_t *first)
{
    struct arena a = {0};
    sqlite3_stmt *s = any ? f->best : f->phrase;
    double begin = bench_thread_seconds();
    struct str match = match_of(&a, query, any);
    sqlite3_bind_text(s, 1, match.p, (int)match.n, SQLITE_STATIC);
    *first = 0;
    while (sqlite3_step(s) == SQLITE_ROW)
        *first = *first ? *first : (uint32_t)sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    arena_finish(&a);
    return (bench_thread_seconds() - begin) * 1e3;
}

/* ---- what was found ---- */

static struct str text_at(const struct dossier *d, struct passage p)
{
    return str_at(dossier_article(d, p.article)->text, p.at);
}

static bool begins_with(struct word_run text, uint32_t at, struct word_run words)
{
    uint32_t i = 0;
    while (i < words.n && at + i < text.n && str_eq(text.v[at + i].term, words.v[i].term))
        i++;
    return i == words.n;
}

/* The words of the place, whatever the marks around them. */
static bool has_words_of(const struct dossier *d, uint32_t article, struct passage where)
{
    struct arena a = {0};
    struct str part = text_at(d, where), text = dossier_article(d, (article_id){article})->text;
    struct word_run want = words_of(&a, part, span_of(0, part.n)), all = words_of(&a, text, span_of(0, text.n));
    bool found = article == where.article.v;
    for (uint32_t i = 0; i < all.n && !found; i++)
        found = begins_with(all, i, want);
    arena_finish(&a);
    return found;
}

/* How many words the query and a passage do not share. */
static uint32_t apart(struct arena *a, struct str query, struct str passage)
{
    struct word_run x = words_of(a, query, span_of(0, query.n)), y = words_of(a, passage, span_of(0, passage.n));
    return x.n + y.n - 2 * align_words(a, x, y).same;
}

struct tally {
    double *ms, *more_ms, *fts5_ms;
    uint32_t n, first, nearer, n_fts5, fts5_first;
};

static void judge(struct tally *t, const struct dossier *d, struct str query, struct passage where,
                  struct lookup_result *r, struct arena *a)
{
    struct passage got = r->n ? r->v[0].where : (struct passage){0};
    if (r->n && got.article.v == where.article.v ? span_touches(got.at, where.at)
                                                 : r->n && has_words_of(d, got.article.v, where))
        t->first++;
    else if (r->n && apart(a, query, text_at(d, got)) < apart(a, query, text_at(d, where)))
        t->nearer++;
}

static void ask_both(struct tally *t, const struct dossier *d, struct fts5 *f, struct str query, bool any,
                     const struct passage *where)
{
    struct arena a = {0};
    double begin = bench_thread_seconds();
    struct lookup_result r = lookup_run(d, query, ANSWERS, &a);
    double then = bench_thread_seconds();
    lookup_more(d, query, ANSWERS, &r, &a);
    t->more_ms[t->n] = (bench_thread_seconds() - then) * 1e3;
    t->ms[t->n++] = (then - begin) * 1e3;
    if (where)
        judge(t, d, query, *where, &r, &a);
    if (!any || t->n % BM25_SHARE == 0) {
        uint32_t first;
        t->fts5_ms[t->n_fts5++] = ask_fts5(f, query, any, &first);
        t->fts5_first += where && first && has_words_of(d, first, *where);
    }
    arena_finish(&a);
}

static struct tally tally_open(size_t n)
{
    size_t bytes = (n + 1) * sizeof(double);
    return (struct tally){.ms = mem_alloc(bytes), .more_ms = mem_alloc(bytes), .fts5_ms = mem_alloc(bytes)};
}

static void tally_close(struct tally *t, const char *name, bool judged)
{
    if (t->n) {
        printf("  %-8s %5u %9.3f %8.3f %9.3f %8.3f %10.3f %8.3f", name, t->n, bench_percentile(t->ms, t->n, 50),
               bench_percentile(t->ms, t->n, 99), bench_percentile(t->more_ms, t->n, 50),
               bench_percentile(t->more_ms, t->n, 99), bench_percentile(t->fts5_ms, t->n_fts5, 50),
               bench_percentile(t->fts5_ms, t->n_fts5, 99));
        if (judged)
            printf(" %8.1f %7.1f %10.1f", 100.0 * t->first / t->n, 100.0 * t->nearer / t->n,
                   100.0 * t->fts5_first / t->n_fts5);
        printf("\n");
    }
    free(t->ms);
    free(t->more_ms);
    free(t->fts5_ms);
}

static void measure_places(const struct dossier *d, struct fts5 *f, const char *name, uint32_t n, bool damage)
{
    struct tally t = tally_open(n);
    for (uint32_t tries = 0; t.n < n && tries < n * 20; tries++) {
        struct arena a = {0};
        struct passage where;
        struct word_run words;
        if (choose(d, &a, &where, &words))
            ask_both(&t, d, f, damage ? damaged(&a, words) : text_at(d, where), damage, &where);
        arena_finish(&a);
    }
    tally_close(&t, name, true);
}

static void measure_typed(const struct dossier *d, struct fts5 *f, const char *path)
{
    static const char *const kinds[] = {"quote", "short", "common", "word", "near", "miss"};
    struct bench_corpus c = {0};
    bench_queries_read(&c, path);
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct tally t = tally_open(c.queries.n);
        for (size_t i = 0; i < c.queries.n; i++)
            if (str_eq(c.queries.v[i].kind, str_of(kinds[k])))
                ask_both(&t, d, f, c.queries.v[i].text, false, NULL);
        tally_close(&t, kinds[k], false);
    }
    bench_corpus_close(&c);
}

/* Every beginning of the queries, as the pane asks when they are typed: both steps, 50 answers. */
static void measure_keys(const struct dossier *d, const char *path)
{
    struct bench_corpus c = {0};
    VEC(double) ms = {0};
    bench_queries_read(&c, path);
    for (size_t i = 0; i < c.queries.n; i++)
        for (size_t n = 1; n <= c.queries.v[i].text.n; n++) {
            struct arena a = {0};
            struct str typed = str_from(c.queries.v[i].text.p, n);
            double begin = bench_thread_seconds();
            struct lookup_result r = lookup_typed(d, typed, PANE_ANSWERS, &a);
            lookup_more(d, typed, PANE_ANSWERS, &r, &a);
            vec_push(&ms, (bench_thread_seconds() - begin) * 1e3);
            arena_finish(&a);
        }
    printf("  %zu keys: p50 %.3f, p90 %.3f, p99 %.3f, at most %.3f\n", ms.n, bench_percentile(ms.v, ms.n, 50),
           bench_percentile(ms.v, ms.n, 90), bench_percentile(ms.v, ms.n, 99), bench_percentile(ms.v, ms.n, 100));
    vec_free(&ms);
    bench_corpus_close(&c);
}

static struct dossier *read_case(const char *path)
{
    struct gathered g = {0};
    gather_path(&g, path);
    struct dossier *d = dossier_open(&(struct dossier_options){.no_links = true});
    for (size_t i = 0; i < g.articles.n; i++)
        dossier_add(d, &g.articles.v[i]);
    gather_free(&g);
    dossier_end(d);
    dossier_wait(d);
    return d;
}

int main(int argc, char **argv)
{
    uint32_t n = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 300;
    struct dossier *d = read_case(argc > 1 ? argv[1] : "corpus/sample");
    struct fts5 f;
    fts5_open(&f, d);
    printf("  %u articles, %.1f MB; ms\n", dossier_articles(d)->n, (double)dossier_sums(d).bytes / 1e6);
    printf("  queries        ours p50      p99  more p50      p99   FTS5 p50      p99    first  nearer FTS5 first\n");
    measure_places(d, &f, "exact", n, false);
    measure_places(d, &f, "damaged", n, true);
    if (argc > 3) {
        measure_typed(d, &f, argv[3]);
        measure_keys(d, argv[3]);
    }
    fts5_close(&f);
    dossier_close(d);
    return 0;
}

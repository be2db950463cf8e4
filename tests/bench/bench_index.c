/* The index beside SQLite FTS5 in memory, on the same articles in one run:
 *
 *     bench_index [articles.jsonl queries.json]
 *
 * Building in MB of text a second, bytes of the index over bytes of the text, and for each kind of
 * query the median and the 99th percentile of listing all articles that answer.
 *
 * Building is timed by the processor's clock of the threads, the slower of two counting, so that
 * other work on the machine does not show. */
#include "tests/support/bench_corpus.h"

#include "core/index.h"
#include "core/text.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define SEGMENT_TEXT_BYTES (8u << 20)
#define GROUP              12 /* segments merged at once: a part */
#define REPEATS            5
#define BUILDS             3

static const char *const kinds[] = {"quote", "short", "common", "word", "near", "miss"};

/* ---- ours ---- */

struct build {
    VEC(struct segment *) segments;
    struct index_segment **built, **merged;
    uint32_t n, n_merged;
    atomic_uint next;
    atomic_uint *missing; /* by group: segments not built yet */
};

static void split(const struct bench_corpus *c, struct build *b)
{
    struct segment *s = NULL;
    for (size_t i = 0; i < c->articles.n; i++) {
        if (!s || s->text_bytes >= SEGMENT_TEXT_BYTES) {
            s = segment_new();
            s->first.v = (uint32_t)i + 1;
            vec_push(&b->segments, s);
        }
        vec_push(&s->rows, c->articles.v[i]); /* texts stay where they are */
        s->text_bytes += c->articles.v[i].text.n;
    }
    b->n = (uint32_t)b->segments.n;
    b->n_merged = (b->n + GROUP - 1) / GROUP;
    b->built = mem_zalloc(b->n * sizeof(*b->built));
    b->merged = mem_zalloc(b->n_merged * sizeof(*b->merged));
    b->missing = mem_zalloc(b->n_merged * sizeof(*b->missing));
}

static uint32_t group_size(const struct build *b, uint32_t group)
{
    uint32_t at = group * GROUP;
    return b->n - at < GROUP ? b->n - at : GROUP;
}

static void merge_group(struct build *b, uint32_t group)
{
    struct index_segment **from = b->built + group * GROUP;
    b->merged[group] = index_segment_merge(from, group_size(b, group), NULL);
    for (uint32_t i = 0; i < group_size(b, group); i++)
        index_segment_free(from[i]);
}

/* Takes segments one by one; whoever builds the last of a group merges it. */
static void build_some(struct build *b)
{
    for (uint32_t i; (i = atomic_fetch_add(&b->next, 1)) < b->n;) {
        b->built[i] = index_segment_build(b->segments.v[i]);
        if (atomic_fetch_sub(&b->missing[i / GROUP], 1) == 1)
            merge_group(b, i / GROUP);
    }
}

struct worker {
    struct build *b;
    double seconds;
};

static void *timed(void *arg)
{
    struct worker *w = arg;
    double begin = bench_thread_seconds();
    build_some(w->b);
    w->seconds = bench_thread_seconds() - begin;
    return NULL;
}

static double build_seconds(struct build *b, unsigned threads)
{
    struct worker one = {b, 0}, two = one;
    pthread_t other;
    atomic_store(&b->next, 0);
    for (uint32_t i = 0; i < b->n_merged; i++)
        atomic_store(&b->missing[i], group_size(b, i));
    if (threads > 1)
        pthread_create(&other, NULL, timed, &two);
    timed(&one);
    if (threads > 1)
        pthread_join(other, NULL);
    return one.seconds > two.seconds ? one.seconds : two.seconds;
}

static void drop_merged(struct build *b)
{
    for (uint32_t i = 0; i < b->n_merged; i++)
        index_segment_free(b->merged[i]);
}

#define WORDS_MAX 16

static uint32_t terms_of(struct str text, struct str *terms, char buffers[][TERM_BYTES_MAX])
{
    uint32_t n = 0;
    struct token t;
    for (size_t at = 0; n < WORDS_MAX && token_next(text, &at, &t); n++)
        terms[n] = token_term(text, t, buffers[n]);
    return n;
}

static long ask_phrase(const struct index *x, struct str text)
{
    struct arena a = {0};
    struct str terms[WORDS_MAX];
    char buffers[WORDS_MAX][TERM_BYTES_MAX];
    struct phrase *p = phrase_open(x, &a, terms, terms_of(text, terms, buffers));
    struct hit hit;
    long n = 0;
    for (uint32_t id = 1; phrase_seek(p, (article_id){id}, &hit); id = hit.article.v + 1)
        n++;
    phrase_close(p);
    arena_finish(&a);
    return n;
}

/* Articles with the two words no more than ten apart. */
static long ask_near(const struct index *x, struct str text)
{
    struct arena a = {0};
    struct str terms[WORDS_MAX];
    char buffers[WORDS_MAX][TERM_BYTES_MAX];
    if (terms_of(text, terms, buffers) < 2)
        return 0;
    struct phrase *p = phrase_open(x, &a, terms, 1), *q = phrase_open(x, &a, terms + 1, 1);
    struct hit u, v;
    long n = 0;
    for (uint32_t id = 1; phrase_meet(p, q, (article_id){id}, 11, &u, &v); id = u.article.v + 1)
        n++;
    phrase_close(p);
    phrase_close(q);
    arena_finish(&a);
    return n;
}

static long ask_ours(void *index, const struct bench_query *q)
{
    return str_eq(q->kind, STR("near")) ? ask_near(index, q->text) : ask_phrase(index, q->text);
}

/* ---- FTS5 ---- */

struct fts5 {
    sqlite3 *db;
    sqlite3_stmt *query;
};

static void sql(struct fts5 *f, const char *text)
{
    if (sqlite3_exec(f->db, text, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(f->db));
        exit(2);
    }
}

/* Seconds of one building; the table is made anew. */
static double fts5_build(struct fts5 *f, const struct bench_corpus *c)
{
    sqlite3_stmt *insert;
    sql(f, "drop table if exists t");
    sql(f, "create virtual table t using fts5(title, text, content='')");
    double begin = bench_thread_seconds();
    sql(f, "begin");
    sqlite3_prepare_v2(f->db, "insert into t(rowid, title, text) values(?, ?, ?)", -1, &insert,
                       NULL);
    for (size_t i = 0; i < c->articles.n; i++) {
        const struct article *a = &c->articles.v[i];
        sqlite3_bind_int64(insert, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(insert, 2, a->title.p, (int)a->title.n, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, a->text.p, (int)a->text.n, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sql(f, "commit");
    return bench_thread_seconds() - begin;
}

static int64_t fts5_number(struct fts5 *f, const char *text)
{
    sqlite3_stmt *s;
    sqlite3_prepare_v2(f->db, text, -1, &s, NULL);
    sqlite3_step(s);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static long ask_fts5(void *engine, const struct bench_query *q)
{
    struct fts5 *f = engine;
    char match[512];
    const char *blank = q->text.n ? memchr(q->text.p, ' ', q->text.n) : NULL;
    int head = blank ? (int)(blank - q->text.p) : 0;
    if (str_eq(q->kind, STR("near")))
        snprintf(match, sizeof(match), "NEAR(\"%.*s\" \"%.*s\", 10)", head, q->text.p,
                 (int)q->text.n - head - 1, q->text.p + head + 1);
    else
        snprintf(match, sizeof(match), "\"%.*s\"", (int)q->text.n, q->text.p);
    sqlite3_bind_text(f->query, 1, match, -1, SQLITE_STATIC);
    long n = 0;
    while (sqlite3_step(f->query) == SQLITE_ROW)
        n++;
    sqlite3_reset(f->query);
    return n;
}

/* ---- asking both ---- */

struct times {
    double p50[COUNT_OF(kinds)], p99[COUNT_OF(kinds)];
};

static double ask_seconds(long (*ask)(void *, const struct bench_query *), void *engine,
                          const struct bench_query *q, long *found)
{
    double taken[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
        double begin = bench_seconds();
        *found = ask(engine, q);
        taken[i] = bench_seconds() - begin;
    }
    return bench_percentile(taken, REPEATS, 50);
}

static unsigned ask_all(const struct bench_corpus *c,
                        long (*ask)(void *, const struct bench_query *), void *engine,
                        struct times *t)
{
    unsigned off = 0;
    double *taken = mem_alloc(c->queries.n * sizeof(*taken));
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        size_t n = 0;
        for (size_t i = 0; i < c->queries.n; i++) {
            const struct bench_query *q = &c->queries.v[i];
            long found;
            if (!str_eq(q->kind, str_of(kinds[k])))
                continue;
            taken[n++] = ask_seconds(ask, engine, q, &found) * 1e3;
            off += q->articles >= 0 && found < q->articles;
        }
        t->p50[k] = bench_percentile(taken, n, 50);
        t->p99[k] = bench_percentile(taken, n, 99);
    }
    free(taken);
    return off;
}

static void compare_queries(const struct bench_corpus *c, struct index *x, struct fts5 *f)
{
    struct times ours, theirs;
    unsigned off = ask_all(c, ask_ours, x, &ours);
    ask_all(c, ask_fts5, f, &theirs);
    printf("  queries (ms)       ours p50      p99     FTS5 p50      p99    ratio p50     p99\n");
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        printf("    %-12s %12.4f %8.4f %12.4f %8.4f %12.3f %7.3f\n", kinds[k], ours.p50[k],
               ours.p99[k], theirs.p50[k], theirs.p99[k], ours.p50[k] / theirs.p50[k],
               ours.p99[k] / theirs.p99[k]);
    printf("  queries with fewer articles than a plain scan found: %u\n", off);
}

static double median(double seconds[BUILDS])
{
    return bench_percentile(seconds, BUILDS, 50);
}

int main(int argc, char **argv)
{
    struct bench_corpus c;
    struct build b = {0};
    struct fts5 f = {0};
    bench_corpus_open(&c, argc > 1 ? argv[1] : NULL, argc > 2 ? argv[2] : NULL);
    double mb = (double)c.text_bytes / 1e6;
    printf("  %zu articles, %.1f MB of text\n", c.articles.n, mb);
    split(&c, &b);
    uint64_t before = bench_peak_bytes();
    double one[BUILDS], two[BUILDS], fts5[BUILDS];
    build_seconds(&b, 1);
    uint64_t peak = bench_peak_bytes() - before;
    sqlite3_open(":memory:", &f.db);
    for (int i = 0; i < BUILDS; i++) {
        drop_merged(&b);
        one[i] = build_seconds(&b, 1);
        drop_merged(&b);
        two[i] = build_seconds(&b, 2);
        fts5[i] = fts5_build(&f, &c);
    }
    sql(&f, "insert into t(t) values('optimize')");
    sqlite3_prepare_v2(f.db, "select rowid from t where t match ?", -1, &f.query, NULL);
    struct index *x = index_over(b.merged, b.n_merged);
    double size =
        (double)fts5_number(&f, "pragma page_count") * (double)fts5_number(&f, "pragma page_size");
    printf("  MB/s: ours %.0f, two threads %.0f, FTS5 %.1f: ratio %.2f and %.2f\n",
           mb / median(one), mb / median(two), mb / median(fts5), median(fts5) / median(one),
           median(fts5) / median(two));
    printf("  index over text: ours %.3f, FTS5 %.3f: ratio %.2f; peak while building %.2f of the "
           "text; %u terms\n",
           (double)index_bytes(x) / (double)c.text_bytes, size / (double)c.text_bytes,
           (double)index_bytes(x) / size, (double)peak / (double)c.text_bytes, index_terms(x));
    compare_queries(&c, x, &f);
    sqlite3_finalize(f.query);
    sqlite3_close(f.db);
    index_close(x);
    drop_merged(&b);
    for (uint32_t i = 0; i < b.n; i++)
        segment_free(b.segments.v[i]);
    vec_free(&b.segments);
    free(b.built);
    free(b.merged);
    free(b.missing);
    bench_corpus_close(&c);
    return 0;
}

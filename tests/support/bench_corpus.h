/* What benches of search measure with: a corpus and queries, read from files or made up. */
#ifndef TESTS_SUPPORT_BENCH_CORPUS_H
#define TESTS_SUPPORT_BENCH_CORPUS_H

#include "core/articles.h"

struct bench_query {
    struct str kind, text; /* "quote", "short", "common", "word", "near", "miss" */
    long articles;         /* that hold the words in a row; -1: not known */
};

struct bench_corpus {
    struct arena memory;
    VEC(struct article) articles;
    VEC(struct bench_query) queries;
    uint64_t text_bytes;
};

/* JSON Lines with title and text, and a JSON array of {kind, q, docs}.  With null paths, some
 * 40 MB of made-up words in Zipf's proportions and 200 queries drawn from them.  Ends the program
 * with a sentence when a file cannot be read. */
void bench_corpus_open(struct bench_corpus *c, const char *articles, const char *queries);
/* Appends the queries of such an array; their strings live until the close. */
void bench_queries_read(struct bench_corpus *c, const char *path);
void bench_corpus_close(struct bench_corpus *c);

double bench_seconds(void);        /* a clock that only goes forward */
double bench_thread_seconds(void); /* of the processor, spent on this thread */
uint64_t bench_peak_bytes(void);   /* of memory, of this process so far */

/* Sorts. p from 0 to 100. */
double bench_percentile(double *values, size_t n, double p);

#endif

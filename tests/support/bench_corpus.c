#include "tests/support/bench_corpus.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double seconds_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

double bench_seconds(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

double bench_thread_seconds(void)
{
    return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

uint64_t bench_peak_bytes(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (uint64_t)u.ru_maxrss * 1024;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_percentile(double *values, size_t n, double p)
{
    if (!n)
        return 0;
    qsort(values, n, sizeof(*values), by_value);
    size_t i = (size_t)((double)n * p / 100);
    return values[i < n ? i : n - 1];
}

/* ---- from files ---- */

static void die(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(2);
}

static struct str json_str(struct arena *a, const json_t *object, const char *key)
{
    const json_t *s = json_object_get(object, key);
    return arena_str(a,
                     s ? str_from(json_string_value(s), json_string_length(s)) : str_from("", 0));
}

static void read_articles(struct bench_corpus *c, const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    if (!f)
        die(path, "cannot be read");
    for (ssize_t n; (n = getline(&line, &size, f)) > 0;) {
        json_t *object = json_loadb(line, (size_t)n, 0, NULL);
        if (!object)
            die(path, "a line is not JSON");
        struct article a = {.title = json_str(&c->memory, object, "title"),
                            .text = json_str(&c->memory, object, "text")};
        c->text_bytes += a.text.n;
        vec_push(&c->articles, a);
        json_decref(object);
    }
    free(line);
    fclose(f);
}

void bench_queries_read(struct bench_corpus *c, const char *path)
{
    json_t *all = json_load_file(path, 0, NULL), *object;
    size_t i;
    if (!all)
        die(path, "cannot be read");
    json_array_foreach(all, i, object)
    {
        struct bench_query q = {json_str(&c->memory, object, "kind"),
                                json_str(&c->memory, object, "q"),
                                (long)json_integer_value(json_object_get(object, "docs"))};
        vec_push(&c->queries, q);
    }
    json_decref(all);
}

/* ---- made up ---- */

#define MADE_ARTICLES 16000
#define MADE_WORDS    120000 /* in the vocabulary */
#define MADE_TOKENS   430    /* an article */

static uint64_t dice = 1;

static double roll(void)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (double)(dice >> 11) / 9007199254740992.0;
}

/* Of rank r with probability about 1 / r. */
static struct str made_word(char buffer[16])
{
    static const char *const parts[] = {"ba",  "ce",  "di", "fo", "gu", "har", "len", "mis",
                                        "nor", "put", "ra", "se", "ti", "vo",  "wu",  "xa"};
    unsigned rank = (unsigned)exp(roll() * log(MADE_WORDS));
    size_t n = 0;
    do {
        const char *part = parts[rank % 16];
        memcpy(buffer + n, part, strlen(part));
        n += strlen(part);
        rank /= 16;
    } while (rank);
    return str_from(buffer, n);
}

static struct str made_words(struct arena *a, unsigned n)
{
    VEC(char) text = {0};
    char word[16];
    for (unsigned i = 0; i < n; i++) {
        struct str w = made_word(word);
        vec_reserve(&text, w.n + 2);
        memcpy(text.v + text.n, w.p, w.n);
        text.n += w.n;
        if (i % 12 == 11)
            text.v[text.n++] = '.';
        text.v[text.n++] = i % 60 == 59 ? '\n' : ' ';
    }
    struct str s = arena_str(a, str_trim(str_from(text.v, text.n)));
    vec_free(&text);
    return s;
}

static void make_articles(struct bench_corpus *c)
{
    for (unsigned i = 0; i < MADE_ARTICLES; i++) {
        struct article a = {
            .title = made_words(&c->memory, 8),
            .text = made_words(&c->memory, MADE_TOKENS / 2 + (unsigned)(roll() * MADE_TOKENS))};
        c->text_bytes += a.text.n;
        vec_push(&c->articles, a);
    }
}

/* `n` words in a row, of one sentence. */
static struct str drawn(struct bench_corpus *c, unsigned n)
{
    for (;;) {
        struct str text = c->articles.v[(size_t)(roll() * (double)c->articles.n)].text;
        size_t begin = (size_t)(roll() * (double)text.n / 2), end;
        while (text.p[begin] != ' ')
            begin++;
        unsigned words = 0;
        for (end = ++begin; end < text.n && (text.p[end] >= 'a' || text.p[end] == ' '); end++)
            if (text.p[end] == ' ' && ++words == n)
                return str_from(text.p + begin, end - begin);
    }
}

static void make_queries(struct bench_corpus *c)
{
    static const struct {
        const char *kind;
        unsigned words;
    } kinds[] = {{"quote", 5}, {"quote", 8},  {"quote", 6}, {"quote", 7}, {"short", 3},
                 {"short", 3}, {"common", 2}, {"word", 1},  {"near", 2},  {"miss", 6}};
    for (unsigned i = 0; i < 200; i++) {
        struct bench_query q = {str_of(kinds[i % 10].kind), drawn(c, kinds[i % 10].words), -1};
        if (str_eq(q.kind, STR("miss")))
            q.text = made_words(&c->memory, 6);
        vec_push(&c->queries, q);
    }
}

void bench_corpus_open(struct bench_corpus *c, const char *articles, const char *queries)
{
    *c = (struct bench_corpus){0};
    if (articles)
        read_articles(c, articles);
    else
        make_articles(c);
    if (queries)
        bench_queries_read(c, queries);
    else if (!articles)
        make_queries(c);
}

void bench_corpus_close(struct bench_corpus *c)
{
    vec_free(&c->articles);
    vec_free(&c->queries);
    arena_finish(&c->memory);
}

/* Puts the words of unlabelled texts into classes, for core/clusters.
 *
 *     clusters_tool [-o FILE] SET.jsonl...
 *
 * A set holds one object a line with its "text".  The classes are those of a bigram class model
 * (Kneser and Ney 1993, "exchange"): starting anywhere, each word in turn moves to the class
 * under which the texts are most likely, until few words move.  Done twice, with few classes and
 * with many.  A round costs words x classes x neighbours; all of it some 20 s for two million
 * words.  The outcome depends on the texts alone.
 *
 * Hierarchical (Brown) classes were considered: their paths give every size between at once, for
 * many times the work, and two sizes serve as well here. */
#include "core/tagger.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

enum { FINE = 256, COARSE = 64, SEEN_MIN = 3, ROUNDS = 15 };

struct word {
    uint32_t form, count, id;
    char *text;
};

struct text {
    VEC(uint32_t) forms;
    struct word *table; /* open addressing by form */
    uint32_t mask;
};

enum { LINE_END_FORM = 2 };

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "clusters_tool: %s: %s\n", which, what);
    exit(2);
}

static struct word *word_at(struct text *t, uint32_t form)
{
    uint32_t i = form & t->mask;
    while (t->table[i].text && t->table[i].form != form)
        i = (i + 1) & t->mask;
    return &t->table[i];
}

static void add_token(struct text *t, uint32_t form, struct str s)
{
    struct word *w = word_at(t, form);
    if (!w->text) {
        *w = (struct word){.form = form, .text = mem_alloc(s.n + 1)};
        memcpy(w->text, s.p, s.n);
        w->text[s.n] = '\0';
    }
    w->count++;
    vec_push(&t->forms, form);
}

static void add_text(struct text *t, struct str s)
{
    static struct tag_token tokens[TAGGER_WINDOW];
    for (size_t at = 0, n; (n = tag_tokenise(s, &at, tokens, TAGGER_WINDOW)) > 0;)
        for (size_t i = 0; i < n; i++) {
            const struct tag_token *k = &tokens[i];
            if (k->flags & TOKEN_LINE)
                add_token(t, LINE_END_FORM, STR("\n"));
            add_token(t, k->form, str_at(s, (struct span){k->begin, k->end}));
        }
}

static void read_set(struct text *t, const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f)
        fail("cannot be opened", path);
    char *line = NULL;
    size_t cap = 0;
    while (getline(&line, &cap, f) > 0) {
        json_error_t error;
        json_t *row = json_loads(line, 0, &error);
        const json_t *text = json_object_get(row, "text");
        if (json_is_string(text))
            add_text(t, str_from(json_string_value(text), json_string_length(text)));
        json_decref(row);
    }
    free(line);
    fclose(f);
}

/* ---- neighbours ---- */

struct neighbour {
    uint32_t word, count;
};

/* The words behind (and before) each word, with how often; runs by starts[id]..starts[id + 1]. */
struct neighbours {
    uint32_t n;
    uint32_t *starts[2];
    struct neighbour *v[2];
};

enum { BEHIND, BEFORE };

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t gather_pairs(struct text *t, uint64_t *pairs, int side)
{
    size_t n = 0;
    for (size_t i = 1; i < t->forms.n; i++) {
        uint64_t a = word_at(t, t->forms.v[i - 1])->id, b = word_at(t, t->forms.v[i])->id;
        if (a && b)
            pairs[n++] = side == BEHIND ? a << 32 | b : b << 32 | a;
    }
    qsort(pairs, n, sizeof(*pairs), by_number);
    return n;
}

static struct neighbours find_neighbours(struct text *t, uint32_t words)
{
    struct neighbours all = {.n = words};
    uint64_t *pairs = mem_alloc(t->forms.n * sizeof(*pairs));
    for (int side = 0; side < 2; side++) {
        size_t n = gather_pairs(t, pairs, side), at = 0;
        uint32_t *starts = all.starts[side] = mem_alloc((words + 2) * sizeof(*starts));
        all.v[side] = mem_alloc(n * sizeof(*all.v[side]));
        uint32_t word = 0;
        for (size_t i = 0, e; i < n; i = e) {
            for (e = i; e < n && pairs[e] == pairs[i]; e++)
                ;
            while (word <= pairs[i] >> 32)
                starts[word++] = (uint32_t)at;
            all.v[side][at++] = (struct neighbour){(uint32_t)pairs[i], (uint32_t)(e - i)};
        }
        while (word < words + 2)
            starts[word++] = (uint32_t)at;
    }
    free(pairs);
    return all;
}

/* ---- exchange ---- */

struct classes {
    uint32_t n;
    uint16_t *of;          /* by word id; from 0 */
    int64_t *pair;         /* n x n: how often one class stands before another */
    int64_t *total[2];     /* as first, as second of a pair */
    int64_t *beside[2];    /* of the word at hand: its neighbours by class */
    uint32_t *seen[2], seen_n[2];
    int64_t self;          /* times the word at hand stands beside itself */
};

#define LOGS (1 << 16)
static double logs[LOGS];

static inline double x_log_x(int64_t x)
{
    return x < LOGS ? logs[x] : (double)x * log((double)x);
}

/* What the word at hand has beside it, by class. */
static void look_beside(struct classes *c, const struct neighbours *all, uint32_t word,
                        int64_t sum[2])
{
    c->self = 0;
    for (int side = 0; side < 2; side++) {
        sum[side] = 0;
        c->seen_n[side] = 0;
        for (uint32_t k = all->starts[side][word]; k < all->starts[side][word + 1]; k++) {
            struct neighbour b = all->v[side][k];
            sum[side] += b.count;
            if (b.word == word) {
                c->self = b.count;
                continue;
            }
            if (!c->beside[side][c->of[b.word]])
                c->seen[side][c->seen_n[side]++] = c->of[b.word];
            c->beside[side][c->of[b.word]] += b.count;
        }
    }
}

static void put_into(struct classes *c, uint32_t class, const int64_t sum[2], int sign)
{
    for (uint32_t k = 0; k < c->seen_n[BEHIND]; k++)
        c->pair[class * c->n + c->seen[BEHIND][k]] += sign * c->beside[BEHIND][c->seen[BEHIND][k]];
    for (uint32_t k = 0; k < c->seen_n[BEFORE]; k++)
        c->pair[c->seen[BEFORE][k] * c->n + class] += sign * c->beside[BEFORE][c->seen[BEFORE][k]];
    c->pair[class * c->n + class] += sign * c->self;
    c->total[BEHIND][class] += sign * sum[BEHIND];
    c->total[BEFORE][class] += sign * sum[BEFORE];
}

/* How much likelier the texts become with the word at hand in `class`. */
static double gain(const struct classes *c, uint32_t class, const int64_t sum[2])
{
    double g = 0;
    for (uint32_t k = 0; k < c->seen_n[BEHIND]; k++) {
        uint32_t d = c->seen[BEHIND][k];
        int64_t n = c->pair[class * c->n + d];
        if (d != class)
            g += x_log_x(n + c->beside[BEHIND][d]) - x_log_x(n);
    }
    for (uint32_t k = 0; k < c->seen_n[BEFORE]; k++) {
        uint32_t d = c->seen[BEFORE][k];
        int64_t n = c->pair[d * c->n + class];
        if (d != class)
            g += x_log_x(n + c->beside[BEFORE][d]) - x_log_x(n);
    }
    int64_t n = c->pair[class * c->n + class];
    g += x_log_x(n + c->beside[BEHIND][class] + c->beside[BEFORE][class] + c->self) - x_log_x(n);
    for (int side = 0; side < 2; side++)
        g -= x_log_x(c->total[side][class] + sum[side]) - x_log_x(c->total[side][class]);
    return g;
}

/* True when the word moved. */
static bool place_word(struct classes *c, const struct neighbours *all, uint32_t word)
{
    int64_t sum[2];
    look_beside(c, all, word, sum);
    uint32_t was = c->of[word], best = was;
    put_into(c, was, sum, -1);
    double most = -INFINITY;
    for (uint32_t class = 0; class < c->n; class++) {
        double g = gain(c, class, sum);
        if (g > most + 1e-9)
            most = g, best = class;
    }
    put_into(c, best, sum, 1);
    c->of[word] = (uint16_t)best;
    for (int side = 0; side < 2; side++)
        for (uint32_t k = 0; k < c->seen_n[side]; k++)
            c->beside[side][c->seen[side][k]] = 0;
    return best != was;
}

static void *zeroed(size_t n, size_t bytes)
{
    return memset(mem_alloc(n * bytes), 0, n * bytes);
}

static uint16_t *make_classes(const struct neighbours *all, uint32_t n)
{
    struct classes c = {
        .n = n, .of = zeroed(all->n + 1, sizeof(*c.of)), .pair = zeroed(n * n, sizeof(*c.pair))};
    for (int side = 0; side < 2; side++) {
        c.total[side] = zeroed(n, sizeof(*c.total[side]));
        c.beside[side] = zeroed(n, sizeof(*c.beside[side]));
        c.seen[side] = zeroed(n, sizeof(*c.seen[side]));
    }
    for (uint32_t w = 1; w <= all->n; w++)
        c.of[w] = (uint16_t)((w - 1) % n);
    for (uint32_t w = 1; w <= all->n; w++)
        for (uint32_t k = all->starts[BEHIND][w]; k < all->starts[BEHIND][w + 1]; k++) {
            struct neighbour b = all->v[BEHIND][k];
            c.pair[c.of[w] * n + c.of[b.word]] += b.count;
            c.total[BEHIND][c.of[w]] += b.count;
            c.total[BEFORE][c.of[b.word]] += b.count;
        }
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t moved = 0;
        for (uint32_t w = 1; w <= all->n; w++)
            moved += place_word(&c, all, w);
        fprintf(stderr, "%u classes, round %d: %u of %u words moved\n", n, round + 1, moved,
                all->n);
    }
    free(c.pair);
    for (int side = 0; side < 2; side++)
        free(c.total[side]), free(c.beside[side]), free(c.seen[side]);
    return c.of;
}

/* ---- */

static int by_count(const void *a, const void *b)
{
    const struct word *x = *(struct word *const *)a, *y = *(struct word *const *)b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->text, y->text);
}

static int by_text(const void *a, const void *b)
{
    return strcmp((*(struct word *const *)a)->text, (*(struct word *const *)b)->text);
}

/* Words seen often enough, the most frequent first, numbered from 1. */
static uint32_t number_words(struct text *t, struct word **list)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i <= t->mask; i++)
        if (t->table[i].text && t->table[i].count >= SEEN_MIN)
            list[n++] = &t->table[i];
    qsort(list, n, sizeof(*list), by_count);
    for (uint32_t i = 0; i < n; i++)
        list[i]->id = i + 1;
    return n;
}

/* Digits are hashed as zeros; so they are written. */
static void write_word(FILE *f, const struct word *w, unsigned fine, unsigned coarse)
{
    for (const char *p = w->text; *p; p++)
        fputc(*p >= '0' && *p <= '9' ? '0' : *p, f);
    fprintf(f, "\t%u\t%u\n", fine, coarse);
}

int main(int argc, char **argv)
{
    const char *out = "core/model/clusters.txt";
    struct text t = {.mask = (1u << 20) - 1};
    t.table = zeroed(t.mask + 1, sizeof(*t.table));
    for (int i = 1; i < LOGS; i++)
        logs[i] = i * log(i);
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-o") && i + 1 < argc)
            out = argv[++i];
        else
            read_set(&t, argv[i]);
    }
    if (t.forms.n == 0)
        fail("no text", "usage: clusters_tool [-o FILE] SET...");
    struct word **list = mem_alloc((t.mask + 1) * sizeof(*list));
    uint32_t n = number_words(&t, list);
    struct neighbours all = find_neighbours(&t, n);
    const uint16_t *fine = make_classes(&all, FINE), *coarse = make_classes(&all, COARSE);
    qsort(list, n, sizeof(*list), by_text);
    FILE *f = fopen(out, "w");
    if (!f)
        fail("cannot be written", out);
    for (uint32_t i = 0; i < n; i++)
        if (list[i]->form != LINE_END_FORM && !strchr(list[i]->text, '\t'))
            write_word(f, list[i], fine[list[i]->id] + 1u, coarse[list[i]->id] + 1u);
    if (fclose(f))
        fail("cannot be written", out);
    printf("%s: %u words\n", out, n);
    return 0;
}

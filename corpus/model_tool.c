/* Learns the weights of core/tagger from texts with their names marked.
 *
 *     model_tool [-o FILE] [-s SEED] [-k FEATURES] SET.jsonl... [--test SET.jsonl...]
 *
 * A set holds one object a line: "text", and "names", a list of [begin, end, kind] in characters.
 * Prints the scores on the sets behind --test, which are never learnt from.
 *
 * An averaged structured perceptron: the current weights label a line, and where the best path
 * differs from the true one, the features of the true one gain and those of the other lose.  A
 * label that is not the true one gets a bonus while learning, so the true one must win by a
 * margin.  All sums are of integers and the order comes from the seed, so the same sets give the
 * same file, bit by bit.
 *
 * The second reading sees the labels of the first; those must be as good and as bad as they are
 * on new text, so the sets are cut in five and each part is labelled by weights learnt from the
 * other four.  Some lines are learnt once more in capitals, as headlines print them.  Of all
 * features only those with the greatest weights are kept, and the weights learnt again with them
 * alone, which loses next to nothing.  The file holds the sum of several models that saw the
 * texts in different order.
 *
 * Tried and left: a second reading that adds votes alone to the scores of the first (smaller, but
 * 1 point of F1 worse on papers of another style); leaving out a fifth of the features in each
 * run (finds more, errs more, no better); clipping one weight in 2000 to fit a byte (2 points
 * worse: the few large weights are those that matter); votes that count twice where the capital
 * says most (no better). */
#include "corpus/labelled.h"

#include <stdio.h>

enum { EPOCHS = 8, MODELS = 6, MARGIN = 4, CUT = 2 };

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % n);
}

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "model_tool: %s: %s\n", which, what);
    exit(2);
}

static void read_or_fail(struct labelled *set, const char *path)
{
    if (labelled_read(set, path) != OK)
        fail("cannot be read as a set of texts", path);
}

static bool is_learnt(const struct labelled_text *t, size_t token)
{
    const struct tag_token *v = &t->window.tokens.v[token];
    return (v->flags & TOKEN_LOOKED) && !(t->capitals && !t->capitals[v->begin]);
}

/* ---- numbering features ---- */

struct numbers {
    uint32_t *of; /* by key; counts at first */
    uint32_t n;   /* numbers 1..n-1 are used */
};

static size_t features_of(const struct labelled_text *t, size_t i, int reading, uint32_t *out)
{
    struct tag_groups g;
    size_t n = 0;
    for (int r = 0; r <= reading; r++) {
        (r ? tag_groups_second : tag_groups_first)(&g, &t->window, i);
        for (size_t k = 0; k < g.n; k++)
            n += tag_group_features(&g, k, out + n);
    }
    for (size_t k = 0; k < n; k++)
        out[k] = tag_key(out[k]);
    return n;
}

static struct numbers number_features(const struct labelled *set, int reading)
{
    struct numbers number = {mem_alloc(sizeof(uint32_t) << TAG_KEY_BITS), 1};
    memset(number.of, 0, sizeof(uint32_t) << TAG_KEY_BITS);
    uint32_t keys[TAG_READINGS * TAG_TOKEN_FEATURES];
    for (size_t x = 0; x < set->v.n; x++)
        for (size_t i = 0; i < set->v.v[x].window.tokens.n; i++)
            if (is_learnt(&set->v.v[x], i))
                for (size_t n = features_of(&set->v.v[x], i, reading, keys); n-- > 0;)
                    number.of[keys[n]]++;
    for (uint32_t key = 0; key < 1u << TAG_KEY_BITS; key++)
        number.of[key] = number.of[key] >= CUT ? number.n++ : 0;
    return number;
}

/* Lists each token's features, by the numbers; a number of 0 is not listed. */
static void list_features(struct labelled *set, const struct numbers *number, int reading)
{
    uint32_t keys[TAG_READINGS * TAG_TOKEN_FEATURES];
    for (size_t x = 0; x < set->v.n; x++) {
        struct labelled_text *t = &set->v.v[x];
        vec_clear(&t->features), vec_clear(&t->starts);
        for (size_t i = 0; i < t->window.tokens.n; i++) {
            vec_push(&t->starts, (uint32_t)t->features.n);
            if (!(t->window.tokens.v[i].flags & TOKEN_LOOKED))
                continue;
            for (size_t k = 0, n = features_of(t, i, reading, keys); k < n; k++)
                if (number->of[keys[k]])
                    vec_push(&t->features, number->of[keys[k]]);
        }
        vec_push(&t->starts, (uint32_t)t->features.n);
    }
}

/* ---- weights ---- */

struct weights {
    uint32_t n;
    int32_t (*row)[TAG_LANES], (*sum)[TAG_LANES]; /* now; averaged, once learnt */
    int64_t (*late)[TAG_LANES];                   /* each change times the step it came at */
    int32_t step[TAG_LABELS][TAG_LABELS], step_sum[TAG_LABELS][TAG_LABELS];
    int64_t step_late[TAG_LABELS][TAG_LABELS];
};

static struct weights weights_of(uint32_t n)
{
    struct weights w = {.n = n};
    w.row = mem_alloc(n * sizeof(*w.row));
    w.sum = mem_alloc(n * sizeof(*w.sum));
    w.late = mem_alloc(n * sizeof(*w.late));
    memset(w.sum, 0, n * sizeof(*w.sum));
    return w;
}

static void weights_clear(struct weights *w)
{
    memset(w->row, 0, w->n * sizeof(*w->row));
    memset(w->late, 0, w->n * sizeof(*w->late));
    memset(w->step, 0, sizeof(w->step));
    memset(w->step_late, 0, sizeof(w->step_late));
}

static void weights_free(struct weights *w)
{
    free(w->row), free(w->sum), free(w->late);
}

/* ---- the best path ---- */

struct lattice {
    VEC(int32_t) score; /* TAG_LABELS a token */
    VEC(uint8_t) back;
    VEC(uint8_t) path;
};

static bool may_follow(unsigned from, unsigned to)
{
    bool open = from && (label_part(from) == PART_BEGIN || label_part(from) == PART_INSIDE);
    bool goes_on = to && (label_part(to) == PART_INSIDE || label_part(to) == PART_LAST);
    return open ? goes_on && label_kind(from) == label_kind(to) : !goes_on;
}

static void best_from(const int32_t (*step)[TAG_LABELS], const int64_t *before, unsigned to,
                      int64_t *score, uint8_t *back)
{
    *score = INT64_MIN / 2;
    for (unsigned from = 0; from < TAG_LABELS; from++)
        if (may_follow(from, to) && before[from] + step[from][to] > *score)
            *score = before[from] + step[from][to], *back = (uint8_t)from;
}

/* The best labels of n tokens into l->path; l->score holds their own scores. */
static void best_path(struct lattice *l, size_t n, const int32_t (*step)[TAG_LABELS])
{
    int64_t now[TAG_LABELS], before[TAG_LABELS], end;
    for (unsigned k = 0; k < TAG_LABELS; k++)
        before[k] = k ? INT64_MIN / 4 : 0;
    l->back.n = l->path.n = 0;
    vec_reserve(&l->back, n * TAG_LABELS);
    vec_reserve(&l->path, n);
    for (size_t i = 0; i < n; i++) {
        for (unsigned to = 0; to < TAG_LABELS; to++) {
            best_from(step, before, to, &now[to], &l->back.v[i * TAG_LABELS + to]);
            now[to] += l->score.v[i * TAG_LABELS + to];
        }
        memcpy(before, now, sizeof(now));
    }
    uint8_t label = 0;
    best_from(step, before, 0, &end, &label);
    for (size_t i = n; i-- > 0;) {
        l->path.v[i] = label;
        label = l->back.v[i * TAG_LABELS + label];
    }
}

static void own_scores(struct lattice *l, const struct labelled_text *t, size_t from, size_t to,
                       const int32_t (*row)[TAG_LANES], bool margin)
{
    l->score.n = 0;
    vec_reserve(&l->score, (to - from) * TAG_LABELS);
    for (size_t i = from; i < to; i++) {
        int32_t s[TAG_LANES] = {0};
        for (uint32_t k = t->starts.v[i]; k < t->starts.v[i + 1]; k++)
            for (int c = 0; c < TAG_LANES; c++)
                s[c] += row[t->features.v[k]][c];
        for (unsigned c = 0; c < TAG_LABELS; c++)
            l->score.v[(i - from) * TAG_LABELS + c] = s[c] + (margin && c != t->gold[i] ? MARGIN : 0);
    }
}

/* ---- learning ---- */

struct run {
    uint32_t text, from, to;
};

struct runs {
    VEC(struct run) v;
};

/* The end of the run of looked-at tokens from i on; i itself when it is none. */
static size_t run_end(const struct tag_window *w, size_t i)
{
    size_t e = i;
    while (e < w->tokens.n && (w->tokens.v[e].flags & TOKEN_LOOKED) &&
           (e == i || !(w->tokens.v[e].flags & TOKEN_LINE)))
        e++;
    return e;
}

static void gather_runs(const struct labelled *set, int without, struct runs *out)
{
    for (size_t x = 0; x < set->v.n; x++) {
        const struct labelled_text *t = &set->v.v[x];
        if ((int)t->fold == without)
            continue;
        for (size_t i = 0, e; i < t->window.tokens.n; i = e > i ? e : i + 1) {
            e = run_end(&t->window, i);
            if (e > i && is_learnt(t, i))
                vec_push(&out->v, ((struct run){(uint32_t)x, (uint32_t)i, (uint32_t)e}));
        }
    }
}

static void shuffle(struct runs *r)
{
    for (size_t i = r->v.n; i > 1; i--) {
        size_t k = random_below((uint32_t)i);
        struct run t = r->v.v[i - 1];
        r->v.v[i - 1] = r->v.v[k];
        r->v.v[k] = t;
    }
}

static void change(struct weights *w, const struct labelled_text *t, size_t i, unsigned label, int by, int64_t now)
{
    for (uint32_t k = t->starts.v[i]; k < t->starts.v[i + 1]; k++) {
        uint32_t f = t->features.v[k];
        w->row[f][label] += by;
        w->late[f][label] += by * now;
    }
}

static void change_step(struct weights *w, unsigned from, unsigned to, int by, int64_t now)
{
    w->step[from][to] += by;
    w->step_late[from][to] += by * now;
}

static void learn_run(struct weights *w, struct lattice *l, const struct labelled_text *t, const struct run *r,
                      int64_t now)
{
    size_t n = r->to - r->from;
    const uint8_t *gold = t->gold + r->from;
    own_scores(l, t, r->from, r->to, (const int32_t(*)[TAG_LANES])w->row, true);
    best_path(l, n, (const int32_t(*)[TAG_LABELS])w->step);
    const uint8_t *path = l->path.v;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && path[i] != gold[i]) {
            change(w, t, r->from + i, gold[i], 1, now);
            change(w, t, r->from + i, path[i], -1, now);
        }
        change_step(w, i ? gold[i - 1] : 0, i < n ? gold[i] : 0, 1, now);
        change_step(w, i ? path[i - 1] : 0, i < n ? path[i] : 0, -1, now);
    }
}

/* Adds to w->sum the average of the weights over all steps, in sixty-fourths. */
static void learn(struct weights *w, const struct labelled *set, int without, uint64_t seed)
{
    struct runs runs = {0};
    struct lattice l = {0};
    int64_t now = 1;
    random_state = seed;
    weights_clear(w);
    gather_runs(set, without, &runs);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        shuffle(&runs);
        for (size_t i = 0; i < runs.v.n; i++, now++)
            learn_run(w, &l, &set->v.v[runs.v.v[i].text], &runs.v.v[i], now);
    }
    for (uint32_t f = 0; f < w->n; f++)
        for (int c = 0; c < TAG_LANES; c++)
            w->sum[f][c] += (int32_t)(64 * w->row[f][c] - 64 * w->late[f][c] / now);
    for (int a = 0; a < TAG_LABELS; a++)
        for (int b = 0; b < TAG_LABELS; b++)
            w->step_sum[a][b] += (int32_t)(64 * w->step[a][b] - 64 * w->step_late[a][b] / now);
    vec_free(&runs.v), vec_free(&l.score), vec_free(&l.back), vec_free(&l.path);
}

/* ---- keeping the features that matter ---- */

struct weight_of {
    uint64_t size;
    uint32_t feature;
};

static int by_size(const void *a, const void *b)
{
    const struct weight_of *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

/* Numbers again, of the features whose weights have the largest squares. */
static void keep_largest(struct numbers *number, const struct weights *w, uint32_t keep)
{
    struct weight_of *all = mem_alloc(w->n * sizeof(*all));
    for (uint32_t f = 0; f < w->n; f++) {
        all[f] = (struct weight_of){0, f};
        for (int c = 0; c < TAG_LABELS; c++)
            all[f].size += (uint64_t)((int64_t)w->sum[f][c] * w->sum[f][c]);
    }
    qsort(all, w->n, sizeof(*all), by_size);
    uint8_t *kept = mem_alloc(w->n);
    memset(kept, 0, w->n);
    for (uint32_t i = 0; i < w->n && i < keep; i++)
        kept[all[i].feature] = all[i].size > 0;
    number->n = 1;
    for (uint32_t key = 0; key < 1u << TAG_KEY_BITS; key++)
        number->of[key] = number->of[key] && kept[number->of[key]] ? number->n++ : 0;
    free(all), free(kept);
}

struct reading {
    struct numbers number;
    struct weights weights;
};

static struct reading learn_reading(struct labelled *set, int reading, uint32_t keep, uint64_t seed)
{
    struct reading r = {.number = number_features(set, reading)};
    list_features(set, &r.number, reading);
    r.weights = weights_of(r.number.n);
    learn(&r.weights, set, -1, seed);
    uint32_t all = r.number.n;
    keep_largest(&r.number, &r.weights, keep);
    weights_free(&r.weights);
    list_features(set, &r.number, reading);
    r.weights = weights_of(r.number.n);
    for (int k = 0; k < MODELS; k++)
        learn(&r.weights, set, -1, seed + 1000 + (uint64_t)k);
    printf("reading %d: %u of %u features kept\n", reading + 1, r.number.n - 1, all - 1);
    return r;
}

/* Labels each part by weights learnt from the others, and counts the votes. */
static void label_across(struct labelled *set, uint64_t seed)
{
    struct numbers number = number_features(set, 0);
    struct lattice l = {0};
    list_features(set, &number, 0);
    for (int fold = 0; fold < LABELLED_FOLDS; fold++) {
        struct weights w = weights_of(number.n);
        learn(&w, set, fold, seed + (uint64_t)fold);
        for (size_t x = 0; x < set->v.n; x++) {
            struct labelled_text *t = &set->v.v[x];
            for (size_t i = 0, e; (int)t->fold == fold && i < t->window.tokens.n; i = e > i ? e : i + 1) {
                e = run_end(&t->window, i);
                own_scores(&l, t, i, e, (const int32_t(*)[TAG_LANES])w.sum, false);
                best_path(&l, e - i, (const int32_t(*)[TAG_LABELS])w.step_sum);
                memcpy(t->window.labels.v + i, l.path.v, e - i);
            }
        }
        weights_free(&w);
    }
    for (size_t x = 0; x < set->v.n; x++)
        tag_window_vote(&set->v.v[x].window);
    free(number.of);
    vec_free(&l.score), vec_free(&l.back), vec_free(&l.path);
}

/* ---- packing ---- */

struct bytes {
    VEC(char) v;
};

static void give(struct bytes *out, uint32_t value, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        vec_push(&out->v, (char)(value >> 8 * i));
}

static void give_varint(struct bytes *out, uint32_t value)
{
    for (; value > 127; value >>= 7)
        vec_push(&out->v, (char)(value | 128));
    vec_push(&out->v, (char)value);
}

/* Rounded to nearest. */
static int32_t scaled(int64_t weight, int64_t unit, int32_t most)
{
    int64_t v = (2 * (weight < 0 ? -weight : weight) + unit) / (2 * unit);
    v = v > most ? most : v;
    return (int32_t)(weight < 0 ? -v : v);
}

static int by_value(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* One unit of the packed weights: all but the largest 1 in 100,000 fit in a byte. */
static int64_t unit_of(const struct weights *w)
{
    size_t n = (size_t)w->n * TAG_LABELS, k = 0;
    int32_t *all = mem_alloc(n * sizeof(*all));
    for (uint32_t f = 0; f < w->n; f++)
        for (int c = 0; c < TAG_LABELS; c++)
            all[k++] = abs(w->sum[f][c]);
    qsort(all, n, sizeof(*all), by_value);
    int64_t unit = all[n - 1 - n / 100000] / 127 + 1;
    free(all);
    return unit;
}

static void pack_row(struct bytes *out, const struct reading *r, uint32_t key, int64_t unit)
{
    int8_t v[TAG_LABELS] = {0};
    uint32_t some = 0, f = r->number.of[key];
    for (int c = 0; f && c < TAG_LABELS; c++) {
        v[c] = (int8_t)scaled(r->weights.sum[f][c], unit, 127);
        some |= (uint32_t)(v[c] != 0) << c;
    }
    give(out, some, 3);
    for (int c = 0; c < TAG_LABELS; c++)
        if (v[c])
            give(out, (uint8_t)v[c], 1);
}

static void pack(struct bytes *out, const struct reading r[TAG_READINGS])
{
    int64_t unit[TAG_READINGS];
    uint32_t n = 0, last = 0;
    for (uint32_t key = 0; key < 1u << TAG_KEY_BITS; key++)
        n += r[0].number.of[key] || r[1].number.of[key];
    give(out, 0x314d5444, 4);
    give(out, n, 4);
    for (int k = 0; k < TAG_READINGS; k++) {
        unit[k] = unit_of(&r[k].weights);
        for (int a = 0; a < TAG_LABELS; a++)
            for (int b = 0; b < TAG_LABELS; b++)
                give(out, (uint32_t)scaled(r[k].weights.step_sum[a][b], unit[k], TAG_SCORE_MAX), 2);
    }
    for (uint32_t key = 0; key < 1u << TAG_KEY_BITS; key++) {
        if (!r[0].number.of[key] && !r[1].number.of[key])
            continue;
        give_varint(out, key - last);
        last = key;
        for (int k = 0; k < TAG_READINGS; k++)
            pack_row(out, &r[k], key, unit[k]);
    }
}

/* ---- testing ---- */

struct tally {
    size_t hit, found, gold;
};

static void print_tally(const char *name, const struct tally *t)
{
    size_t found = t->found ? t->found : 1, gold = t->gold ? t->gold : 1;
    printf("  %-14s P %6.2f  R %6.2f  F1 %6.2f\n", name, 100.0 * (double)t->hit / (double)found,
           100.0 * (double)t->hit / (double)gold, 200.0 * (double)t->hit / (double)(found + gold));
}

static bool is_gold(const struct labelled_text *t, uint32_t begin, uint32_t end, unsigned kind)
{
    for (size_t i = 0; i < t->names.n; i++)
        if (t->names.v[i].begin == begin && t->names.v[i].end == end && t->names.v[i].kind == kind)
            return true;
    return false;
}

static void tally_text(struct tally tally[TAG_KINDS], const struct labelled_text *t)
{
    const struct tag_window *w = &t->window;
    for (size_t i = 0; i < t->names.n; i++)
        tally[t->names.v[i].kind].gold++;
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        unsigned kind = label_kind(w->labels.v[i]);
        e = i + 1;
        if (!kind)
            continue;
        if (label_part(w->labels.v[i]) == PART_BEGIN)
            while (label_part(w->labels.v[e++]) != PART_LAST)
                ;
        tally[kind].found++;
        tally[kind].hit += is_gold(t, w->tokens.v[i].begin, w->tokens.v[e - 1].end, kind);
    }
}

static void test(const struct tag_model *m, const char *path)
{
    static const char *const names[] = {"", "person", "organisation", "place", "people", "other"};
    struct labelled set = {0};
    struct tally tally[TAG_KINDS] = {0}, three = {0};
    read_or_fail(&set, path);
    struct tag_memo *memo = tag_memo_open(m);
    for (size_t x = 0; x < set.v.n; x++) {
        tag_window_label(&set.v.v[x].window, memo);
        tally_text(tally, &set.v.v[x]);
    }
    tag_memo_close(memo);
    printf("%s\n", path);
    for (int k = TAG_PERSON; k < TAG_KINDS; k++) {
        print_tally(names[k], &tally[k]);
        if (k <= TAG_PLACE)
            three.hit += tally[k].hit, three.found += tally[k].found, three.gold += tally[k].gold;
    }
    print_tally("first three", &three);
}

static void write_file(const char *path, const struct bytes *b)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b->v.v, 1, b->v.n, f) != b->v.n || fclose(f))
        fail("cannot be written", path);
    printf("%s: %zu bytes\n", path, b->v.n);
}

int main(int argc, char **argv)
{
    const char *out = "core/model/names.weights";
    uint64_t seed = 1;
    uint32_t keep = 50000;
    struct labelled set = {0};
    int i = 1;
    for (; i < argc && strcmp(argv[i], "--test"); i++) {
        if (!strcmp(argv[i], "-o") && i + 1 < argc)
            out = argv[++i];
        else if (!strcmp(argv[i], "-s") && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 10);
        else if (!strcmp(argv[i], "-k") && i + 1 < argc)
            keep = (uint32_t)strtoul(argv[++i], NULL, 10);
        else
            read_or_fail(&set, argv[i]);
    }
    if (set.v.n == 0)
        fail("no set named", "usage: model_tool [-o FILE] [-s SEED] [-k FEATURES] SET... [--test SET...]");
    labelled_add_headlines(&set, seed);
    struct reading readings[TAG_READINGS];
    readings[0] = learn_reading(&set, 0, keep, seed);
    label_across(&set, seed);
    readings[1] = learn_reading(&set, 1, keep, seed);
    struct bytes bytes = {0};
    pack(&bytes, readings);
    write_file(out, &bytes);
    struct tag_model *m = tag_model_unpack(str_from(bytes.v.v, bytes.v.n));
    if (!m)
        fail("cannot be read again", out);
    for (i++; i < argc; i++)
        test(m, argv[i]);
    tag_model_free(m);
    return 0;
}

/* What the tagger looks at.
 *
 * A feature is a template, known by its number, and a value; both are hashed into 32 bits and
 * nothing else is kept.  Templates: the token and two on either side, as words, shapes, affixes,
 * classes and by the lists that hold them; the run of capitals around it ("Ministry of Justice"),
 * whose first and last words and whose surroundings say more than what stands next; and, in the
 * second reading, what the first made of the token, its neighbours and the same word elsewhere.
 *
 * A number, once given, keeps its meaning: the weights know templates by it. */
#include "core/gazetteer.h"
#include "core/tagger.h"

struct features {
    uint32_t *out;
    size_t n;
};

static inline void put(struct features *f, uint32_t template, uint32_t value)
{
    uint32_t h = value * 0x9e3779b1u + template * 0x85ebca6bu;
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    h ^= h >> 12;
    h *= 0x297a2d39u;
    f->out[f->n++] = h ^ h >> 15;
}

static inline uint32_t mix(uint32_t a, uint32_t b)
{
    a = (a ^ b * 0x9e3779b1u) * 0x85ebca6bu;
    return a ^ a >> 16;
}

/* Stands for what is beyond the line. */
static const struct tag_token edge = {.form = 1, .fold = 1, .shape = SHAPE_MARK, .mark = 2, .head = 1, .tail = 1};

static const struct tag_token *before_of(const struct tag_window *w, size_t i, size_t steps)
{
    for (; steps; steps--, i--)
        if (i == 0 || w->tokens.v[i].flags & TOKEN_LINE)
            return &edge;
    return &w->tokens.v[i];
}

static const struct tag_token *after_of(const struct tag_window *w, size_t i, size_t steps)
{
    for (; steps; steps--)
        if (++i >= w->tokens.n || w->tokens.v[i].flags & TOKEN_LINE)
            return &edge;
    return &w->tokens.v[i];
}

static uint32_t shape_of(const struct tag_token *t)
{
    return t->shape == SHAPE_MARK ? 64u + t->mark : t->shape;
}

/* ---- the run of capitals around a token ---- */

enum { RUN_STEPS = 12 };

struct run {
    size_t begin, end;
};

static bool is_small(const struct tag_token *t)
{
    return t->shape == SHAPE_LOWER && t->end - t->begin <= 3;
}

/* May t join two capitals?  `first` is the one before it: "J. Hall" but no end of a sentence.
 * `loose` lets in "of", "and", "de". */
static bool joins(const struct tag_token *first, const struct tag_token *t, bool loose)
{
    return t->mark == '-' || t->mark == '&' || t->mark == '\'' ||
           (t->mark == '.' && first->end - first->begin < 4) || (loose && is_small(t));
}

/* How many tokens further back the run goes from v[b]: 0 when it begins there. */
static size_t back_from(const struct tag_token *v, size_t b, bool loose)
{
    if (b == 0 || v[b].flags & TOKEN_LINE)
        return 0;
    if (tag_is_capital(&v[b - 1]))
        return 1;
    if (b < 2 || v[b - 1].flags & TOKEN_LINE)
        return 0;
    if (tag_is_capital(&v[b - 2]) && joins(&v[b - 2], &v[b - 1], loose))
        return 2;
    bool two = loose && b >= 3 && !(v[b - 2].flags & TOKEN_LINE) && is_small(&v[b - 1]) && is_small(&v[b - 2]);
    return two && tag_is_capital(&v[b - 3]) ? 3 : 0;
}

static size_t on_from(const struct tag_token *v, size_t n, size_t e, bool loose)
{
    if (e >= n || v[e].flags & TOKEN_LINE)
        return 0;
    if (tag_is_capital(&v[e]))
        return 1;
    if (e + 1 >= n || v[e + 1].flags & TOKEN_LINE)
        return 0;
    if (tag_is_capital(&v[e + 1]) && joins(&v[e - 1], &v[e], loose))
        return 2;
    bool two = loose && e + 2 < n && !(v[e + 2].flags & TOKEN_LINE) && is_small(&v[e]) && is_small(&v[e + 1]);
    return two && tag_is_capital(&v[e + 2]) ? 3 : 0;
}

static struct run run_of(const struct tag_window *w, size_t i, bool loose)
{
    struct run r = {i, i + 1};
    size_t step;
    for (int k = 0; k < RUN_STEPS && (step = back_from(w->tokens.v, r.begin, loose)) > 0; k++)
        r.begin -= step;
    for (int k = 0; k < RUN_STEPS && (step = on_from(w->tokens.v, w->tokens.n, r.end, loose)) > 0; k++)
        r.end += step;
    return r;
}

/* ---- both readings ---- */

/* The token and its neighbours, gathered. */
struct around {
    const struct tag_token *t, *p1, *p2, *n1, *n2;
    uint32_t shape, p_shape, n_shape;
    uint32_t start; /* a capital here says nothing */
    uint32_t style; /* of the line, and start */
};

static struct around around_of(const struct tag_window *w, size_t i)
{
    struct around a = {.t = &w->tokens.v[i],
                       .p1 = before_of(w, i, 1),
                       .p2 = before_of(w, i, 2),
                       .n1 = after_of(w, i, 1),
                       .n2 = after_of(w, i, 2)};
    a.shape = shape_of(a.t), a.p_shape = shape_of(a.p1), a.n_shape = shape_of(a.n1);
    a.start = (a.t->flags & TOKEN_SENTENCE) != 0;
    a.style = a.t->line * 2u + a.start;
    return a;
}

static void put_words(struct features *f, const struct around *a)
{
    uint32_t s = a->shape;
    put(f, 1, 0);
    put(f, 2, a->t->fold);
    put(f, 3, a->t->form);
    put(f, 4, a->p1->fold);
    put(f, 5, a->n1->fold);
    put(f, 6, a->p2->fold);
    put(f, 7, a->n2->fold);
    put(f, 8, mix(a->p1->fold, a->t->fold));
    put(f, 9, mix(a->t->fold, a->n1->fold));
    put(f, 10, mix(a->p1->fold, a->n1->fold));
    put(f, 11, mix(mix(a->p2->fold, a->p1->fold), s));
    put(f, 12, mix(mix(a->n1->fold, a->n2->fold), s));
    put(f, 18, mix(a->t->head, 1));
    put(f, 19, mix(a->t->tail, s));
    put(f, 20, mix(a->t->tail2, s));
    put(f, 21, mix(a->t->head2, s));
    put(f, 22, mix(mix(a->p1->fold, s), a->style));
    put(f, 23, mix(mix(a->n1->fold, s), a->style));
    put(f, 24, mix(a->p1->tail, s));
    put(f, 25, mix(a->n1->tail, s));
}

static void put_shapes(struct features *f, const struct around *a, const struct tag_word *word)
{
    uint32_t s = a->shape, p = a->p_shape, n = a->n_shape, p2 = shape_of(a->p2);
    uint32_t glue = (a->t->flags & TOKEN_GLUED) | (a->n1->flags & TOKEN_GLUED) << 1;
    uint32_t seen = (word->lower > 0) | (word->middle > 1) << 1;
    put(f, 13, mix(s, a->style));
    put(f, 14, mix(mix(p, s), a->start));
    put(f, 15, mix(s, n));
    put(f, 16, mix(mix(p, s), n));
    put(f, 17, mix(mix(mix(p2, p), s), mix(n, shape_of(a->n2))));
    put(f, 40, mix(mix(seen, s), a->style));
    put(f, 100, mix(mix(glue, s), mix(p, n)));
    put(f, 101, mix(mix(glue, a->t->fold), 0));
    put(f, 102, mix(mix(glue, mix(p, p2)), mix(s, n)));
}

static void put_kinds(struct features *f, uint32_t template, unsigned kinds, uint32_t with)
{
    for (unsigned k = 0; kinds >> k; k++)
        if (kinds >> k & 1)
            put(f, template, mix(k + 1, with));
}

static void put_lists(struct features *f, const struct around *a)
{
    const struct tag_token *t = a->t, *p = a->p1, *n = a->n1;
    uint32_t s = a->shape;
    put_kinds(f, 30, t->single, s);
    put_kinds(f, 31, t->begins, 0);
    put_kinds(f, 32, t->inside, n->inside);
    put(f, 33, mix(t->single, mix(t->begins, t->inside)));
    put(f, 34, mix(mix(p->single, t->single), s));
    put(f, 35, mix(mix(t->single, n->single), s));
    put(f, 36, mix(p->single | p->inside | p->begins, s));
    put(f, 37, mix(n->single | n->inside | n->begins, s));
    put(f, 38, mix(mix(p->fold, t->single), s));
    put(f, 39, mix(mix(n->fold, t->single), s));
}

static void put_classes(struct features *f, const struct around *a)
{
    for (uint32_t k = 0; k < 2; k++) {
        uint32_t s = a->shape, own = a->t->cluster[k], p = a->p1->cluster[k], n = a->n1->cluster[k];
        put(f, 70 + k, mix(own, s));
        put(f, 72 + k, mix(p, s));
        put(f, 74 + k, mix(n, s));
        put(f, 76 + k, mix(a->p2->cluster[k], s));
        put(f, 78 + k, mix(a->n2->cluster[k], s));
        put(f, 80 + k, mix(mix(p, own), s));
        put(f, 82 + k, mix(mix(n, own), s));
        put(f, 84 + k, mix(mix(p, n), s));
    }
}

/* `where` the token stands in the run: first, last. */
static void put_run(struct features *f, const struct tag_window *w, size_t i, uint32_t shape)
{
    struct run r = run_of(w, i, false), loose = run_of(w, i, true);
    const struct tag_token *v = w->tokens.v, *first = &v[r.begin], *last = &v[r.end - 1];
    const struct tag_token *before = before_of(w, r.begin, 1), *after = after_of(w, r.end - 1, 1);
    uint32_t where = (i == r.begin) | (i + 1 == r.end) << 1, n = (uint32_t)(r.end - r.begin);
    put(f, 41, mix(last->fold, where));
    put(f, 42, mix(first->fold, where));
    put(f, 43, mix(before->fold, where));
    put(f, 44, mix(after->fold, where));
    put(f, 45, mix(v[loose.end - 1].fold, i == loose.begin));
    put(f, 46, mix(v[loose.begin].fold, i == loose.begin));
    put(f, 47, mix(mix(n > 5 ? 5 : n, where), shape));
    put(f, 48, mix(mix(before->fold, before_of(w, r.begin, 2)->fold), where));
    put(f, 49, mix(mix(after->fold, after_of(w, r.end - 1, 2)->fold), where));
    put(f, 50, mix(mix(before->fold, after->fold), where));
    put_kinds(f, 51, first->single, where);
    put_kinds(f, 52, last->single, where);
    put(f, 53, mix(last->tail, where));
    for (uint32_t k = 0; k < 2; k++) {
        put(f, 90 + k, mix(last->cluster[k], where));
        put(f, 92 + k, mix(first->cluster[k], where));
        put(f, 94 + k, mix(before->cluster[k], where));
        put(f, 96 + k, mix(after->cluster[k], where));
    }
    if (loose.end != r.end)
        put(f, 54, mix(v[loose.end - 1].fold, 0));
}

size_t tag_features(const struct tag_window *w, size_t i, uint32_t out[TAG_FEATURES])
{
    struct features f = {.out = out};
    struct around a = around_of(w, i);
    put_words(&f, &a);
    put_shapes(&f, &a, &w->words.v[w->word_of.v[i]]);
    put_lists(&f, &a);
    put_classes(&f, &a);
    if (tag_is_capital(a.t))
        put_run(&f, w, i, a.shape);
    return f.n;
}

/* ---- the second reading ---- */

/* What most of the other tokens with this word were taken for. */
struct votes {
    unsigned kind;  /* plus 1; 0: there are no others */
    unsigned share; /* in quarters */
};

static struct votes votes_of(const struct tag_window *w, size_t i, bool inside)
{
    const struct tag_word *word = &w->words.v[w->word_of.v[i]];
    const uint16_t *counts = inside ? word->inside : word->votes;
    unsigned own = label_kind(w->labels.v[i]), total = 0, best = 0, most = 0;
    bool counted = !inside || (own && label_part(w->labels.v[i]) != PART_UNIT);
    for (unsigned k = 0; k < TAG_KINDS; k++) {
        unsigned n = counts[k] - (counts[k] && counted && k == own);
        total += n;
        if (n > most)
            most = n, best = k;
    }
    return total ? (struct votes){best + 1, most * 4 / total} : (struct votes){0, 0};
}

enum { NO_CAPITAL = 7 };

static unsigned neighbour_votes(const struct tag_window *w, size_t i, const struct tag_token *t)
{
    return t != &edge && tag_is_capital(t) ? votes_of(w, i, false).kind : NO_CAPITAL;
}

size_t tag_vote_features(const struct tag_window *w, size_t i, uint32_t out[TAG_FEATURES])
{
    struct features ff = {.out = out}, *f = &ff;
    struct around a = around_of(w, i);
    unsigned own = w->labels.v[i], before = i ? w->labels.v[i - 1] : 0;
    unsigned after = i + 1 < w->tokens.n ? w->labels.v[i + 1] : 0;
    unsigned p = neighbour_votes(w, i - 1, a.p1), n = neighbour_votes(w, i + 1, a.n1);
    struct votes v = {0, 0}, in = {0, 0};
    put(f, 60, mix(own, a.shape));
    put(f, 65, mix(own, mix(before, after)));
    put(f, 66, mix(own, mix(before, a.t->fold)));
    put(f, 67, mix(own, mix(after, a.t->fold)));
    if (tag_is_capital(a.t)) {
        v = votes_of(w, i, false), in = votes_of(w, i, true);
        uint32_t both = mix(v.kind, in.kind);
        put(f, 61, mix(own, v.kind));
        put(f, 62, mix(mix(own, v.kind), v.share));
        put(f, 63, mix(mix(own, in.kind), in.share));
        put(f, 64, mix(mix(v.kind, v.share), a.style));
        put(f, 68, mix(both, mix(own, a.style)));
        put(f, 69, mix(both, mix(a.shape, a.t->single)));
        put(f, 170, mix(both, mix(a.p1->fold, 0)));
        put(f, 171, mix(both, mix(a.n1->fold, 0)));
    }
    put(f, 172, mix(mix(v.kind, v.share), p));
    put(f, 173, mix(mix(v.kind, v.share), n));
    put(f, 174, mix(mix(own, n), p));
    return f->n;
}

/* What the tagger looks at.
 *
 * A feature is a template, known by its number, and a value; both are hashed into 32 bits and
 * nothing else is kept.  Templates: the token and two on either side, as words, shapes, affixes,
 * classes and by the lists that hold them; the run of capitals around it ("Ministry of Justice"),
 * whose first and last words and whose surroundings say more than what stands next; and, in the
 * second reading, what the first made of the token, its neighbours and the same word elsewhere.
 *
 * Features come in groups that look at the same things: the word before, say, with the shape of
 * the token.  Such a thing comes again and again in news, so what all features of a group add up
 * to is worth keeping (tagger.c), and for most groups of most tokens no feature is ever made.
 *
 * A number, once given, keeps its meaning: the weights know templates by it. */
#include "core/clusters.h"
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
static const struct tag_token edge = {
    .form = 1, .fold = 1, .shape = SHAPE_MARK, .mark = 2, .head = 1, .tail = 1};

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
    bool two = loose && b >= 3 && !(v[b - 2].flags & TOKEN_LINE) && is_small(&v[b - 1]) &&
               is_small(&v[b - 2]);
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
    bool two = loose && e + 2 < n && !(v[e + 2].flags & TOKEN_LINE) && is_small(&v[e]) &&
               is_small(&v[e + 1]);
    return two && tag_is_capital(&v[e + 2]) ? 3 : 0;
}

static struct run run_of(const struct tag_window *w, size_t i, bool loose)
{
    struct run r = {i, i + 1};
    size_t step;
    for (int k = 0; k < RUN_STEPS && (step = back_from(w->tokens.v, r.begin, loose)) > 0; k++)
        r.begin -= step;
    for (int k = 0; k < RUN_STEPS && (step = on_from(w->tokens.v, w->tokens.n, r.end, loose)) > 0;
         k++)
        r.end += step;
    return r;
}

/* ---- both readings ---- */

enum group {
    GROUP_OWN,        /* the token */
    GROUP_LEFT,       /* the one before, and so on */
    GROUP_RIGHT,
    GROUP_LEFT2,
    GROUP_RIGHT2,
    GROUP_SHAPES,
    GROUP_RUN_LAST,   /* of the run of capitals: its last word, and so on */
    GROUP_RUN_FIRST,
    GROUP_RUN_BEFORE,
    GROUP_RUN_AFTER,
    GROUP_PAIRS,      /* two words and more at once, which hardly ever come again */
    GROUP_VOTES,
    GROUP_VOTED_WORDS,
};

static uint64_t word_id(const struct tag_token *t)
{
    return (uint64_t)t->form << 32 | t->fold;
}

static void add_group(struct tag_groups *g, enum group group, uint64_t a, uint64_t b, uint32_t with)
{
    uint64_t h = (a * 0x9e3779b97f4a7c15u ^ b) * 0xc2b2ae3d27d4eb4fu;
    h = (h ^ h >> 32 ^ ((uint64_t)with << 8 | group)) * 0x9e3779b97f4a7c15u;
    g->group[g->n] = group;
    g->key[g->n++] = (h ^ h >> 29) | 1;
}

static void add_group_once(struct tag_groups *g, enum group group)
{
    g->group[g->n] = group;
    g->key[g->n++] = 0;
}

static void look_around(struct tag_groups *g, const struct tag_window *w, size_t i)
{
    const struct tag_word *word = &w->words.v[w->word_of.v[i]];
    *g = (struct tag_groups){.t = &w->tokens.v[i],
                             .p1 = before_of(w, i, 1),
                             .p2 = before_of(w, i, 2),
                             .n1 = after_of(w, i, 1),
                             .n2 = after_of(w, i, 2)};
    g->shape = shape_of(g->t);
    g->style = g->t->line * 2u + ((g->t->flags & TOKEN_SENTENCE) != 0);
    g->glue = (g->t->flags & TOKEN_GLUED) | (g->n1->flags & TOKEN_GLUED) << 1;
    g->seen = (word->lower > 0) | (word->middle > 1) << 1;
}

static void add_run(struct tag_groups *g, const struct tag_window *w, size_t i)
{
    struct run r = run_of(w, i, false), loose = run_of(w, i, true);
    const struct tag_token *v = w->tokens.v;
    uint32_t n = (uint32_t)(r.end - r.begin);
    g->first = &v[r.begin], g->last = &v[r.end - 1];
    g->before = before_of(w, r.begin, 1), g->before2 = before_of(w, r.begin, 2);
    g->after = after_of(w, r.end - 1, 1), g->after2 = after_of(w, r.end - 1, 2);
    g->where = (i == r.begin) | (i + 1 == r.end) << 1;
    g->run = n > 5 ? 5 : n;
    g->loose_first = &v[loose.begin], g->loose_last = &v[loose.end - 1];
    if (n == 1) /* then the run is the token, and all is said */
        return;
    add_group(g, GROUP_RUN_LAST, word_id(g->last), 0, g->where);
    add_group(g, GROUP_RUN_FIRST, word_id(g->first), 0, g->where);
    add_group(g, GROUP_RUN_BEFORE, word_id(g->before), 0, g->where);
    add_group(g, GROUP_RUN_AFTER, word_id(g->after), 0, g->where);
}

void tag_groups_first(struct tag_groups *g, const struct tag_window *w, size_t i)
{
    look_around(g, w, i);
    uint32_t s = g->shape, p = shape_of(g->p1), n = shape_of(g->n1);
    uint64_t shapes = (uint64_t)s << 8 | (uint64_t)p << 16 | (uint64_t)n << 24 |
                      (uint64_t)shape_of(g->p2) << 32 | (uint64_t)shape_of(g->n2) << 40;
    add_group(g, GROUP_OWN, word_id(g->t), 0, g->style << 8 | g->glue);
    add_group(g, GROUP_LEFT, word_id(g->p1), 0, s << 8 | g->style);
    add_group(g, GROUP_RIGHT, word_id(g->n1), 0, s << 8 | g->style);
    add_group(g, GROUP_LEFT2, word_id(g->p2), 0, s);
    add_group(g, GROUP_RIGHT2, word_id(g->n2), 0, s);
    add_group(g, GROUP_SHAPES, shapes, 0, g->style << 16 | g->glue << 8 | g->seen);
    if (tag_is_capital(g->t))
        add_run(g, w, i);
    add_group_once(g, GROUP_PAIRS);
}

static void put_kinds(struct features *f, uint32_t template, unsigned kinds, uint32_t with)
{
    for (unsigned k = 0; kinds >> k; k++)
        if (kinds >> k & 1)
            put(f, template, mix(k + 1, with));
}

/* Under two templates that follow each other: the fine and the coarse class. */
static void put_class(struct features *f, uint32_t template, const struct tag_token *t,
                      uint32_t with)
{
    put(f, template, mix(t->cluster[0], with));
    put(f, template + 1, mix(t->cluster[1], with));
}

/* The classes of a capitalised word as if it were written small, which tells a verb that opens a
 * sentence or stands in a headline: for a plain word the fold is the form of the small one. */
static void put_small_class(struct features *f, uint32_t template, const struct tag_token *t,
                            uint32_t with)
{
    struct word_class c = tag_is_capital(t) ? clusters_find(t->fold) : (struct word_class){0, 0};
    if (c.fine == 0)
        return;
    put(f, template, mix(c.fine, with));
    put(f, template + 1, mix(c.coarse, with));
}

static void put_own(struct features *f, const struct tag_groups *g)
{
    const struct tag_token *t = g->t;
    unsigned kinds = t->single;
    put(f, 1, 0);
    put(f, 2, t->fold);
    put(f, 3, t->form);
    put(f, 13, mix(g->shape, g->style));
    put(f, 18, mix(t->head, 1));
    put(f, 19, mix(t->tail, g->shape));
    put(f, 20, mix(t->tail2, g->shape));
    put(f, 21, mix(t->head2, g->shape));
    put_kinds(f, 30, kinds, g->shape);
    put(f, 33, mix(kinds, g->shape));
    put_class(f, 70, t, g->shape);
    put(f, 101, mix(g->glue, t->fold));
    put_small_class(f, 180, t, g->style);
}

static void put_side(struct features *f, const struct tag_groups *g, const struct tag_token *side,
                     uint32_t left)
{
    uint32_t s = g->shape;
    put(f, 5 - left, side->fold);
    put(f, 23 - left, mix(mix(side->fold, s), g->style));
    put(f, 25 - left, mix(side->tail, s));
    put(f, 37 - left, mix(side->single, s));
    put_class(f, 74 - 2 * left, side, s);
    put_small_class(f, 184 - 2 * left, side, mix(s, g->style));
    if (left)
        put(f, 14, mix(mix(shape_of(side), s), g->style & 1));
    else
        put(f, 15, mix(s, shape_of(side)));
}

static void put_shapes(struct features *f, const struct tag_groups *g)
{
    uint32_t s = g->shape, p = shape_of(g->p1), n = shape_of(g->n1), p2 = shape_of(g->p2);
    put(f, 16, mix(mix(p, s), n));
    put(f, 17, mix(mix(mix(p2, p), s), mix(n, shape_of(g->n2))));
    put(f, 40, mix(mix(g->seen, s), g->style));
    put(f, 100, mix(mix(g->glue, s), mix(p, n)));
    put(f, 102, mix(mix(g->glue, mix(p, p2)), mix(s, n)));
}

/* What only a capital is worth asking about. */
static void put_capital_pairs(struct features *f, const struct tag_groups *g)
{
    const struct tag_token *t = g->t, *p = g->p1, *n = g->n1;
    uint32_t s = g->shape;
    put(f, 11, mix(mix(g->p2->fold, p->fold), s));
    put(f, 12, mix(mix(n->fold, g->n2->fold), s));
    put(f, 34, mix(mix(p->single, t->single), s));
    put(f, 35, mix(mix(t->single, n->single), s));
    put(f, 38, mix(mix(p->fold, t->single), s));
    put(f, 39, mix(mix(n->fold, t->single), s));
    put(f, 80, mix(mix(p->cluster[0], t->cluster[0]), s));
    put(f, 82, mix(mix(n->cluster[0], t->cluster[0]), s));
    put(f, 84, mix(mix(p->cluster[0], n->cluster[0]), s));
    put(f, 47, mix(mix(g->run, g->where), s));
    if (g->first != g->last) {
        put(f, 48, mix(mix(g->before->fold, g->before2->fold), g->where));
        put(f, 49, mix(mix(g->after->fold, g->after2->fold), g->where));
        put(f, 50, mix(mix(g->before->fold, g->after->fold), g->where));
    }
    if (g->loose_last != g->last || g->loose_first != g->first) {
        put(f, 45, mix(g->loose_last->fold, t == g->loose_first));
        put(f, 46, mix(g->loose_first->fold, t == g->loose_first));
    }
    if (g->loose_last != g->last)
        put(f, 54, g->loose_last->fold);
}

static void put_pairs(struct features *f, const struct tag_groups *g)
{
    put(f, 8, mix(g->p1->fold, g->t->fold));
    put(f, 9, mix(g->t->fold, g->n1->fold));
    put(f, 10, mix(g->p1->fold, g->n1->fold));
    put_kinds(f, 31, g->t->begins, 0);
    put_kinds(f, 32, g->t->inside, g->n1->inside);
    if (g->last)
        put_capital_pairs(f, g);
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

void tag_groups_second(struct tag_groups *g, const struct tag_window *w, size_t i)
{
    look_around(g, w, i);
    struct tag_voted *v = &g->voted;
    v->own = w->labels.v[i];
    v->before = i ? w->labels.v[i - 1] : 0;
    v->after = i + 1 < w->tokens.n ? w->labels.v[i + 1] : 0;
    v->left = (uint8_t)neighbour_votes(w, i - 1, g->p1);
    v->right = (uint8_t)neighbour_votes(w, i + 1, g->n1);
    if (tag_is_capital(g->t)) {
        struct votes all = votes_of(w, i, false), inside = votes_of(w, i, true);
        v->kind = (uint8_t)all.kind, v->share = (uint8_t)all.share;
        v->kind_inside = (uint8_t)inside.kind, v->share_inside = (uint8_t)inside.share;
    }
    uint64_t labels = v->own | (uint64_t)v->before << 8 | (uint64_t)v->after << 16 |
                      (uint64_t)v->left << 24 | (uint64_t)v->right << 32;
    uint64_t votes = v->kind | (uint64_t)v->share << 8 | (uint64_t)v->kind_inside << 16 |
                     (uint64_t)v->share_inside << 24;
    add_group(g, GROUP_VOTES, labels, votes, g->shape << 8 | g->style);
    add_group_once(g, GROUP_VOTED_WORDS);
}

static void put_votes(struct features *f, const struct tag_groups *g)
{
    const struct tag_voted *v = &g->voted;
    uint32_t own = v->own, both = mix(v->kind, v->kind_inside), sure = mix(v->kind, v->share);
    put(f, 60, mix(own, g->shape));
    put(f, 65, mix(own, mix(v->before, v->after)));
    put(f, 172, mix(sure, v->left));
    put(f, 173, mix(sure, v->right));
    put(f, 174, mix(mix(own, v->right), v->left));
    if (!tag_is_capital(g->t))
        return;
    put(f, 61, mix(own, v->kind));
    put(f, 62, mix(mix(own, v->kind), v->share));
    put(f, 63, mix(mix(own, v->kind_inside), v->share_inside));
    put(f, 64, mix(sure, g->style));
    put(f, 68, mix(both, mix(own, g->style)));
}

static void put_voted_words(struct features *f, const struct tag_groups *g)
{
    const struct tag_voted *v = &g->voted;
    uint32_t both = mix(v->kind, v->kind_inside);
    put(f, 66, mix(v->own, mix(v->before, g->t->fold)));
    put(f, 67, mix(v->own, mix(v->after, g->t->fold)));
    if (!tag_is_capital(g->t))
        return;
    put(f, 69, mix(both, mix(g->shape, g->t->single)));
    put(f, 170, mix(both, mix(g->p1->fold, 0)));
    put(f, 171, mix(both, mix(g->n1->fold, 0)));
}

/* ---- by group ---- */

/* A word at an end of the run of capitals, with the templates of the end. */
static void put_run_end(struct features *f, const struct tag_groups *g, const struct tag_token *t,
                        uint32_t last)
{
    put(f, 42 - last, mix(t->fold, g->where));
    put_kinds(f, 51 + last, t->single, g->where);
    put_class(f, 92 - 2 * last, t, g->where);
    if (last)
        put(f, 53, mix(t->tail, g->where));
}

static void put_run_side(struct features *f, const struct tag_groups *g, const struct tag_token *t,
                         uint32_t after)
{
    put(f, 43 + after, mix(t->fold, g->where));
    put_class(f, 94 + 2 * after, t, g->where);
}

size_t tag_group_features(const struct tag_groups *g, size_t k, uint32_t *out)
{
    struct features f = {.out = out};
    switch ((enum group)g->group[k]) {
    case GROUP_OWN: put_own(&f, g); break;
    case GROUP_LEFT: put_side(&f, g, g->p1, 1); break;
    case GROUP_RIGHT: put_side(&f, g, g->n1, 0); break;
    case GROUP_LEFT2: put(&f, 6, g->p2->fold), put_class(&f, 76, g->p2, g->shape); break;
    case GROUP_RIGHT2: put(&f, 7, g->n2->fold), put_class(&f, 78, g->n2, g->shape); break;
    case GROUP_SHAPES: put_shapes(&f, g); break;
    case GROUP_RUN_LAST: put_run_end(&f, g, g->last, 1); break;
    case GROUP_RUN_FIRST: put_run_end(&f, g, g->first, 0); break;
    case GROUP_RUN_BEFORE: put_run_side(&f, g, g->before, 0); break;
    case GROUP_RUN_AFTER: put_run_side(&f, g, g->after, 1); break;
    case GROUP_PAIRS: put_pairs(&f, g); break;
    case GROUP_VOTES: put_votes(&f, g); break;
    case GROUP_VOTED_WORDS: put_voted_words(&f, g); break;
    }
    return f.n;
}

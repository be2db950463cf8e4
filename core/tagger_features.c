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

static const struct tag_token edge = {.form = 1, .fold = 1, .shape = SHAPE_MARK, .mark = 2, .head=1,.tail=1};

static bool caps(const struct tag_token *t)
{
    return t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER || t->shape == SHAPE_INITIAL ||
           t->shape == SHAPE_MIXED || t->shape == SHAPE_DOTTED || t->shape == SHAPE_ALNUM;
}

static const struct tag_token *at(const struct tag_window *w, size_t i, int d)
{
    const struct tag_token *v = w->tokens.v;
    if (d < 0)
        for (int k = 0; k > d; k--) {
            if (i == 0 || (v[i].flags & TOKEN_LINE))
                return &edge;
            i--;
        }
    for (int k = 0; k < d; k++) {
        i++;
        if (i >= w->tokens.n || (v[i].flags & TOKEN_LINE))
            return &edge;
    }
    return &v[i];
}

static uint32_t shape_of(const struct tag_token *t)
{
    return t->shape == SHAPE_MARK ? 64u + t->mark : t->shape;
}

/* The run of capitals that holds token i: `joined` lets "of", "and", "for", "de" join. */
static void run_of(const struct tag_window *w, size_t i, bool joined, size_t *from, size_t *to)
{
    const struct tag_token *v = w->tokens.v;
    size_t b = i, e = i + 1;
    for (int k = 0; k < 12; k++) {
        if (b == 0 || (v[b].flags & TOKEN_LINE)) break;
        const struct tag_token *p = &v[b - 1];
        if (caps(p)) { b--; continue; }
        if (b >= 2 && !(p->flags & TOKEN_LINE) && caps(&v[b - 2]) &&
            (p->mark == '-' || p->mark == '&' || p->mark == '\'' || (p->mark == '.' && v[b - 2].end - v[b - 2].begin < 4)|| (joined && p->shape == SHAPE_LOWER && p->end - p->begin <= 3))) { b -= 2; continue; }
        if (joined && b >= 3 && p->shape == SHAPE_LOWER && p->end - p->begin <= 3 && !(p->flags & TOKEN_LINE)&& !(v[b-2].flags & TOKEN_LINE) && v[b-2].shape == SHAPE_LOWER && v[b-2].end - v[b-2].begin <= 3 && caps(&v[b - 3])) { b -= 3; continue; }
        break;
    }
    for (int k = 0; k < 12; k++) {
        if (e >= w->tokens.n || (v[e].flags & TOKEN_LINE)) break;
        const struct tag_token *p = &v[e];
        if (caps(p)) { e++; continue; }
        if (e + 1 < w->tokens.n && !(v[e + 1].flags & TOKEN_LINE) && caps(&v[e + 1]) &&
            (p->mark == '-' || p->mark == '&' || p->mark == '\'' || (p->mark == '.' && v[e - 1].end - v[e - 1].begin < 4)|| (joined && p->shape == SHAPE_LOWER && p->end - p->begin <= 3))) { e += 2; continue; }
        if (joined && e + 2 < w->tokens.n && !(v[e + 2].flags & TOKEN_LINE) && p->shape == SHAPE_LOWER && p->end - p->begin <= 3 && v[e+1].shape == SHAPE_LOWER && v[e+1].end - v[e+1].begin <= 3 && caps(&v[e + 2])) { e += 3; continue; }
        break;
    }
    *from = b, *to = e;
}

static void kinds(struct features *f, uint32_t template, unsigned bits, uint32_t with)
{
    if (!bits) return;
    for (unsigned k = 0; k < GAZETTEER_KINDS; k++)
        if (bits >> k & 1)
            put(f, template, mix(k + 1, with));
}

static unsigned majority(const struct tag_window *w, size_t i, bool inner, unsigned *share)
{
    const struct tag_word *word = &w->words.v[w->word_of.v[i]];
    unsigned own = label_kind(w->labels.v[i]), total = 0, best = 0, most = 0;
    bool long_own = own && label_part(w->labels.v[i]) != PART_UNIT;
    for (unsigned k = 0; k < TAG_KINDS; k++) {
        unsigned n = inner ? word->inside[k] - (k == own && long_own) : word->votes[k] - (k == own);
        total += n;
        if (n > most) most = n, best = k;
    }
    *share = total ? most * 4 / total : 0;
    return total ? best + 1 : 0;
}

size_t tag_vote_features(const struct tag_window *w, size_t i, uint32_t out[TAG_FEATURES])
{
    struct features ff = {.out = out}, *f = &ff;
    const struct tag_token *t0 = &w->tokens.v[i], *p1 = at(w, i, -1), *n1 = at(w, i, 1);
    uint32_t s0 = shape_of(t0), style = t0->line * 2u + ((t0->flags & TOKEN_SENTENCE) != 0);
    unsigned share = 0, inshare = 0, ns, ps;
    unsigned own = w->labels.v[i], v = 0, in = 0;
    unsigned before = i ? w->labels.v[i - 1] : 0, after = i + 1 < w->tokens.n ? w->labels.v[i + 1] : 0;
    put(f, 60, mix(own, s0));
    put(f, 65, mix(own, mix(before, after)));
    put(f, 66, mix(own, mix(before, t0->fold)));
    put(f, 67, mix(own, mix(after, t0->fold)));
    unsigned pv = i ? majority(w, i - 1, false, &ps) : 0, nv = i + 1 < w->tokens.n ? majority(w, i + 1, false, &ns) : 0;
    if (caps(t0)) {
        v = majority(w, i, false, &share);
        in = majority(w, i, true, &inshare);
        put(f, 61, mix(own, v));
        put(f, 62, mix(mix(own, v), share));
        put(f, 63, mix(mix(own, in), inshare));
        put(f, 64, mix(mix(v, share), style));
        put(f, 68, mix(mix(v, in), mix(own, style)));
        put(f, 69, mix(mix(v, in), mix(s0, t0->single)));
        put(f, 170, mix(mix(v, in), mix(p1->fold, 0)));
        put(f, 171, mix(mix(v, in), mix(n1->fold, 0)));
    }
    put(f, 172, mix(mix(v, share), caps(p1) ? pv : 7));
    put(f, 173, mix(mix(v, share), caps(n1) ? nv : 7));
    put(f, 174, mix(mix(own, caps(n1) ? nv : 7), caps(p1) ? pv : 7));
    return f->n;
}

size_t tag_features(const struct tag_window *w, size_t i, uint32_t out[TAG_FEATURES])
{
    struct features ff = {.out = out}, *f = &ff;
    const struct tag_token *t0 = &w->tokens.v[i], *p1 = at(w, i, -1), *p2 = at(w, i, -2),
                           *n1 = at(w, i, 1), *n2 = at(w, i, 2);
    uint32_t s0 = shape_of(t0), sp = shape_of(p1), sn = shape_of(n1);
    uint32_t start = (t0->flags & TOKEN_SENTENCE) != 0;
    uint32_t style = t0->line * 2u + start;
    put(f, 1, 0);
    put(f, 2, t0->fold);
    put(f, 3, t0->form);
    put(f, 4, p1->fold);
    put(f, 5, n1->fold);
    put(f, 6, p2->fold);
    put(f, 7, n2->fold);
    put(f, 8, mix(p1->fold, t0->fold));
    put(f, 9, mix(t0->fold, n1->fold));
    put(f, 10, mix(p1->fold, n1->fold));
    put(f, 11, mix(mix(p2->fold, p1->fold), s0));
    put(f, 12, mix(mix(n1->fold, n2->fold), s0));
    put(f, 13, mix(s0, style));
    put(f, 14, mix(mix(sp, s0), start));
    put(f, 15, mix(s0, sn));
    put(f, 16, mix(mix(sp, s0), sn));
    put(f, 17, mix(mix(mix(shape_of(p2), sp), s0), mix(sn, shape_of(n2))));
    uint32_t glue = (t0->flags & TOKEN_GLUED) | (n1->flags & TOKEN_GLUED) << 1;
    put(f, 100, mix(mix(glue, s0), mix(sp, sn)));
    put(f, 101, mix(mix(glue, t0->fold), 0));
    put(f, 102, mix(mix(glue, mix(sp, shape_of(p2))), mix(s0, sn)));
    put(f, 18, mix(t0->head, 1));
    put(f, 19, mix(t0->tail, s0));
    put(f, 20, mix(t0->tail2, s0));
    put(f, 21, mix(t0->head2, s0));
    put(f, 22, mix(mix(p1->fold, s0), style));
    put(f, 23, mix(mix(n1->fold, s0), style));
    put(f, 24, mix(p1->tail, s0));
    put(f, 25, mix(n1->tail, s0));
    kinds(f, 30, t0->single, s0);
    kinds(f, 31, t0->begins, 0);
    kinds(f, 32, t0->inside, n1->inside);
    put(f, 33, mix(t0->single, mix(t0->begins, t0->inside)));
    put(f, 34, mix(mix(p1->single, t0->single), s0));
    put(f, 35, mix(mix(t0->single, n1->single), s0));
    put(f, 36, mix(p1->single | p1->inside | p1->begins, s0));
    put(f, 37, mix(n1->single | n1->inside | n1->begins, s0));
    put(f, 38, mix(mix(p1->fold, t0->single), s0));
    put(f, 39, mix(mix(n1->fold, t0->single), s0));
    for (uint32_t k = 0; k < 2; k++) {
        put(f, 70 + k, mix(t0->cluster[k], s0));
        put(f, 72 + k, mix(p1->cluster[k], s0));
        put(f, 74 + k, mix(n1->cluster[k], s0));
        put(f, 76 + k, mix(p2->cluster[k], s0));
        put(f, 78 + k, mix(n2->cluster[k], s0));
        put(f, 80 + k, mix(mix(p1->cluster[k], t0->cluster[k]), s0));
        put(f, 82 + k, mix(mix(n1->cluster[k], t0->cluster[k]), s0));
        put(f, 84 + k, mix(mix(p1->cluster[k], n1->cluster[k]), s0));
    }
    const struct tag_word *word = &w->words.v[w->word_of.v[i]];
    uint32_t seen = (word->lower > 0) | (word->middle > 1) << 1;
    put(f, 40, mix(mix(seen, s0), style));
    if (caps(t0)) {
        size_t b, e, jb, je;
        run_of(w, i, false, &b, &e);
        run_of(w, i, true, &jb, &je);
        const struct tag_token *v = w->tokens.v;
        uint32_t where = (i == b) | (i + 1 == e) << 1;
        const struct tag_token *before = at(w, b, -1), *after = at(w, e - 1, 1);
        put(f, 41, mix(v[e - 1].fold, where));
        put(f, 42, mix(v[b].fold, where));
        put(f, 43, mix(before->fold, where));
        put(f, 44, mix(after->fold, where));
        put(f, 45, mix(v[je - 1].fold, i == jb));
        put(f, 46, mix(v[jb].fold, i == jb));
        put(f, 47, mix(mix((uint32_t)(e - b > 5 ? 5 : e - b), where), s0));
        put(f, 48, mix(mix(before->fold, at(w, b, -2)->fold), where));
        put(f, 49, mix(mix(after->fold, at(w, e - 1, 2)->fold), where));
        put(f, 50, mix(mix(before->fold, after->fold), where));
        kinds(f, 51, v[b].single, where);
        kinds(f, 52, v[e - 1].single, where);
        put(f, 53, mix(v[e - 1].tail, where));
        for (uint32_t k = 0; k < 2; k++) {
            put(f, 90 + k, mix(v[e - 1].cluster[k], where));
            put(f, 92 + k, mix(v[b].cluster[k], where));
            put(f, 94 + k, mix(before->cluster[k], where));
            put(f, 96 + k, mix(after->cluster[k], where));
        }
        if (je != e) put(f, 54, mix(v[je - 1].fold, 0));
    }
    return f->n;
}

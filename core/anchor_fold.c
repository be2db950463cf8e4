/* Folding for comparison: one character in, one out, so that a place in the folded text is a place
 * in the text.  Case stays: "May" and "may" are different words. */
#include "core/anchor_fold.h"

#include "core/arena.h"
#include "core/text.h"

#define BRACKET_CHARS 20  /* of each context that must stand there */
#define BRACKET_LEAST 12  /* a context shorter than this brackets nothing */
#define BRACKETS_MAX  256 /* places of the context before that are looked behind */
#define NEAR_WORDS_MAX 256
#define NEAR_SLOTS 1024

static uint32_t fold_char(uint32_t c)
{
    switch (c) {
    case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x02bc: case 0x2032: case '`':
        return '\'';
    case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x00ab: case 0x00bb: case 0x2033:
        return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212:
        return '-';
    default:
        return c;
    }
}

uint32_t fold_on(struct str s, size_t *at)
{
    if (*at >= s.n)
        return FOLD_END;
    const char *next;
    uint32_t c = utf8_decode(s.p + *at, &next);
    *at = (size_t)(next - s.p);
    if (!char_is_blank(c))
        return fold_char(c);
    while (*at < s.n && char_is_blank(utf8_decode(s.p + *at, &next)))
        *at = (size_t)(next - s.p);
    return ' ';
}

uint32_t fold_back(struct str s, size_t *at)
{
    if (*at == 0)
        return FOLD_END;
    const char *before;
    uint32_t c = utf8_decode_before(s.p + *at, &before);
    *at = (size_t)(before - s.p);
    if (!char_is_blank(c))
        return fold_char(c);
    while (*at > 0 && char_is_blank(utf8_decode_before(s.p + *at, &before)))
        *at = (size_t)(before - s.p);
    return ' ';
}

struct folded folded_make(struct str text)
{
    struct folded f = {0};
    if (text.n == 0 || text.n > FOLDED_BYTES_MAX)
        return f;
    f.v = mem_alloc(text.n * sizeof *f.v);
    f.at = mem_alloc(text.n * sizeof *f.at);
    for (size_t i = 0; i < text.n;) {
        uint32_t begin = (uint32_t)i, c = fold_on(text, &i);
        if (c == ' ' && (f.n == 0 || i >= text.n))
            continue;
        f.v[f.n] = c;
        f.at[f.n++] = begin;
    }
    return f;
}

void folded_free(struct folded *f)
{
    free(f->v);
    free(f->at);
    *f = (struct folded){0};
}

size_t folded_find(const struct folded *f, size_t from, const uint32_t *v, size_t n)
{
    if (n == 0 || f->n < n || from > f->n - n)
        return SIZE_MAX;
    uint32_t *border = mem_alloc(n * sizeof *border);
    border[0] = 0;
    for (size_t i = 1, k = 0; i < n; border[i++] = (uint32_t)k) {
        while (k && v[i] != v[k])
            k = border[k - 1];
        k += v[i] == v[k];
    }
    size_t hit = SIZE_MAX;
    for (size_t i = from, k = 0; i < f->n && hit == SIZE_MAX; i++) {
        while (k && f->v[i] != v[k])
            k = border[k - 1];
        k += f->v[i] == v[k];
        if (k == n)
            hit = i + 1 - n;
    }
    free(border);
    return hit;
}

size_t folded_end(const struct folded *f, size_t i, struct str text)
{
    const char *next;
    if (i == 0)
        return 0;
    if (f->v[i - 1] == ' ') /* all of the run */
        return i < f->n ? f->at[i] : text.n;
    utf8_decode(text.p + f->at[i - 1], &next);
    return (size_t)(next - text.p);
}

/* ---- between the contexts ---- */

bool folded_between(const struct folded *f, struct str before, struct str after, size_t bytes,
                    struct str text, struct span *out)
{
    struct folded b = folded_make(before), a = folded_make(after);
    size_t nb = b.n < BRACKET_CHARS ? b.n : BRACKET_CHARS,
           na = a.n < BRACKET_CHARS ? a.n : BRACKET_CHARS;
    size_t reach = bytes * 2 + 200, places = 0;
    struct span at = {0, 0};
    bool could = nb >= BRACKET_LEAST && na >= BRACKET_LEAST;
    for (size_t i = 0, tries = 0; could && places < 2 && tries < BRACKETS_MAX; tries++) {
        size_t open = folded_find(f, i, b.v + b.n - nb, nb), inside = open + nb;
        if (open == SIZE_MAX)
            break;
        i = open + 1;
        struct folded part = {f->v, f->at, inside + reach + na < f->n ? inside + reach + na : f->n};
        size_t close = folded_find(&part, inside, a.v, na);
        if (close == SIZE_MAX)
            continue;
        while (inside < close && f->v[inside] == ' ')
            inside++;
        while (close > inside && f->v[close - 1] == ' ')
            close--;
        if (inside < close)
            at = span_of(f->at[inside], folded_end(f, close, text));
        places++;
    }
    folded_free(&a);
    folded_free(&b);
    *out = at;
    return places == 1 && !span_is_empty(at);
}

/* ---- the stretch that shares most words ---- */

/* The words looked for, as a bag: how often each is wanted, and how many of it are in the
 * window. */
struct bag {
    struct slot {
        uint64_t hash;
        uint32_t wanted, have;
    } v[NEAR_SLOTS];
    uint32_t words;
};

static uint64_t hash_term(struct str t)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < t.n; i++)
        h = (h ^ (unsigned char)t.p[i]) * 1099511628211u;
    return h ? h : 1;
}

static struct slot *bag_find(struct bag *b, uint64_t hash)
{
    size_t i = hash % NEAR_SLOTS;
    while (b->v[i].hash && b->v[i].hash != hash)
        i = (i + 1) % NEAR_SLOTS;
    return &b->v[i];
}

static void bag_fill(struct bag *b, struct str words)
{
    struct token t;
    char term[TERM_BYTES_MAX];
    for (size_t at = 0; b->words < NEAR_WORDS_MAX && token_next(words, &at, &t); b->words++) {
        uint64_t hash = hash_term(token_term(words, t, term));
        struct slot *s = bag_find(b, hash);
        s->hash = hash;
        s->wanted++;
    }
}

struct window {
    struct { struct span at; struct slot *slot; } ring[NEAR_WORDS_MAX];
    uint32_t n, next, shared;
    uint32_t best, second;
    struct span best_at;
};

static void window_add(struct window *w, uint32_t size, struct span at, struct slot *s)
{
    if (w->n == size) {
        struct slot *old = w->ring[w->next].slot;
        if (old->wanted && old->have-- <= old->wanted)
            w->shared--;
    } else {
        w->n++;
    }
    w->ring[w->next].at = at;
    w->ring[w->next].slot = s;
    w->next = (w->next + 1) % size;
    if (s->wanted && ++s->have <= s->wanted)
        w->shared++;
}

/* From the first to the last word of the window that was looked for. */
static struct span window_span(const struct window *w, uint32_t size)
{
    struct span out = {0, 0};
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t k = (w->next + size - w->n + i) % size;
        if (!w->ring[k].slot->wanted)
            continue;
        if (out.end == 0)
            out.begin = w->ring[k].at.begin;
        out.end = w->ring[k].at.end;
    }
    return out;
}

static void window_look(struct window *w, uint32_t size)
{
    if (w->shared <= w->best && w->shared <= w->second)
        return;
    struct span at = window_span(w, size);
    bool apart = !span_touches(at, w->best_at);
    if (w->shared > w->best) {
        if (apart && w->best)
            w->second = w->best;
        w->best = w->shared;
        w->best_at = at;
    } else if (apart) {
        w->second = w->shared;
    }
}

bool words_near(struct str words, struct str text, struct span *out)
{
    struct bag bag = {.words = 0};
    struct window w = {.n = 0};
    struct token t;
    char term[TERM_BYTES_MAX];
    bag_fill(&bag, words);
    if (bag.words < 4)
        return false;
    for (size_t at = 0; token_next(text, &at, &t);) {
        struct slot *s = bag_find(&bag, hash_term(token_term(text, t, term)));
        window_add(&w, bag.words, t.at, s);
        window_look(&w, bag.words);
    }
    if (w.best * 10 < bag.words * 6 || w.best < w.second + 1 + bag.words / 8)
        return false;
    *out = w.best_at;
    return true;
}

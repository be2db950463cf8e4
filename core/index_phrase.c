/* Phrases: where words stand one after another.
 *
 * In each part the words' lists are put in order of length.  The shortest leads: each of its
 * positions says where the others would have to be, and a list that is already further says where
 * to go on (leapfrog).  So the work is bounded by the rarest word, and a phrase with a word that
 * a part does not have costs a look in its dictionary.
 *
 * A word cut short ("trial*") becomes a list of its own, made for the query: all lists of terms
 * with that beginning, united through a row of bits.  The terms are found by going through the
 * dictionary: about a millisecond for some hundred thousand, which is less than keeping them
 * sorted would cost at loading. */
#include "core/index_part.h"

#include "core/text.h"

struct word {
    struct postings_cursor c;
    uint32_t offset; /* place in the phrase */
    uint8_t *united; /* the list made for a beginning, or null */
};

struct phrase {
    const struct index *x;
    const struct str *terms;
    struct intern_key *keys;
    struct word *words; /* n_words of them, the rarest first */
    uint32_t n_words;
    uint32_t part, row; /* where the last hit was: part, article in it */
    uint32_t steps;     /* of the lead that are still taken */
    bool is_open;       /* the words stand in lists of this part */
    bool standing;      /* the lead stands on the hit last returned */
    struct hit last;
};

struct phrase *phrase_open(const struct index *x, struct arena *a, const struct str *terms,
                           uint32_t n)
{
    struct phrase *p = arena_new(a, struct phrase);
    *p = (struct phrase){.x = x, .terms = terms, .n_words = n, .steps = UINT32_MAX};
    p->keys = arena_array(a, struct intern_key, n);
    p->words = arena_array(a, struct word, n);
    for (uint32_t i = 0; i < n; i++)
        p->keys[i] = intern_key_of(terms[i]);
    return p;
}

static void leave_part(struct phrase *p)
{
    for (uint32_t i = 0; i < p->n_words; i++) {
        free(p->words[i].united);
        p->words[i].united = NULL;
    }
    p->is_open = p->standing = false;
}

void phrase_limit(struct phrase *p, uint32_t steps)
{
    p->steps = steps;
}

void phrase_close(struct phrase *p)
{
    leave_part(p);
}

/* ---- words cut short ---- */

static void set_bits(const struct index_segment *s, uint32_t term, uint64_t *bits)
{
    struct postings_cursor c;
    for (segment_list(s, term, &c); c.at != POSTINGS_END; postings_next(&c))
        bits[c.at >> 6] |= (uint64_t)1 << (c.at & 63);
}

/* A list of the positions whose bits are set: n of them, at least two. */
static uint8_t *list_of_bits(const uint64_t *bits, uint32_t n, uint32_t universe)
{
    uint8_t *list = mem_zalloc(postings_bytes(n, universe) + POSTINGS_SLACK);
    struct postings_writer w = postings_write(list, n, universe);
    for (uint32_t i = 0; i <= universe / 64; i++)
        for (uint64_t word = bits[i]; word; word &= word - 1)
            postings_put(&w, i * 64 + (uint32_t)__builtin_ctzll(word));
    postings_finish(list, n, universe);
    return list;
}

static bool open_beginning(const struct index_segment *s, struct str head, struct word *w)
{
    uint64_t *bits = NULL;
    uint32_t n = 0, found = 0, only = NO_TERM;
    for (uint32_t t = 0; t < s->n_terms; t++) {
        if (!str_starts(segment_term(s, t), head))
            continue;
        if (found++ == 0) {
            only = t;
        } else {
            if (!bits) {
                bits = mem_zalloc((s->universe / 64 + (size_t)1) * sizeof(*bits));
                set_bits(s, only, bits);
            }
            set_bits(s, t, bits);
        }
        n += s->counts[t];
    }
    if (found == 1) {
        segment_list(s, only, &w->c);
    } else if (found) {
        w->united = list_of_bits(bits, n, s->universe);
        postings_open(&w->c, w->united, n, s->universe, 0);
    }
    free(bits);
    return found;
}

/* ---- the lists of one part ---- */

static bool open_word(const struct phrase *p, const struct index_segment *s, uint32_t i,
                      struct word *w)
{
    struct str term = p->terms[i];
    *w = (struct word){.offset = i};
    if (i + 1 == p->n_words && str_ends(term, STR("*")))
        return open_beginning(s, str_from(term.p, term.n - 1), w);
    uint32_t t = segment_find(s, term, p->keys[i]);
    if (t == NO_TERM)
        return false;
    segment_list(s, t, &w->c);
    return true;
}

/* Opens the words in the part, rarest first; false when one does not occur in it. */
static bool enter_part(struct phrase *p)
{
    const struct index_segment *s = p->x->parts[p->part];
    for (uint32_t i = 0; i < p->n_words; i++) {
        struct word w;
        if (!open_word(p, s, i, &w))
            return false;
        uint32_t at = i;
        for (; at > 0 && p->words[at - 1].c.n > w.c.n; at--)
            p->words[at] = p->words[at - 1];
        p->words[at] = w;
    }
    p->row = 0;
    return p->is_open = p->n_words > 0;
}

/* From where the lead stands to the first place where all words agree. */
static bool agree(struct phrase *p, uint32_t *begin)
{
    struct word *lead = &p->words[0];
    while (lead->c.at != POSTINGS_END && p->steps) {
        p->steps -= p->steps != UINT32_MAX;
        if (lead->c.at < lead->offset) {
            postings_next(&lead->c);
            continue;
        }
        *begin = lead->c.at - lead->offset;
        uint32_t i = 1;
        while (i < p->n_words) {
            struct word *w = &p->words[i];
            uint32_t want = *begin + w->offset;
            postings_seek(&w->c, want);
            if (w->c.at == POSTINGS_END)
                return false;
            if (w->c.at != want)
                break;
            i++;
        }
        if (i == p->n_words)
            return true;
        postings_seek(&lead->c, p->words[i].c.at - p->words[i].offset + lead->offset);
    }
    return false;
}

/* The article of this part that holds the position, at or after the one found before. */
static uint32_t row_of_position(const struct index_segment *s, uint32_t row, uint32_t position)
{
    uint32_t step = 1, next;
    while (row + step < s->n_articles && s->starts[row + step] <= position) {
        row += step;
        step *= 2;
    }
    uint32_t end = s->n_articles - row < step ? s->n_articles : row + step;
    BISECT(next, row + 1, end, s->starts[next] <= position);
    return next - 1;
}

/* The first hit from where the words stand, in this part or one after it. */
static bool find_hit(struct phrase *p, struct hit *out)
{
    for (; p->part < p->x->n_parts; p->part++) {
        uint32_t begin;
        if ((p->is_open || enter_part(p)) && agree(p, &begin)) {
            const struct index_segment *s = p->x->parts[p->part];
            p->row = row_of_position(s, p->row, begin);
            *out = p->last =
                (struct hit){{s->first.v + p->row}, begin - s->starts[p->row], p->n_words};
            return p->standing = true;
        }
        leave_part(p);
    }
    return false;
}

bool phrase_next(struct phrase *p, struct hit *out)
{
    if (p->standing)
        postings_next(&p->words[0].c);
    p->standing = false;
    return find_hit(p, out);
}

/* On to the first hit that begins at or after token `pos` of the article, or later. */
static bool seek_from(struct phrase *p, article_id id, uint32_t pos, struct hit *out)
{
    if (p->standing &&
        (p->last.article.v > id.v || (p->last.article.v == id.v && p->last.pos >= pos))) {
        *out = p->last;
        return true;
    }
    const struct index *x = p->x;
    while (p->part < x->n_parts &&
           x->parts[p->part]->first.v + x->parts[p->part]->n_articles <= id.v) {
        leave_part(p);
        p->part++;
    }
    if (p->part == x->n_parts)
        return false;
    const struct index_segment *s = x->parts[p->part];
    if (id.v >= s->first.v && (p->is_open || enter_part(p)))
        postings_seek(&p->words[0].c, s->starts[id.v - s->first.v] + pos + p->words[0].offset);
    p->standing = false;
    return find_hit(p, out);
}

bool phrase_seek(struct phrase *p, article_id id, struct hit *out)
{
    return seek_from(p, id, 0, out);
}

/* The hit that is behind seeks to where it may be near the other one. */
bool phrase_meet(struct phrase *a, struct phrase *b, article_id id, uint32_t distance,
                 struct hit *x, struct hit *y)
{
    bool more = phrase_seek(a, id, x) && phrase_seek(b, x->article, y);
    while (more) {
        bool same = x->article.v == y->article.v,
             x_first = same ? x->pos < y->pos : x->article.v < y->article.v;
        const struct hit *first = x_first ? x : y, *second = x_first ? y : x;
        if (same && second->pos - first->pos <= distance)
            return true;
        uint32_t from = second->pos > distance ? second->pos - distance : 0;
        more = x_first ? seek_from(a, y->article, from, x) : seek_from(b, x->article, from, y);
    }
    return false;
}

/* ---- from tokens to bytes ---- */

void hit_walk_begin(struct hit_walk *w, const struct article *a)
{
    struct token t;
    *w = (struct hit_walk){.text = a->text, .pos = 1};
    for (size_t at = 0; !a->title_in_text && token_next(a->title, &at, &t);)
        w->pos++;
}

bool hit_walk_span(struct hit_walk *w, const struct hit *h, struct span *out)
{
    struct token t;
    if (h->pos < w->pos || h->n_tokens == 0)
        return false;
    for (; w->pos < h->pos; w->pos++)
        if (!token_next(w->text, &w->at, &t))
            return false;
    size_t at = w->at; /* the next hit may begin before this one ends */
    if (!token_next(w->text, &at, &t))
        return false;
    *out = t.at;
    for (uint32_t i = 1; i < h->n_tokens; i++) {
        if (!token_next(w->text, &at, &t))
            return false;
        out->end = t.at.end;
    }
    return true;
}

bool hit_span(const struct article *a, const struct hit *h, struct span *out)
{
    struct hit_walk w;
    hit_walk_begin(&w, a);
    return hit_walk_span(&w, h, out);
}

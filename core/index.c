/* What an index is made of, and how a term is found in it.
 *
 * A part (struct index_segment) is columns, not objects: of a hundred thousand articles there are
 * a few hundred thousand terms, half of them with one occurrence, and a part costs about a third
 * of its text.  An index is a row of parts.  One part would answer a little sooner than four, but
 * merging everything at the end would hold both copies at once and leave the other processor
 * idle; so parts stop growing at INDEX_PART_TOKENS. */
#include "core/index_part.h"

uint32_t segment_find(const struct index_segment *s, struct str term, struct intern_key k)
{
    if (!s->slots)
        return NO_TERM;
    uint32_t mask = (uint32_t)(((uint64_t)1 << s->log2_slots) - 1);
    for (uint32_t at = intern_home(k.hash, s->log2_slots); s->slots[at]; at = (at + 1) & mask)
        if (str_eq(segment_term(s, s->slots[at] - 1), term))
            return s->slots[at] - 1;
    return NO_TERM;
}

/* ---- making the columns ---- */

void lists_begin(struct index_segment *s)
{
    s->lists = mem_alloc(s->n_terms * sizeof(*s->lists));
    size_t bytes = 0;
    for (uint32_t i = 0; i < s->n_terms; i++) {
        s->lists[i] = (uint32_t)bytes;
        if (s->counts[i] > 1)
            bytes += postings_bytes(s->counts[i], s->universe);
    }
    s->data_bytes = bytes + POSTINGS_SLACK;
    s->data = mem_zalloc(s->data_bytes);
}

void lists_finish(struct index_segment *s)
{
    for (uint32_t i = 0; i < s->n_terms; i++)
        if (s->counts[i] > 1)
            postings_finish(s->data + s->lists[i], s->counts[i], s->universe);
}

static void make_slots(struct index_segment *s, const struct intern *t)
{
    s->log2_slots = 1;
    while (((uint64_t)SLOTS_FULL_PERCENT << s->log2_slots) < (uint64_t)s->n_terms * 100)
        s->log2_slots++;
    s->slots = mem_zalloc(sizeof(*s->slots) << s->log2_slots);
    uint32_t mask = (uint32_t)(((uint64_t)1 << s->log2_slots) - 1);
    for (size_t i = 0; t->slots && i < (size_t)1 << t->log2_slots; i++) {
        const struct intern_slot *from = &t->slots[i];
        if (!from->id_1)
            continue;
        uint32_t at = intern_home(intern_key_from(from->a, from->b, from->n).hash, s->log2_slots);
        while (s->slots[at])
            at = (at + 1) & mask;
        s->slots[at] = from->id_1;
    }
}

void names_take(struct index_segment *s, struct intern *t)
{
    make_slots(s, t);
    free(t->slots);
    s->names = mem_grow(t->names.v, t->names.n);
    s->name_ends = mem_grow(t->ends.v, t->ends.n * sizeof(*s->name_ends));
    *t = (struct intern){0};
}

void index_segment_free(struct index_segment *s)
{
    if (!s)
        return;
    free(s->starts);
    free(s->name_ends);
    free(s->counts);
    free(s->articles);
    free(s->lists);
    free(s->names);
    free(s->slots);
    free(s->data);
    free(s);
}

/* ---- the index ---- */

struct index *index_over(struct index_segment *const *segments, uint32_t n)
{
    struct index *x = mem_alloc(sizeof(*x));
    *x = (struct index){.parts = mem_alloc(n * sizeof(*x->parts)), .n_parts = n};
    if (n)
        memcpy(x->parts, segments, n * sizeof(*x->parts));
    return x;
}

void index_close(struct index *x)
{
    if (!x)
        return;
    free(x->parts);
    free(x);
}

uint64_t index_segment_bytes(const struct index_segment *s)
{
    uint64_t names = s->n_terms ? s->name_ends[s->n_terms - 1] : 0;
    uint64_t slots = s->slots ? sizeof(*s->slots) << s->log2_slots : 0;
    return sizeof(*s) + 4u * ((uint64_t)s->n_articles + 1) + 16u * (uint64_t)s->n_terms + names +
           slots + s->data_bytes;
}

uint64_t index_bytes(const struct index *x)
{
    uint64_t bytes = sizeof(*x);
    for (uint32_t i = 0; i < x->n_parts; i++)
        bytes += index_segment_bytes(x->parts[i]);
    return bytes;
}

uint64_t index_tokens(const struct index *x)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < x->n_parts; i++)
        n += x->parts[i]->universe;
    return n;
}

uint32_t index_articles(const struct index *x)
{
    const struct index_segment *last = x->n_parts ? x->parts[x->n_parts - 1] : NULL;
    return last ? last->first.v + last->n_articles - 1 : 0;
}

static struct term_count count_from(const struct index *x, uint32_t part, struct str term,
                                    struct intern_key k)
{
    struct term_count n = {0};
    for (; part < x->n_parts; part++) {
        const struct index_segment *s = x->parts[part];
        uint32_t t = segment_find(s, term, k);
        if (t != NO_TERM) {
            n.articles += s->articles[t];
            n.occurrences += s->counts[t];
        }
    }
    return n;
}

struct term_count index_count(const struct index *x, struct str term)
{
    return count_from(x, 0, term, intern_key_of(term));
}

static void keep_beginning(struct beginning *out, uint32_t *kept, uint32_t n, struct beginning b)
{
    uint32_t at = *kept;
    if (at == n && out[n - 1].occurrences >= b.occurrences)
        return;
    at -= at == n;
    for (; at > 0 && out[at - 1].occurrences < b.occurrences; at--)
        out[at] = out[at - 1];
    out[at] = b;
    *kept += *kept < n;
}

/* The most frequent of a part. */
static uint32_t beginnings_in(const struct index_segment *s, struct str head, struct beginning *out,
                              uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t t = 0; t < s->n_terms; t++) {
        struct str term = segment_term(s, t);
        if (term.n > head.n && memcmp(term.p, head.p, head.n) == 0)
            keep_beginning(out, &kept, n, (struct beginning){term, s->counts[t]});
    }
    return kept;
}

/* Of each part the n most frequent are asked for all: what is no such in any part is missed, though
 * it might be among them by the sum. */
uint32_t index_beginnings(const struct index *x, struct str head, struct beginning *out, uint32_t n)
{
    uint32_t kept = 0;
    struct beginning *own = mem_alloc(n * sizeof(*own));
    for (uint32_t i = 0; i < x->n_parts; i++) {
        uint32_t found = beginnings_in(x->parts[i], head, own, n);
        for (uint32_t k = 0; k < found; k++) {
            uint32_t old = 0;
            while (old < kept && !str_eq(out[old].term, own[k].term))
                old++;
            own[k].occurrences = index_count(x, own[k].term).occurrences;
            if (old == kept)
                keep_beginning(out, &kept, n, own[k]);
        }
    }
    free(own);
    return kept;
}

static bool in_part_before(const struct index *x, uint32_t part, struct str term,
                           struct intern_key k)
{
    for (uint32_t i = 0; i < part; i++)
        if (segment_find(x->parts[i], term, k) != NO_TERM)
            return true;
    return false;
}

void index_each_term(const struct index *x,
                     bool (*each)(void *ctx, struct str term, struct term_count n), void *ctx)
{
    for (uint32_t i = 0; i < x->n_parts; i++) {
        const struct index_segment *s = x->parts[i];
        for (uint32_t t = 0; t < s->n_terms; t++) {
            struct str term = segment_term(s, t);
            struct intern_key k = intern_key_of(term);
            if (!in_part_before(x, i, term, k) && !each(ctx, term, count_from(x, i, term, k)))
                return;
        }
    }
}

static bool count_one(void *ctx, struct str term, struct term_count n)
{
    (void)term, (void)n;
    return ++*(uint32_t *)ctx;
}

uint32_t index_terms(const struct index *x)
{
    uint32_t n = 0;
    if (x->n_parts == 1)
        return x->parts[0]->n_terms;
    index_each_term(x, count_one, &n);
    return n;
}

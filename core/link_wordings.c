/* What the wordings of the case tell of one another once they are in groups.
 *
 * Echoes: two or three words, "under duress", have too few to be told from chance by themselves.
 * The same words beside or within wordings of one utterance are that utterance again; so each short
 * one is put down once for each group it has for a neighbour, and equal ones of one neighbourhood
 * join.
 *
 * Speakers: a paper that gives no speaker, or only the nearest name for want of a cue, has the one
 * that the other wordings' cues agree on.  Where they do not agree, nobody is inherited. */
#include "core/link_quotes.h"

#include "core/shingles.h"

#define SHORT_WORDS     3
#define SHORT_BYTES     60
#define NEIGHBOURS      2   /* on either side */
#define NEIGHBOUR_BYTES 200 /* between a short wording and its neighbour */

/* A short wording in one of its neighbourhoods. */
struct echo {
    uint64_t key; /* of its words and the neighbour's group */
    uint32_t row;
};

typedef VEC(struct echo) echo_vec;

static int by_key(const void *a, const void *b)
{
    const struct echo *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool is_short(const struct wording *w)
{
    return w->quote.kind != QUOTE_INDIRECT && span_length(w->quote.at) <= SHORT_BYTES;
}

static bool is_near(const struct wording *w, const struct wording *other)
{
    return w->article.v == other->article.v &&
           w->quote.at.begin <= other->quote.at.end + NEIGHBOUR_BYTES &&
           other->quote.at.begin <= w->quote.at.end + NEIGHBOUR_BYTES;
}

/* The neighbourhoods of the wording at place i. */
static void add_echoes(wording_vec *rows, const uint32_t *order, uint32_t n, uint32_t i,
                       uint64_t words, echo_vec *out)
{
    uint32_t first = i > NEIGHBOURS ? i - NEIGHBOURS : 0,
             end = i + NEIGHBOURS < n ? i + NEIGHBOURS + 1 : n;
    for (uint32_t k = first; k < end; k++) {
        const struct wording *other = &rows->v[order[k]];
        if (k == i || is_short(other) || !is_near(&rows->v[order[i]], other))
            continue;
        uint64_t group = wording_group(rows, order[k]);
        vec_push(out, ((struct echo){words ^ group * 0x9e3779b97f4a7c15u, order[i]}));
    }
}

void link_echoes(const struct link_job *job, wording_vec *rows, const uint32_t *order, uint32_t n)
{
    struct arena scratch = {0};
    echo_vec echoes = {0};
    for (uint32_t i = 0; i < n; i++) {
        const struct wording *w = &rows->v[order[i]];
        if (!is_short(w))
            continue;
        struct arena_mark mark = arena_mark(&scratch);
        struct word_run words = wording_words(job, w, &scratch);
        if (words.n > 1 && words.n <= SHORT_WORDS)
            add_echoes(rows, order, n, i, shingle_at(words.v, 0, words.n), &echoes);
        arena_release(&scratch, mark);
    }
    if (echoes.n)
        qsort(echoes.v, echoes.n, sizeof(*echoes.v), by_key);
    for (size_t i = 1; i < echoes.n; i++) {
        uint32_t a = wording_group(rows, echoes.v[i - 1].row),
                 b = wording_group(rows, echoes.v[i].row);
        if (echoes.v[i - 1].key == echoes.v[i].key && a != b)
            rows->v[a < b ? b : a].group = a < b ? a : b;
    }
    vec_free(&echoes);
    arena_finish(&scratch);
}

/* ---- speakers ---- */

static bool is_cued(const struct quote *q)
{
    return q->speaker_entity.v && q->rule != SPEAKER_UNKNOWN && q->rule != SPEAKER_BY_NEAREST &&
           q->rule != SPEAKER_BY_WORDING;
}

static bool is_at_a_loss(const struct quote *q)
{
    return !q->speaker_entity.v && (q->rule == SPEAKER_UNKNOWN || q->rule == SPEAKER_BY_NEAREST);
}

void link_speakers(wording_vec *rows)
{
    struct said {
        entity_id by;
        bool disputed;
    } *said = mem_zalloc(rows->n * sizeof(*said));
    for (uint32_t i = 1; i < rows->n; i++) {
        const struct quote *q = &rows->v[i].quote;
        struct said *s = &said[wording_group(rows, i)];
        if (!is_cued(q))
            continue;
        s->disputed |= s->by.v && s->by.v != q->speaker_entity.v;
        s->by = q->speaker_entity;
    }
    for (uint32_t i = 1; i < rows->n; i++) {
        struct quote *q = &rows->v[i].quote;
        const struct said *s = &said[wording_group(rows, i)];
        if (!s->by.v || s->disputed || !is_at_a_loss(q))
            continue;
        q->speaker = (struct span){0};
        q->speaker_mention = 0;
        q->speaker_entity = s->by;
        q->rule = SPEAKER_BY_WORDING;
    }
    free(said);
}

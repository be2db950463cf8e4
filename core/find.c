/* The order of the finders in an article, and what a thread keeps between two articles.
 *
 * `found` may hold the rows of earlier articles of a segment, while a finder wants exactly those
 * of its own; so each article is found into arrays of the finder and appended at the end. */
#include "core/find.h"

struct finder {
    struct arena scratch;
    struct found own;
    struct {
        void *state;
        void (*free_state)(void *);
    } slots[FINDER_SLOTS];
};

struct finder *finder_open(void)
{
    struct finder *f = mem_alloc(sizeof(*f));
    *f = (struct finder){0};
    return f;
}

void finder_close(struct finder *f)
{
    if (!f)
        return;
    for (int i = 0; i < FINDER_SLOTS; i++)
        if (f->slots[i].state)
            f->slots[i].free_state(f->slots[i].state);
    vec_free(&f->own.sentences);
    vec_free(&f->own.mentions);
    vec_free(&f->own.dates);
    vec_free(&f->own.quotes);
    arena_finish(&f->scratch);
    free(f);
}

struct arena *finder_scratch(struct finder *f)
{
    return &f->scratch;
}

void *finder_state(struct finder *f, enum finder_slot slot, void *(*make)(void),
                   void (*free_state)(void *))
{
    if (!f->slots[slot].state) {
        f->slots[slot].state = make();
        f->slots[slot].free_state = free_state;
    }
    return f->slots[slot].state;
}

void find_all(struct finder *f, const struct body *body, struct arena *keep, struct found *out)
{
    struct found *own = &f->own;
    vec_clear(&own->sentences);
    vec_clear(&own->mentions);
    vec_clear(&own->dates);
    vec_clear(&own->quotes);
    struct arena_mark mark = arena_mark(&f->scratch);
    find_sentences(f, body, own);
    find_names(f, body, own);
    find_dates(f, body, keep, own);
    find_quotes(f, body, own);
    arena_release(&f->scratch, mark);
    vec_append(&out->sentences, own->sentences.v, own->sentences.n);
    vec_append(&out->mentions, own->mentions.v, own->mentions.n);
    vec_append(&out->dates, own->dates.v, own->dates.n);
    vec_append(&out->quotes, own->quotes.v, own->quotes.n);
}

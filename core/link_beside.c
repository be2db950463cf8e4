/* Sentences rather than articles: in a case nearly every article names nearly everybody, and who
 * stands in a sentence with somebody has something to do with them. */
#include "core/link_beside.h"

struct counting {
    const struct links *l;
    entity_id of;
    uint32_t *slot;  /* by entity: 1 + its row */
    uint32_t *stamp; /* by entity: the last sentence counted, from 1 */
    uint32_t sentence;
    VEC(struct beside) rows;
};

static void count(struct counting *c, article_id a, uint32_t row)
{
    const struct mention *m = &c->l->mentions[row];
    uint32_t e = m->entity.v;
    if (!e || e == c->of.v || c->stamp[e] == c->sentence)
        return;
    c->stamp[e] = c->sentence;
    if (!c->slot[e]) {
        vec_push(&c->rows, ((struct beside){m->entity, 0, {a, m->at}}));
        c->slot[e] = (uint32_t)c->rows.n;
    }
    c->rows.v[c->slot[e] - 1].sentences++;
}

/* Everybody in the sentence that holds row `at`. */
static void count_sentence(struct counting *c, article_id a, struct span in, uint32_t at)
{
    uint32_t from = at, end = c->l->mention_starts[a.v + 1];
    while (from > c->l->mention_starts[a.v] && c->l->mentions[from - 1].at.begin >= in.begin)
        from--;
    c->sentence++;
    for (uint32_t i = from; i < end && c->l->mentions[i].at.begin < in.end; i++)
        count(c, a, i);
}

static int by_sentences(const void *a, const void *b)
{
    const struct beside *x = a, *y = b;
    if (x->sentences != y->sentences)
        return x->sentences > y->sentences ? -1 : 1;
    return (x->entity.v > y->entity.v) - (x->entity.v < y->entity.v);
}

uint32_t links_beside(const struct articles *all, const struct links *l, entity_id e,
                      struct beside *out, uint32_t max)
{
    struct counting c = {.l = l, .of = e};
    struct row_run rows = links_of_entity(l, e);
    const struct sentence *last = NULL;
    c.slot = mem_zalloc(l->n_entities * sizeof(uint32_t));
    c.stamp = mem_zalloc(l->n_entities * sizeof(uint32_t));
    for (uint32_t i = 0; i < rows.n; i++) {
        article_id a = links_mention_article(l, rows.v[i]);
        const struct sentence *in =
            sentence_at(article_sentences(all, a), l->mentions[rows.v[i]].at.begin);
        if (in && in != last)
            count_sentence(&c, a, in->at, rows.v[i]);
        last = in;
    }
    if (c.rows.n)
        qsort(c.rows.v, c.rows.n, sizeof(*c.rows.v), by_sentences);
    uint32_t n = c.rows.n < max ? (uint32_t)c.rows.n : max;
    if (n)
        memcpy(out, c.rows.v, n * sizeof(*out));
    free(c.slot), free(c.stamp);
    vec_free(&c.rows);
    return n;
}

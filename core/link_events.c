/* Dated statements to events, first form: the statements of one range of days are one event. */
#include "core/link.h"

struct statement {
    struct days days;
    const char *value;
    struct claim claim;
};

typedef VEC(struct statement) statement_vec;

static int by_days(const void *a, const void *b)
{
    const struct statement *x = a, *y = b;
    if (x->days.first != y->days.first)
        return x->days.first < y->days.first ? -1 : 1;
    if (x->days.end != y->days.end)
        return x->days.end < y->days.end ? -1 : 1;
    if (x->claim.article.v != y->claim.article.v)
        return x->claim.article.v < y->claim.article.v ? -1 : 1;
    return (x->claim.at.begin > y->claim.at.begin) - (x->claim.at.begin < y->claim.at.begin);
}

static void gather(const struct link_job *job, article_id id, statement_vec *out)
{
    struct date_run dates = article_dates(job->all, id);
    struct sentence_run sentences = article_sentences(job->all, id);
    for (uint32_t i = 0; i < dates.n; i++) {
        const struct date *d = &dates.v[i];
        const struct sentence *s = sentence_at(sentences, d->at.begin);
        if (!days_known(d->days) || !s)
            continue;
        struct claim c = {.article = id, .at = s->at, .date = i};
        vec_push(out, ((struct statement){d->days, d->value, c}));
    }
}

static void add_event(struct links *l, const struct statement *v, uint32_t n)
{
    uint32_t id = l->n_events++;
    struct event *e = &l->events[id];
    *e = (struct event){.days = v[0].days, .date = v[0].value, .claims_begin = l->n_claims};
    e->summary = (struct passage){v[0].claim.article, v[0].claim.at};
    for (uint32_t i = 0; i < n; i++) {
        l->claims[l->n_claims] = v[i].claim;
        l->claims[l->n_claims++].event = (event_id){id};
        e->n_articles += !i || v[i].claim.article.v != v[i - 1].claim.article.v;
    }
    e->claims_end = l->n_claims;
    e->weight = (float)n;
}

/* The reverse runs: article to the claims it makes, by counting. */
static void index_claims(struct links *l)
{
    l->claim_starts = arena_array(&l->memory, uint32_t, l->n_articles + 3);
    l->article_claims = arena_array(&l->memory, uint32_t, l->n_claims + 1);
    for (uint32_t i = 0; i < l->n_claims; i++)
        l->claim_starts[l->claims[i].article.v + 2]++;
    for (uint32_t a = 1; a <= l->n_articles + 2; a++)
        l->claim_starts[a] += l->claim_starts[a - 1];
    for (uint32_t i = 0; i < l->n_claims; i++)
        l->article_claims[l->claim_starts[l->claims[i].article.v + 1]++] = i;
}

static int claim_by_begin(const void *a, const void *b, void *claims)
{
    const struct claim *x = (const struct claim *)claims + *(const uint32_t *)a;
    const struct claim *y = (const struct claim *)claims + *(const uint32_t *)b;
    return (x->at.begin > y->at.begin) - (x->at.begin < y->at.begin);
}

void link_events(const struct link_job *job, struct links *l)
{
    statement_vec all = {0};
    for (uint32_t i = 1; i <= l->n_articles; i++)
        gather(job, (article_id){i}, &all);
    if (all.n)
        qsort(all.v, all.n, sizeof(*all.v), by_days);
    l->events = arena_array(&l->memory, struct event, all.n + 1);
    l->claims = arena_array(&l->memory, struct claim, all.n + 1);
    l->n_events = 1;
    for (size_t i = 0, end; i < all.n; i = end) {
        for (end = i + 1; end < all.n && all.v[end].days.first == all.v[i].days.first &&
                          all.v[end].days.end == all.v[i].days.end;
             end++)
            ;
        add_event(l, all.v + i, (uint32_t)(end - i));
    }
    index_claims(l);
    for (uint32_t a = 1; a <= l->n_articles; a++)
        qsort_r(l->article_claims + l->claim_starts[a], l->claim_starts[a + 1] - l->claim_starts[a],
                sizeof(uint32_t), claim_by_begin, l->claims);
    vec_free(&all);
}

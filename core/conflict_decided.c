/* What the reader decided about conflicts, obeyed when links are made.
 *
 * Decisions are few and conflicts not many, so each is tried on each; the articles that decisions
 * speak of are found by walking past all articles once.  A decision about a date is obeyed twice:
 * on drafts, so that the event stands on its right day in everything made after, and on the
 * conflict, which stays to be seen. */
#include "core/link_conflicts.h"

/* ---- asking ---- */

const struct conflict *links_open_conflict(const struct links *l, const struct event *e)
{
    const struct conflict *c = e->conflict ? &l->conflicts[e->conflict - 1] : NULL;
    return c && !c->decided ? c : NULL;
}

/* FNV-1a of each, summed: the order of answers is that of counts, which may change. */
static uint64_t answers_of(const struct links *l, const struct conflict *c)
{
    uint64_t sum = c->kind;
    for (uint32_t i = c->values_begin; i < c->values_end; i++) {
        uint64_t h = 14695981039346656037u;
        for (size_t k = 0; k < l->conflict_values[i].value.n; k++)
            h = (h ^ (unsigned char)l->conflict_values[i].value.p[k]) * 1099511628211u;
        sum += h;
    }
    return sum;
}

static bool is_key_of(const struct link_job *job, article_id a, const struct conflict_decision *d)
{
    const struct article *row = article_at(job->all, a);
    return row && row->key.hi == d->key.hi && row->key.lo == d->key.lo;
}

/* The passages of one conflict stand together. */
static struct span passages_of(const struct links *l, const struct conflict *c)
{
    struct span all = span_of(UINT32_MAX, 0);
    for (uint32_t v = c->values_begin; v < c->values_end; v++) {
        const struct conflict_value *value = &l->conflict_values[v];
        all.begin = value->passages_begin < all.begin ? value->passages_begin : all.begin;
        all.end = value->passages_end > all.end ? value->passages_end : all.end;
    }
    return all;
}

static bool key_before(struct article_key a, struct article_key b)
{
    return a.hi != b.hi ? a.hi < b.hi : a.lo < b.lo;
}

struct conflict_decision conflict_decided_for(const struct articles *all, const struct links *l,
                                              const struct conflict *c, struct str right)
{
    struct conflict_decision d = {.kind = c->kind, .answers = answers_of(l, c), .right = right};
    struct span passages = passages_of(l, c);
    for (uint32_t p = passages.begin; p < passages.end; p++) {
        struct article_key key = article_at(all, l->conflict_passages[p].article)->key;
        uint32_t begin = l->conflict_passages[p].at.begin;
        bool same = key.hi == d.key.hi && key.lo == d.key.lo;
        if (p == passages.begin || key_before(key, d.key) || (same && begin < d.begin))
            d.key = key, d.begin = begin;
    }
    return d;
}

/* ---- drafts ---- */

static bool tells_day(const struct event_making *m, const struct draft *d, struct days days)
{
    for (uint32_t row = d->first; row; row = m->all.v[row].next)
        if (m->all.v[row].days.first == days.first && m->all.v[row].days.end == days.end)
            return true;
    return false;
}

/* The draft with a statement at this place of the article, told of the day said to be right; 0:
 * none. */
static uint32_t draft_decided(const struct event_making *m, article_id a,
                              const struct conflict_decision *d)
{
    for (uint32_t i = 1; i < m->drafts.n; i++)
        for (uint32_t row = m->drafts.v[i].into ? 0 : m->drafts.v[i].first; row;
             row = m->all.v[row].next) {
            const struct claim *c = &m->all.v[row].claim;
            if (c->article.v == a.v && c->at.begin == d->begin &&
                tells_day(m, &m->drafts.v[i], days_of_timex(d->right)))
                return i;
        }
    return 0;
}

void drafts_obey(struct event_making *m)
{
    const struct decisions *all = m->job->decisions;
    for (size_t i = 0; all && i < all->n_conflicts; i++) {
        const struct conflict_decision *d = &all->conflicts[i];
        for (uint32_t a = 1; d->kind == CONFLICT_DATE && d->right.n && a <= m->l->n_articles; a++) {
            uint32_t draft =
                is_key_of(m->job, (article_id){a}, d) ? draft_decided(m, (article_id){a}, d) : 0;
            if (draft)
                m->drafts.v[draft].days = days_of_timex(d->right);
        }
    }
}

/* ---- conflicts ---- */

static bool holds(const struct link_job *job, const struct links *l, const struct conflict *c,
                  const struct conflict_decision *d)
{
    struct span passages = passages_of(l, c);
    for (uint32_t p = passages.begin; p < passages.end; p++)
        if (l->conflict_passages[p].at.begin == d->begin &&
            is_key_of(job, l->conflict_passages[p].article, d))
            return true;
    return false;
}

static void decide(struct links *l, struct conflict *c, const struct conflict_decision *d)
{
    c->decided = d->right.n ? 0 : CONFLICT_NONE;
    for (uint32_t v = c->values_begin; v < c->values_end; v++)
        if (d->right.n && str_eq(l->conflict_values[v].value, d->right))
            c->decided = v + 1;
    if (c->kind == CONFLICT_NAME && c->entity.v && c->decided && c->decided != CONFLICT_NONE)
        l->entities[c->entity.v].name = l->conflict_values[c->decided - 1].value;
}

void conflicts_obey(const struct link_job *job, struct links *l)
{
    const struct decisions *all = job->decisions;
    for (uint32_t i = 0; all && all->n_conflicts && i < l->n_conflicts; i++) {
        uint64_t answers = answers_of(l, &l->conflicts[i]);
        for (size_t k = 0; k < all->n_conflicts; k++) {
            const struct conflict_decision *d = &all->conflicts[k];
            if (d->answers == answers && d->kind == l->conflicts[i].kind &&
                holds(job, l, &l->conflicts[i], d))
                decide(l, &l->conflicts[i], d);
        }
    }
}

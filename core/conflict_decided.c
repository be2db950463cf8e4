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
uint64_t conflict_answers(const struct links *l, const struct conflict *c)
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

/* ---- drafts ---- */

/* The draft with a statement at this place of the article, of the day said to be right; 0: none. */
static uint32_t draft_decided(const struct event_making *m, article_id a, const struct conflict_decision *d)
{
    struct days days = days_of_timex(d->right);
    for (uint32_t i = 1; i < m->drafts.n; i++)
        for (uint32_t row = m->drafts.v[i].into ? 0 : m->drafts.v[i].first; row; row = m->all.v[row].next) {
            const struct statement *s = &m->all.v[row];
            if (s->claim.article.v == a.v && s->claim.at.begin == d->begin && s->days.first == days.first)
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
            uint32_t draft = is_key_of(m->job, (article_id){a}, d) ? draft_decided(m, (article_id){a}, d) : 0;
            if (draft)
                m->drafts.v[draft].days = days_of_timex(d->right);
        }
    }
}

/* ---- conflicts ---- */

static bool holds(const struct link_job *job, const struct links *l, const struct conflict *c,
                  const struct conflict_decision *d)
{
    uint32_t begin = l->conflict_values[c->values_begin].passages_begin, end = begin;
    for (uint32_t v = c->values_begin; v < c->values_end; v++) {
        begin = l->conflict_values[v].passages_begin < begin ? l->conflict_values[v].passages_begin : begin;
        end = l->conflict_values[v].passages_end > end ? l->conflict_values[v].passages_end : end;
    }
    for (uint32_t p = begin; p < end; p++)
        if (l->conflict_passages[p].at.begin == d->begin && is_key_of(job, l->conflict_passages[p].article, d))
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
        uint64_t answers = conflict_answers(l, &l->conflicts[i]);
        for (size_t k = 0; k < all->n_conflicts; k++) {
            const struct conflict_decision *d = &all->conflicts[k];
            if (d->answers == answers && d->kind == l->conflicts[i].kind && holds(job, l, &l->conflicts[i], d))
                decide(l, &l->conflicts[i], d);
        }
    }
}

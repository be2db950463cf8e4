/* Drafts of events that tell one fate are one, whatever else they say: the whole of a long case may
 * be about one death, and no two papers give it the same words.
 *
 * First those of the very same days; then "he died that day", where only one of those named beside
 * it has that fate on that day; then "died in June", "died in 2009" join the day that is told for
 * it: where several days are, the one that most statements tell by far; the others are somebody's
 * slip, or mean something else. */
#include "core/link_events.h"

#define FAR_MORE          2  /* times as many statements */
#define DAYS_LOOKED       64 /* days told for one fate */
#define STATEMENTS_LOOKED 16 /* of a draft, for who is named beside it */

static bool same_fate(struct fate a, struct fate b)
{
    return a.kind == b.kind && a.who == b.who;
}

static bool names_person(const struct links *l, const struct statement *s)
{
    for (uint32_t i = 0; i < (uint32_t)s->n_entities + s->n_near; i++)
        if (l->entities[s->entities[i]].kind == MENTION_PERSON)
            return true;
    return false;
}

bool fates_agree(const struct event_making *m, const struct draft *d, const struct statement *s)
{
    if (d->fate.kind != s->fate.kind || d->fate.who == s->fate.who)
        return true;
    if (d->fate.who && s->fate.who)
        return false;
    return !names_person(m->l, d->fate.who ? s : &m->all.v[d->first]);
}

/* By person, kind and first day. */
static int fate_cmp(const struct draft *x, struct fate f, int32_t first)
{
    if (x->fate.who != f.who)
        return x->fate.who < f.who ? -1 : 1;
    if (x->fate.kind != f.kind)
        return x->fate.kind < f.kind ? -1 : 1;
    return (x->days.first > first) - (x->days.first < first);
}

static int by_fate(const void *a, const void *b, void *drafts)
{
    const struct draft *v = drafts, *x = &v[*(const uint32_t *)a], *y = &v[*(const uint32_t *)b];
    int c = fate_cmp(x, y->fate, y->days.first);
    if (c)
        return c;
    if (x->days.end != y->days.end)
        return x->days.end < y->days.end ? -1 : 1;
    return *(const uint32_t *)a < *(const uint32_t *)b ? -1 : 1;
}

/* Drafts whose person is named, in that order. */
struct fated {
    struct event_making *m;
    uint32_t *v, n;
};

static struct fated gather_fates(struct event_making *m)
{
    struct fated all = {m, arena_array(&m->scratch, uint32_t, m->drafts.n), 0};
    for (uint32_t i = 1; i < m->drafts.n; i++)
        if (m->drafts.v[i].fate.who && !m->drafts.v[i].into)
            all.v[all.n++] = i;
    qsort_r(all.v, all.n, sizeof *all.v, by_fate, m->drafts.v);
    return all;
}

/* Those of the same days and fate become one, the first of them. */
static void join_same(struct fated *all)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        struct draft *d = &all->m->drafts.v[all->v[i]],
                     *before = kept ? &all->m->drafts.v[all->v[kept - 1]] : NULL;
        if (before && same_fate(before->fate, d->fate) && before->days.first == d->days.first &&
            before->days.end == d->days.end)
            draft_join(all->m, all->v[i], all->v[kept - 1]);
        else
            all->v[kept++] = all->v[i];
    }
    all->n = kept;
}

/* ---- the days that are meant ---- */

struct choice {
    uint32_t best, most, second;
};

/* Does it tell the day of what `vague` tells of a longer time, or the name where that has none? */
static bool is_within(const struct draft *d, const struct draft *vague)
{
    bool same = d->days.first == vague->days.first && d->days.end == vague->days.end;
    bool inside = vague->days.first <= d->days.first && d->days.end <= vague->days.end;
    return !d->into &&
           (same ? !vague->fate.who : inside && d->days.precision < vague->days.precision);
}

static void choose(const struct fated *all, struct fate f, const struct draft *vague,
                   struct choice *c)
{
    const struct draft *drafts = all->m->drafts.v;
    uint32_t i;
    BISECT(i, 0, all->n, fate_cmp(&drafts[all->v[i]], f, vague->days.first) < 0);
    for (uint32_t n = 0; i < all->n && n < DAYS_LOOKED && same_fate(drafts[all->v[i]].fate, f);
         i++, n++) {
        const struct draft *d = &drafts[all->v[i]];
        if (!is_within(d, vague))
            continue;
        if (d->n > c->most)
            c->second = c->most, c->most = d->n, c->best = all->v[i];
        else if (d->n > c->second)
            c->second = d->n;
    }
}

/* The draft of the fate, one that stands out; 0: none does. */
static uint32_t meant_of(const struct fated *all, struct fate f, const struct draft *vague,
                         bool *any)
{
    struct choice c = {0};
    choose(all, f, vague, &c);
    *any = c.best;
    return c.most >= FAR_MORE * c.second ? c.best : 0;
}

/* That of the only person named in the statement or beside it who has such a fate; 0: nobody or
 * several. */
static uint32_t meant_beside(const struct fated *all, const struct statement *s,
                             const struct draft *vague)
{
    uint32_t found = 0, fates = 0;
    for (uint32_t i = 0; i < (uint32_t)s->n_entities + s->n_near; i++) {
        bool any;
        uint32_t draft = meant_of(
            all, (struct fate){.kind = vague->fate.kind, .who = s->entities[i]}, vague, &any);
        found = draft ? draft : found;
        fates += any;
    }
    return fates == 1 ? found : 0;
}

static uint32_t meant(const struct fated *all, const struct draft *vague)
{
    uint32_t found = 0, looked = 0;
    bool any;
    if (vague->fate.who)
        return meant_of(all, vague->fate, vague, &any);
    for (uint32_t row = vague->first; row && !found && looked++ < STATEMENTS_LOOKED;
         row = all->m->all.v[row].next)
        found = meant_beside(all, &all->m->all.v[row], vague);
    return found;
}

static void join_meant(const struct fated *all, enum precision precision, bool named)
{
    for (uint32_t i = 1; i < all->m->drafts.n; i++) {
        const struct draft *d = &all->m->drafts.v[i];
        bool asks =
            d->days.precision == precision && d->fate.kind && !d->fate.who == !named && !d->into;
        uint32_t to = asks ? meant(all, d) : 0;
        if (to)
            draft_join(all->m, i, to);
    }
}

/* Months before years and names before "the singer", so that each finds the others where they
 * stand. */
void drafts_join_fates(struct event_making *m)
{
    struct fated all = gather_fates(m);
    join_same(&all);
    for (enum precision p = PRECISION_DAY; p <= PRECISION_YEAR; p++) {
        join_meant(&all, p, true);
        join_meant(&all, p, false);
    }
}

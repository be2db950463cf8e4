/* Dated statements to events.
 *
 *   1. Statements are put in order of their days.  Those of the very same range are compared with
 *      the drafts of events begun there (the last DRAFTS_MAX of them) and join the one most alike:
 *      the same kind of happening, the same people, the same words.
 *   2. Drafts are joined across ranges (event_joins.c, event_fate_joins.c): days that contradict
 *      one another, and months and years with the day they can mean.
 *   3. Drafts become events, in order of date, with every statement as a claim.
 *
 * Weight: how many articles tell the day, are published on it and on the day after.  News desks'
 * own timelines agree with that sum better than with mentions or publications alone (Date-F1 over
 * Timeline17's development topics .750; publications .681, telling articles .720).  Copies of a
 * wire report count once.  Other weights for the three, the spread over days of publication or the
 * size of the day's largest event, chosen on two of the three topics, do no better on the one left
 * out (.802, .432, .909 as it is).
 *
 * Linear but for sorting: every statement is compared with a bounded number of drafts. */
#include "core/link_events.h"

#include "core/pool.h"

#include <math.h>

#define DRAFTS_MAX     48
#define JOIN_EXACT     0.75f /* likeness that makes two statements of one day one event */
#define JOIN_MONTH     1.1f  /* the same for one month */
#define JOIN_YEAR      1.3f  /* and one year: the vaguer the day, the more alike all else must be */
#define SUMMARY_MIN    40    /* bytes; a shorter one seldom says enough */
#define SUMMARY_MAX    160
#define RUN_STATEMENTS 4096 /* and more, to the end of their day */
#define CENTRAL_LOOKED 12   /* statements that one is compared with */

/* ---- 1: statements of the same range ---- */

static int by_days(const void *a, const void *b, void *ctx)
{
    const struct statement *v = ctx;
    const struct statement *x = &v[*(const uint32_t *)a], *y = &v[*(const uint32_t *)b];
    if (x->days.first != y->days.first)
        return x->days.first < y->days.first ? -1 : 1;
    if (x->days.end != y->days.end)
        return x->days.end < y->days.end ? -1 : 1;
    return *(const uint32_t *)a < *(const uint32_t *)b ? -1 : 1;
}

static bool same_days(struct days a, struct days b)
{
    return a.first == b.first && a.end == b.end;
}

/* Sketches of the first and the last statement of the last DRAFTS_MAX drafts, by their number. */
struct window {
    struct sketch first[DRAFTS_MAX], last[DRAFTS_MAX];
};

static float least_likeness(const struct statement *s)
{
    return s->days.precision == PRECISION_DAY     ? JOIN_EXACT
           : s->days.precision == PRECISION_MONTH ? JOIN_MONTH
                                                  : JOIN_YEAR;
}

/* May the draft be so alike? */
static bool may_be_alike(const struct window *w, uint32_t draft, const struct statement *s,
                         const struct sketch *own, float least)
{
    uint32_t i = draft % DRAFTS_MAX;
    float fate = s->days.precision > PRECISION_DAY ? STATEMENT_FATE : 0;
    return statement_likeness_at_most(s, own, &w->first[i]) + fate >= least ||
           statement_likeness_at_most(s, own, &w->last[i]) + fate >= least;
}

static float draft_likeness(const struct event_making *m, const struct draft *d,
                            const struct statement *s)
{
    const struct statement *first = &m->all.v[d->first], *last = &m->all.v[d->last];
    float like = statement_likeness(first, s);
    float other = d->n == 1 ? like : statement_likeness(last, s);
    like = like > other ? like : other;
    return s->days.precision > PRECISION_DAY ? like + statement_fate(m->l, first, s) : like;
}

/* The draft among [from, drafts.n) most like the statement, if it is alike enough. */
static uint32_t draft_for(const struct event_making *m, const struct window *w, uint32_t from,
                          const struct statement *s, const struct sketch *own)
{
    uint32_t best = 0;
    float most = least_likeness(s);
    if (m->drafts.n - from > DRAFTS_MAX)
        from = (uint32_t)m->drafts.n - DRAFTS_MAX;
    for (uint32_t i = from; i < m->drafts.n; i++) {
        if (!may_be_alike(w, i, s, own, most))
            continue;
        float like = draft_likeness(m, &m->drafts.v[i], s);
        if (like >= most && fates_agree(m, &m->drafts.v[i], s))
            most = like, best = i;
    }
    return best;
}

static void add_statement(struct event_making *m, uint32_t draft, uint32_t row)
{
    struct draft *d = &m->drafts.v[draft];
    m->all.v[d->last].next = row;
    d->last = row;
    d->n++;
    if (!d->fate.who && (m->all.v[row].fate.who || !d->fate.kind))
        d->fate = m->all.v[row].fate;
}

/* Statements are gathered article by article. */
static void index_statements(struct event_making *m)
{
    m->stamps = arena_array(&m->scratch, uint32_t, m->l->n_articles + 1);
    m->starts = arena_array(&m->scratch, uint32_t, m->l->n_articles + 2);
    uint32_t row = 1;
    for (uint32_t a = 0; a <= m->l->n_articles + 1; a++) {
        while (row < m->all.n && m->all.v[row].claim.article.v < a)
            row++;
        m->starts[a] = row;
    }
}

/* Statements in order of days, a run of days at a time: what joins a draft is of the very same
 * days, so runs have nothing to do with one another. */
struct drafting {
    const struct event_making *m;
    const uint32_t *order;
    struct run {
        uint32_t begin, end;
        draft_vec drafts;
    } *runs;
};

static void draft_one(struct event_making *m, struct window *w, uint32_t from, uint32_t row)
{
    const struct statement *s = &m->all.v[row];
    struct sketch own = statement_sketch(s);
    uint32_t draft = draft_for(m, w, from, s, &own);
    if (draft) {
        add_statement(m, draft, row);
    } else {
        draft = (uint32_t)m->drafts.n;
        vec_push(&m->drafts, ((struct draft){row, row, 1, 0, s->days, s->fate}));
        w->first[draft % DRAFTS_MAX] = own;
    }
    w->last[draft % DRAFTS_MAX] = own;
}

static void draft_run(void *arg, uint32_t i)
{
    struct drafting *all = arg;
    struct run *r = &all->runs[i];
    struct event_making m = *all->m; /* with drafts of its own */
    struct window w;
    uint32_t from = 1;
    m.drafts = (draft_vec){0};
    vec_add(&m.drafts);
    for (uint32_t k = r->begin; k < r->end; k++) {
        uint32_t row = all->order[k], before = all->order[k > r->begin ? k - 1 : k];
        if (!same_days(m.all.v[row].days, m.all.v[before].days))
            from = (uint32_t)m.drafts.n;
        draft_one(&m, &w, from, row);
    }
    r->drafts = m.drafts;
}

static void draft_all(struct event_making *m)
{
    uint32_t n = (uint32_t)m->all.n - 1, n_runs = 0;
    uint32_t *order = arena_array(&m->scratch, uint32_t, n + 1);
    struct drafting all = {m, order, arena_array(&m->scratch, struct run, n / RUN_STATEMENTS + 1)};
    for (uint32_t i = 0; i < n; i++)
        order[i] = i + 1;
    qsort_r(order, n, sizeof(*order), by_days, m->all.v);
    for (uint32_t i = 0, end; i < n; i = end) {
        end = n - i < RUN_STATEMENTS ? n : i + RUN_STATEMENTS;
        while (end < n && same_days(m->all.v[order[end]].days, m->all.v[order[end - 1]].days))
            end++;
        all.runs[n_runs++] = (struct run){i, end, {0}};
    }
    pool_share(m->job->pool, n_runs, draft_run, &all);
    vec_add(&m->drafts);
    for (uint32_t i = 0; i < n_runs; i++) {
        vec_append(&m->drafts, all.runs[i].drafts.v + 1, all.runs[i].drafts.n - 1);
        vec_free(&all.runs[i].drafts);
    }
}

/* ---- weight ---- */

struct day_count {
    int32_t first; /* day of v[0] */
    uint32_t n;
    uint32_t *published, *told; /* articles, by day; copies left out */
};

static uint32_t *count_at(const struct day_count *c, uint32_t *v, int32_t day)
{
    static uint32_t outside;
    outside = 0;
    return day != DAY_NONE && day >= c->first && (int64_t)day - c->first < c->n ? &v[day - c->first]
                                                                                : &outside;
}

static struct day_count count_days(struct event_making *m)
{
    int32_t low = INT32_MAX, high = INT32_MIN;
    for (uint32_t i = 1; i <= m->l->n_articles; i++) {
        int32_t day = article_at(m->job->all, (article_id){i})->published;
        if (day == DAY_NONE)
            continue;
        low = day < low ? day : low;
        high = day > high ? day : high;
    }
    struct day_count c = {0};
    if (low > high)
        return c;
    /* A century either side of the newspapers is as far as days are counted. */
    c.first = low - 36525;
    c.n = (uint32_t)((int64_t)high - low + 2 * 36525);
    if ((int64_t)high - low > 36525 * 20)
        c.n = 0;
    c.published = arena_array(&m->scratch, uint32_t, c.n + 1);
    c.told = arena_array(&m->scratch, uint32_t, c.n + 1);
    for (uint32_t i = 1; i <= m->l->n_articles; i++)
        if (!m->l->near_copy_of[i].v)
            ++*count_at(&c, c.published, article_at(m->job->all, (article_id){i})->published);
    for (uint32_t i = 1, *last = arena_array(&m->scratch, uint32_t, c.n + 1); i < m->all.n; i++) {
        const struct statement *s = &m->all.v[i];
        if (s->days.precision != PRECISION_DAY || m->l->near_copy_of[s->claim.article.v].v)
            continue;
        uint32_t *seen = count_at(&c, last, s->days.first);
        *count_at(&c, c.told, s->days.first) += *seen != s->claim.article.v;
        *seen = s->claim.article.v;
    }
    return c;
}

/* ---- 3: events ---- */

/* Of the others' words, how many it has, 0 to 1: what all tell is what happened. */
static float centrality(const struct event_making *m, const struct statement *s, uint32_t first)
{
    uint32_t shared = 0, looked = 0, rows = 0;
    for (uint32_t row = first; row && looked < CENTRAL_LOOKED && rows++ < 4 * CENTRAL_LOOKED;
         row = m->all.v[row].next)
        if (m->all.v[row].claim.article.v != s->claim.article.v) {
            shared += statement_shared_stems(s, &m->all.v[row]);
            looked++;
        }
    return looked ? fminf((float)shared / (float)looked / 3, 1) : 0;
}

/* Does it begin as a sentence does? */
static bool begins_well(const struct event_making *m, const struct statement *s)
{
    struct str text = str_at(article_at(m->job->all, s->claim.article)->text, s->summary);
    unsigned char c = text.n ? (unsigned char)text.p[0] : 0;
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '"';
}

/* How well a statement sums the event up: with its very days, people and a kind, neither short nor
 * long. */
static float summary_score(const struct event_making *m, const struct statement *s,
                           struct days days, uint32_t first)
{
    float score =
        (s->days.precision == PRECISION_DAY ? 1.0f : 0) - (same_days(s->days, days) ? 0 : 1.5f);
    uint32_t n = span_length(s->summary);
    score += 0.3f * (float)(s->n_entities < 3 ? s->n_entities : 3) + (s->kinds ? 0.8f : 0) +
             (s->fate.who && !s->fate.aside ? 0.5f : 0);
    score += centrality(m, s, first) - (begins_well(m, s) ? 0 : 0.5f);
    return score - (n < SUMMARY_MIN       ? 1.0f
                    : n > 2 * SUMMARY_MAX ? 0.8f
                    : n > SUMMARY_MAX     ? 0.2f
                                          : 0);
}

struct entity_count {
    uint32_t id, n;
};

static int by_count(const void *a, const void *b)
{
    const struct entity_count *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

#define EVENT_ENTITIES 32

typedef VEC(entity_id) entity_vec;

static void add_entities(struct event_making *m, struct event *e, uint32_t first, entity_vec *out)
{
    struct entity_count counts[EVENT_ENTITIES];
    uint32_t n = 0;
    for (uint32_t row = first; row; row = m->all.v[row].next)
        for (uint32_t i = 0, k; i < m->all.v[row].n_entities; i++) {
            uint32_t id = m->all.v[row].entities[i];
            for (k = 0; k < n && counts[k].id != id; k++)
                ;
            if (k < n)
                counts[k].n++;
            else if (n < EVENT_ENTITIES)
                counts[n++] = (struct entity_count){id, 1};
        }
    qsort(counts, n, sizeof(*counts), by_count);
    e->entities_begin = (uint32_t)out->n;
    for (uint32_t i = 0; i < n; i++)
        vec_push(out, (entity_id){counts[i].id});
    e->entities_end = (uint32_t)out->n;
}

static int claim_order(const void *a, const void *b, void *ctx)
{
    const struct statement *v = ctx;
    const struct claim *x = &v[*(const uint32_t *)a].claim, *y = &v[*(const uint32_t *)b].claim;
    if (x->article.v != y->article.v)
        return x->article.v < y->article.v ? -1 : 1;
    return (x->at.begin > y->at.begin) - (x->at.begin < y->at.begin);
}

/* The event's days as a value: as a statement has it, without a time of day. */
static const char *date_value(struct event_making *m, const struct draft *d)
{
    for (uint32_t row = d->first; row; row = m->all.v[row].next)
        if (same_days(m->all.v[row].days, d->days) && !strchr(m->all.v[row].value, 'T'))
            return m->all.v[row].value;
    return days_timex(&m->l->memory, d->days).p;
}

/* The last day, where a statement of these days has one. */
static const char *until_value(const struct event_making *m, const struct draft *d)
{
    for (uint32_t row = d->first; row; row = m->all.v[row].next)
        if (same_days(m->all.v[row].days, d->days) && m->all.v[row].until)
            return m->all.v[row].until;
    return NULL;
}

static void add_claims(struct event_making *m, struct event *e, uint32_t id, uint32_t first,
                       uint32_t *statement_of_claim)
{
    struct links *l = m->l;
    e->claims_begin = l->n_claims;
    float best = -10;
    for (uint32_t row = first; row; row = m->all.v[row].next) {
        statement_of_claim[l->n_claims++] = row;
        float score = summary_score(m, &m->all.v[row], e->days, first);
        if (score <= best)
            continue;
        const struct claim *c = &m->all.v[row].claim;
        best = score;
        e->summary = (struct passage){c->article, m->all.v[row].summary};
    }
    e->claims_end = l->n_claims;
    qsort_r(statement_of_claim + e->claims_begin, e->claims_end - e->claims_begin, sizeof(uint32_t),
            claim_order, m->all.v);
    article_id before = NO_ARTICLE;
    for (uint32_t i = e->claims_begin; i < e->claims_end; i++) {
        l->claims[i] = m->all.v[statement_of_claim[i]].claim;
        l->claims[i].event.v = id;
        e->n_articles += l->claims[i].article.v != before.v;
        before = l->claims[i].article;
    }
}

static float day_weight(const struct day_count *c, const struct event *e)
{
    if (e->days.precision != PRECISION_DAY)
        return 0.25f * (float)e->n_articles;
    int32_t day = e->days.first;
    uint32_t sum = *count_at(c, c->told, day);
    sum += *count_at(c, c->published, day);
    sum += *count_at(c, c->published, day + 1);
    return (float)sum;
}

/* Of the events of one day the most told has the day's whole weight, the others their part of it:
 * what one paper tells of a great day does not matter more than what ten tell of another. */
static void weigh(struct links *l, const struct day_count *c)
{
    for (uint32_t i = 1, end; i < l->n_events; i = end) {
        uint32_t most = 1;
        for (end = i; end < l->n_events && same_days(l->events[end].days, l->events[i].days); end++)
            most = l->events[end].n_articles > most ? l->events[end].n_articles : most;
        for (uint32_t k = i; k < end; k++) {
            struct event *e = &l->events[k];
            e->weight = day_weight(c, e) * (float)e->n_articles / (float)most;
        }
    }
}

static int by_date(const void *a, const void *b, void *ctx)
{
    const struct draft *v = ctx;
    const struct draft *x = &v[*(const uint32_t *)a], *y = &v[*(const uint32_t *)b];
    if (x->days.first != y->days.first)
        return x->days.first < y->days.first ? -1 : 1;
    if (x->days.end != y->days.end) /* vaguer first: the year before its days */
        return x->days.end > y->days.end ? -1 : 1;
    return *(const uint32_t *)a < *(const uint32_t *)b ? -1 : 1;
}

static void add_events(struct event_making *m, uint32_t *statement_of_claim)
{
    struct links *l = m->l;
    uint32_t *order = arena_array(&m->scratch, uint32_t, m->drafts.n), n = 0;
    entity_vec entities = {0};
    for (uint32_t i = 1; i < m->drafts.n; i++)
        if (!m->drafts.v[i].into)
            order[n++] = i;
    qsort_r(order, n, sizeof(*order), by_date, m->drafts.v);
    l->events = arena_array(&l->memory, struct event, n + 1);
    l->claims = arena_array(&l->memory, struct claim, m->all.n + 1);
    l->n_events = 1;
    for (uint32_t i = 0; i < n; i++) {
        const struct draft *d = &m->drafts.v[order[i]];
        uint32_t id = l->n_events++;
        struct event *e = &l->events[id];
        e->days = d->days;
        e->date = date_value(m, d);
        e->until = until_value(m, d);
        add_claims(m, e, id, d->first, statement_of_claim);
        add_entities(m, e, d->first, &entities);
    }
    l->event_entities = arena_array(&l->memory, entity_id, entities.n + 1);
    if (entities.n)
        memcpy(l->event_entities, entities.v, entities.n * sizeof(*entities.v));
    vec_free(&entities);
}

/* The reverse runs: article to the claims it makes, by counting; claims are in no order of
 * article. */
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
    if (x->at.begin != y->at.begin)
        return x->at.begin < y->at.begin ? -1 : 1;
    return (x->date > y->date) - (x->date < y->date);
}

void link_events(const struct link_job *job, struct links *l)
{
    struct event_making m = {.job = job, .l = l};
    statements_gather(job, l, &m.all);
    index_statements(&m);
    draft_all(&m);
    drafts_join_fates(&m);
    drafts_join_conflicting(&m);
    drafts_join_vague(&m);
    drafts_obey(&m);
    uint32_t *statement_of_claim = arena_array(&m.scratch, uint32_t, m.all.n + 1);
    add_events(&m, statement_of_claim);
    index_claims(l);
    for (uint32_t a = 1; a <= l->n_articles; a++)
        qsort_r(l->article_claims + l->claim_starts[a], l->claim_starts[a + 1] - l->claim_starts[a],
                sizeof(uint32_t), claim_by_begin, l->claims);
    struct day_count days = count_days(&m);
    weigh(l, &days);
    link_conflicts(job, l);
    conflicts_obey(job, l);
    arena_finish(&m.scratch);
    vec_free(&m.drafts);
    vec_free(&m.all);
}

/* Drafts of events that are one although their days differ.
 *
 * Contradiction.  Two papers that put one killing on different days make two drafts with the same
 * kind of happening, told of the same people.  They are joined when
 *   - the kind happens once to those it happens to (event_kinds.def),
 *   - they name a person in common; or a place or an organisation, where much happens, and two
 *     words,
 *   - the days are at most a month apart, or the same day of another year,
 *   - no article tells both, since an article that does means two happenings; nor does one with the
 *     less told day name the other day for anything,
 *   - not both are told freshly, since who reports a thing within days knows the day,
 *   - and there are no more than three such drafts for those people within a quarter: a war, an
 *     outbreak or a season of fires is a series, not a conflict.
 *
 * A paper that looks back may tell it without any of the words of event_kinds.def ("a lamp went
 * out, and three men with it").  So where one day of a month is what at least GREAT_ARTICLES papers
 * tell, a single later paper with another day of that month and the same words is taken for it.
 *
 * Vagueness.  A draft known to the month or year joins a more precise draft of its kind and its
 * people inside its range; where two could be meant it stays apart.
 *
 * Both look drafts up by kind and entity in one table, a few drafts a slot, so they are linear. */
#include "core/link_events.h"

#define JOIN_VAGUE      1.3f /* likeness that makes a vague statement mean a precise one */
#define JOIN_CONFLICT   0.9f
#define WORDS_SHARED    2 /* by two that share no person */
#define FRESH_DAYS      4 /* between a day and the paper that reports it */
#define APART_DAYS      31
#define SERIES_DAYS     45
#define SERIES_MAX      3
#define RETROSPECT_DAYS 180  /* between a day and a paper that looks back at it */
#define GREAT_LOOKED    32   /* of its statements that are compared */
#define ARTICLES_LOOKED 16   /* that tell the less told of two days */
#define DATES_LOOKED    4096 /* of each of them: a list of dates is no narrative */
#define GREAT_ARTICLES  4    /* that tell the day a month is remembered for */

/* ---- those it happens to ---- */

/* A vessel has a fate as people have. */
static bool share_person(const struct links *l, const struct statement *s,
                         const struct statement *t)
{
    for (uint32_t i = 0; i < (uint32_t)s->n_entities + s->n_near; i++)
        for (uint32_t k = 0; k < (uint32_t)t->n_entities + t->n_near; k++) {
            uint8_t kind = l->entities[s->entities[i]].kind;
            if (s->entities[i] == t->entities[k] &&
                (kind == MENTION_PERSON || kind == MENTION_OTHER))
                return true;
        }
    return false;
}

float statement_fate(const struct links *l, const struct statement *a, const struct statement *b)
{
    static const uint32_t fates = 1u << EVENT_VERDICT | 1u << EVENT_SENTENCE | 1u << EVENT_BORN;
    struct statement told = *a, other = *b; /* one of the two without those named beside it */
    told.n_near = other.n_near = 0;
    bool one = (a->kinds & b->kinds & fates) && !a->bound && !b->bound;
    return one && (share_person(l, &told, b) || share_person(l, a, &other)) ? STATEMENT_FATE : 0;
}

/* ---- drafts by kind and entity ---- */

#define SLOT_DRAFTS 6
struct slot {
    uint64_t key; /* 0: empty */
    uint32_t drafts[SLOT_DRAFTS];
    uint32_t n; /* may be more than are kept: then the slot says nothing */
};
struct slots {
    struct slot *v;
    size_t mask;
};

static struct slot *slot_of(const struct slots *t, int kind, uint32_t entity)
{
    uint64_t key = (uint64_t)entity << 8 | (uint64_t)(kind + 1);
    size_t i = (size_t)(key * 0x9e3779b97f4a7c15u >> 20) & t->mask;
    while (t->v[i].key && t->v[i].key != key)
        i = (i + 1) & t->mask;
    if (!t->v[i].key)
        t->v[i].key = key;
    return &t->v[i];
}

static void slot_add(struct slot *s, uint32_t draft)
{
    for (uint32_t i = 0; i < s->n && i < SLOT_DRAFTS; i++)
        if (s->drafts[i] == draft)
            return;
    if (s->n < SLOT_DRAFTS)
        s->drafts[s->n] = draft;
    s->n++;
}

/* Calls for each kind and entity (near ones too) of a statement. */
static void each_slot(const struct slots *t, const struct statement *s,
                      void (*use)(struct slot *, uint32_t, void *), uint32_t draft, void *ctx)
{
    for (uint32_t kinds = s->kinds; kinds; kinds &= kinds - 1)
        for (uint32_t i = 0; i < (uint32_t)s->n_entities + s->n_near; i++)
            use(slot_of(t, __builtin_ctz(kinds), s->entities[i]), draft, ctx);
}

static void use_to_add(struct slot *s, uint32_t draft, void *ctx)
{
    (void)ctx;
    slot_add(s, draft);
}

/* Room for every kind and entity of every draft's first statement. */
static struct slots slots_open(const struct event_making *m)
{
    size_t pairs = 64;
    for (uint32_t i = 1; i < m->drafts.n; i++) {
        const struct statement *s = &m->all.v[m->drafts.v[i].first];
        pairs += (size_t)__builtin_popcount(s->kinds) * (size_t)(s->n_entities + s->n_near);
    }
    struct slots t = {.mask = 63};
    while (t.mask + 1 < pairs * 2)
        t.mask = t.mask * 2 + 1;
    t.v = mem_alloc((t.mask + 1) * sizeof(*t.v));
    memset(t.v, 0, (t.mask + 1) * sizeof(*t.v));
    for (uint32_t i = 1; i < m->drafts.n; i++)
        if (m->drafts.v[i].days.precision <= PRECISION_MONTH && !m->drafts.v[i].into)
            each_slot(&t, &m->all.v[m->drafts.v[i].first], use_to_add, i, NULL);
    return t;
}

void draft_join(struct event_making *m, uint32_t from, uint32_t to)
{
    m->all.v[m->drafts.v[to].last].next = m->drafts.v[from].first;
    m->drafts.v[to].last = m->drafts.v[from].last;
    m->drafts.v[to].n += m->drafts.v[from].n;
    m->drafts.v[from].into = to;
}

/* ---- contradiction ---- */

static bool is_fresh(const struct event_making *m, const struct draft *d)
{
    for (uint32_t row = d->first; row; row = m->all.v[row].next) {
        int32_t published = article_at(m->job->all, m->all.v[row].claim.article)->published;
        if (published != DAY_NONE && published >= d->days.first &&
            published - d->days.first <= FRESH_DAYS)
            return true;
    }
    return false;
}

/* Linear in their statements: the articles of one are stamped, those of the other looked up. */
static bool share_article(struct event_making *m, const struct draft *a, const struct draft *b)
{
    m->stamp++;
    for (uint32_t i = a->first; i; i = m->all.v[i].next)
        m->stamps[m->all.v[i].claim.article.v] = m->stamp;
    for (uint32_t k = b->first; k; k = m->all.v[k].next)
        if (m->stamps[m->all.v[k].claim.article.v] == m->stamp)
            return true;
    return false;
}

/* Does one of the (first) articles that tell the draft say anything of these days? */
static bool names_days(const struct event_making *m, const struct draft *d, struct days days)
{
    uint32_t looked = 0;
    for (uint32_t i = d->first; i && looked++ < ARTICLES_LOOKED; i = m->all.v[i].next) {
        uint32_t a = m->all.v[i].claim.article.v;
        for (uint32_t k = m->starts[a]; k < m->starts[a + 1] && k < m->starts[a] + DATES_LOOKED;
             k++)
            if (m->all.v[k].days.first == days.first && m->all.v[k].days.end == days.end)
                return true;
    }
    return false;
}

/* Days that could be one day told wrongly. */
static bool days_may_be_one(struct days a, struct days b)
{
    int64_t apart = (int64_t)a.first - b.first;
    struct civil x = day_to_civil(a.first), y = day_to_civil(b.first);
    if (apart >= -APART_DAYS && apart <= APART_DAYS)
        return true;
    return x.month == y.month && x.day == y.day && (x.year - y.year == 1 || y.year - x.year == 1);
}

static bool contradict(struct event_making *m, const struct draft *a, const struct draft *b)
{
    uint32_t once = event_kinds_once();
    const struct statement *s = &m->all.v[a->first], *t = &m->all.v[b->first];
    if (a->days.precision != PRECISION_DAY || b->days.precision != PRECISION_DAY)
        return false;
    if (s->bound || t->bound || !(s->kinds & t->kinds & once) || !days_may_be_one(a->days, b->days))
        return false;
    if (statement_likeness(s, t) < JOIN_CONFLICT || (is_fresh(m, a) && is_fresh(m, b)))
        return false;
    if (statement_shared_stems(s, t) < WORDS_SHARED && !share_person(m->l, s, t))
        return false;
    bool a_less = a->n < b->n;
    return !share_article(m, a, b) && !names_days(m, a_less ? a : b, a_less ? b->days : a->days);
}

static bool is_series(const struct event_making *m, const struct slot *s, const struct draft *d)
{
    uint32_t near = 0;
    for (uint32_t i = 0; i < s->n && i < SLOT_DRAFTS; i++) {
        int64_t apart = (int64_t)m->drafts.v[s->drafts[i]].days.first - d->days.first;
        near += apart >= -SERIES_DAYS && apart <= SERIES_DAYS;
    }
    return s->n > SLOT_DRAFTS || near > SERIES_MAX;
}

/* Of the drafts in a slot, joins those that contradict this one; the more told takes the other
 * in. */
static void use_to_contradict(struct slot *s, uint32_t draft, void *ctx)
{
    struct event_making *m = ctx;
    for (uint32_t i = 0; i < s->n && i < SLOT_DRAFTS; i++) {
        uint32_t other = s->drafts[i];
        if (other >= draft || m->drafts.v[draft].into || m->drafts.v[other].into)
            continue;
        const struct draft *a = &m->drafts.v[other], *b = &m->drafts.v[draft];
        if (is_series(m, s, b) || !contradict(m, a, b))
            continue;
        bool first_stays = a->n >= b->n;
        draft_join(m, first_stays ? draft : other, first_stays ? other : draft);
    }
}

/* ---- the great day of a month ---- */

static uint32_t draft_articles(const struct event_making *m, const struct draft *d)
{
    uint32_t n = 0, before = 0;
    for (uint32_t row = d->first; row; row = m->all.v[row].next) {
        n += m->all.v[row].claim.article.v != before;
        before = m->all.v[row].claim.article.v;
    }
    return n;
}

static bool is_retrospective(const struct event_making *m, const struct draft *d)
{
    for (uint32_t row = d->first; row; row = m->all.v[row].next) {
        int32_t published = article_at(m->job->all, m->all.v[row].claim.article)->published;
        if (published == DAY_NONE || published - d->days.first < RETROSPECT_DAYS)
            return false;
    }
    return true;
}

/* The part of the day that a value names, "TNI" for a night; null: none. */
static const char *part_of_day(const struct statement *s)
{
    return strchr(s->value, 'T');
}

/* Do two of the statement's words, and a quarter of them, stand in what the papers say of the great
 * day?  The same part of the day counts for one. */
static bool shares_words(const struct event_making *m, const struct draft *great,
                         const struct draft *d)
{
    const struct statement *s = &m->all.v[d->first];
    const char *part = part_of_day(s);
    uint32_t found = 0, looked = 0;
    bool seen[STATEMENT_STEMS + 1] = {false};
    for (uint32_t row = great->first; row && looked++ < GREAT_LOOKED; row = m->all.v[row].next) {
        const struct statement *t = &m->all.v[row];
        for (uint32_t i = 0; i < s->n_stems; i++) {
            struct statement word = {.n_stems = 1, .stems = {s->stems[i]}};
            seen[i] = seen[i] || statement_shared_stems(t, &word);
        }
        const char *theirs = part_of_day(t);
        if (part && theirs && !strcmp(part, theirs))
            seen[STATEMENT_STEMS] = true;
    }
    for (uint32_t i = 0; i <= STATEMENT_STEMS; i++)
        found += seen[i];
    return found >= 2 && found * 4 >= s->n_stems;
}

/* A paper that looks back and gives one other day of the month for what sounds the same. */
static bool misdates(struct event_making *m, const struct draft *great, const struct draft *d)
{
    uint32_t ours = m->all.v[d->first].kinds, theirs = m->all.v[great->first].kinds;
    return draft_articles(m, d) == 1 && !m->all.v[d->first].bound &&
           (!ours || (ours & theirs & event_kinds_once())) && is_retrospective(m, d) &&
           shares_words(m, great, d) && !share_article(m, great, d) &&
           !names_days(m, d, great->days);
}

/* Drafts lie in order of days: those of a month stand together. */
static void join_to_great_days(struct event_making *m)
{
    for (uint32_t i = 1, end; i < m->drafts.n; i = end) {
        struct civil month = day_to_civil(m->drafts.v[i].days.first);
        uint32_t great = 0, most = GREAT_ARTICLES - 1;
        for (end = i; end < m->drafts.n; end++) {
            const struct draft *d = &m->drafts.v[end];
            struct civil c = day_to_civil(d->days.first);
            if (c.year != month.year || c.month != month.month)
                break;
            uint32_t n = d->days.precision == PRECISION_DAY && !d->into ? draft_articles(m, d) : 0;
            if (n > most && (m->all.v[d->first].kinds & event_kinds_once()))
                most = n, great = end;
        }
        for (uint32_t k = i; great && k < end; k++) {
            const struct draft *d = &m->drafts.v[k];
            if (k != great && !d->into && d->days.precision == PRECISION_DAY &&
                misdates(m, &m->drafts.v[great], d))
                draft_join(m, k, great);
        }
    }
}

void drafts_join_conflicting(struct event_making *m)
{
    struct slots t = slots_open(m);
    uint32_t once = event_kinds_once();
    for (uint32_t i = 1; i < m->drafts.n; i++)
        if (m->drafts.v[i].days.precision == PRECISION_DAY &&
            (m->all.v[m->drafts.v[i].first].kinds & once))
            each_slot(&t, &m->all.v[m->drafts.v[i].first], use_to_contradict, i, m);
    free(t.v);
    join_to_great_days(m);
}

/* ---- vagueness ---- */

struct choice {
    const struct event_making *m;
    uint32_t best;
    float most, second;
};

/* Of the precise drafts in a slot, those inside the vague draft's days, by likeness. */
static void use_to_choose(struct slot *s, uint32_t draft, void *ctx)
{
    struct choice *c = ctx;
    const struct draft *vague = &c->m->drafts.v[draft];
    for (uint32_t i = 0; s->n <= SLOT_DRAFTS && i < s->n; i++) {
        const struct draft *d = &c->m->drafts.v[s->drafts[i]];
        bool inside = vague->days.first <= d->days.first && d->days.end <= vague->days.end &&
                      d->days.precision < vague->days.precision;
        if (s->drafts[i] == c->best || d->into || !inside)
            continue;
        const struct statement *a = &c->m->all.v[d->first], *b = &c->m->all.v[vague->first];
        float like = statement_likeness(a, b) + statement_fate(c->m->l, a, b);
        if (like > c->most)
            c->second = c->most, c->most = like, c->best = s->drafts[i];
        else if (like > c->second)
            c->second = like;
    }
}

void drafts_join_vague(struct event_making *m)
{
    struct slots t = slots_open(m);
    for (uint32_t i = 1; i < m->drafts.n; i++) {
        struct choice c = {.m = m};
        if (m->drafts.v[i].days.precision == PRECISION_DAY || m->drafts.v[i].into)
            continue;
        each_slot(&t, &m->all.v[m->drafts.v[i].first], use_to_choose, i, &c);
        if (c.best && c.most >= JOIN_VAGUE && c.most > c.second + 0.1f)
            draft_join(m, i, c.best);
    }
    free(t.v);
}

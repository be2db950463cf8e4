/* Conflicts in the open: dates, names, quotations; numbers are in conflict_numbers.c.
 *
 *   date    the claims of one event name different days (event_joins.c has brought them together)
 *   name    one entity is spelt in two ways (link_entities.c has tied them by spelling)
 *   quote   of two wordings of one utterance one has a "not" more, or another number or name
 *
 * What is only said less exactly ("June" beside "12 June"), cut, or put in other words is not a
 * conflict: an alarm that is often false is soon not looked at. */
#include "core/link_conflicts.h"

#include "core/align.h"

/* ---- making one ---- */

static int by_value(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    int c = str_cmp(x->value, y->value);
    if (c)
        return c;
    if (x->where.article.v != y->where.article.v)
        return x->where.article.v < y->where.article.v ? -1 : 1;
    return (x->where.at.begin > y->where.at.begin) - (x->where.at.begin < y->where.at.begin);
}

bool told_share_article(const told_vec *told)
{
    for (size_t i = 0; i < told->n; i++)
        for (size_t k = i + 1; k < told->n; k++)
            if (told->v[i].where.article.v == told->v[k].where.article.v &&
                !str_eq(told->v[i].value, told->v[k].value))
                return true;
    return false;
}

static uint32_t articles_of(const struct conflict_making *m, const struct conflict_value *v)
{
    uint32_t n = 0, before = 0;
    for (uint32_t i = v->passages_begin; i < v->passages_end; i++) {
        n += m->passages.v[i].article.v != before;
        before = m->passages.v[i].article.v;
    }
    return n;
}

/* Few values: put in order by insertion, ties as they stand. */
static void order_values(struct conflict_making *m, uint32_t begin)
{
    for (size_t i = begin + 1; i < m->values.n; i++)
        for (size_t k = i;
             k > begin && articles_of(m, &m->values.v[k]) > articles_of(m, &m->values.v[k - 1]);
             k--) {
            struct conflict_value t = m->values.v[k];
            m->values.v[k] = m->values.v[k - 1];
            m->values.v[k - 1] = t;
        }
}

struct conflict *conflict_add(struct conflict_making *m, enum conflict_kind kind, struct str about,
                              told_vec *told)
{
    if (told->n)
        qsort(told->v, told->n, sizeof(*told->v), by_value);
    if (!told->n || str_eq(told->v[0].value, vec_last(told)->value))
        return NULL;
    uint32_t begin = (uint32_t)m->values.n;
    for (size_t i = 0; i < told->n; i++) {
        if (!i || !str_eq(told->v[i].value, told->v[i - 1].value)) {
            struct conflict_value *v = vec_add(&m->values);
            v->value = arena_str(&m->l->memory, told->v[i].value);
            v->passages_begin = (uint32_t)m->passages.n;
        }
        vec_push(&m->passages, told->v[i].where);
        vec_last(&m->values)->passages_end = (uint32_t)m->passages.n;
    }
    order_values(m, begin);
    struct conflict *c = vec_add(&m->conflicts);
    *c = (struct conflict){.kind = kind,
                           .about = arena_str(&m->l->memory, about),
                           .values_begin = begin,
                           .values_end = (uint32_t)m->values.n};
    return c;
}

/* ---- dates ---- */

static struct str text_of(const struct conflict_making *m, struct passage p)
{
    return str_at(article_at(m->job->all, p.article)->text, p.at);
}

static void conflicts_of_dates(struct conflict_making *m)
{
    told_vec told = {0};
    for (uint32_t i = 1; i < m->l->n_events; i++) {
        struct event *e = &m->l->events[i];
        vec_clear(&told);
        for (uint32_t k = e->claims_begin; e->n_articles > 1 && k < e->claims_end; k++) {
            const struct claim *c = &m->l->claims[k];
            const struct date *d = &article_dates(m->job->all, c->article).v[c->date];
            if (d->days.precision == PRECISION_DAY)
                vec_push(&told,
                         ((struct told){days_timex(&m->l->memory, d->days), {c->article, c->at}}));
        }
        struct conflict *c = conflict_add(m, CONFLICT_DATE, text_of(m, e->summary), &told);
        if (c) {
            c->event.v = i;
            e->conflict = (uint32_t)m->conflicts.n;
        }
    }
    vec_free(&told);
}

/* ---- names ---- */

#define NAME_PASSAGES 64 /* of one spelling that are shown */

static void tell_alias(struct conflict_making *m, const struct alias *alias, told_vec *told)
{
    struct row_run rows = links_of_entity(m->l, alias->entity);
    for (uint32_t i = 0, shown = 0; i < rows.n && shown < NAME_PASSAGES; i++) {
        struct passage p = {links_mention_article(m->l, rows.v[i]), m->l->mentions[rows.v[i]].at};
        if (!str_eq(text_of(m, p), alias->text))
            continue;
        vec_push(told, ((struct told){alias->text, p}));
        shown++;
    }
}

/* "Marc" and "Mark": too short for word_likeness to say so; but not "Jackson" and "Jr". */
static bool near_spelling(const struct word *x, const struct word *y)
{
    size_t most = x->term.n > y->term.n ? x->term.n : y->term.n,
           least = x->term.n + y->term.n - most;
    return least > 1 && most - least <= 1 && x->term.p[0] == y->term.p[0];
}

/* The name that a spelling is another spelling of: as many words, all but one the same, that one
 * like. */
static const struct alias *spelt_otherwise(const struct links *l, const struct entity *e,
                                           const struct alias *other)
{
    struct arena scratch = {0};
    const struct alias *best = NULL;
    struct word_run b = words_of(&scratch, other->text, span_of(0, other->text.n));
    for (uint32_t i = e->aliases_begin; i < e->aliases_end && !best; i++) {
        const struct alias *a = &l->aliases[i];
        struct word_run w = words_of(&scratch, a->text, span_of(0, a->text.n));
        uint32_t same = 0, like = 0;
        for (uint32_t k = 0; k < w.n && w.n == b.n; k++) {
            enum likeness how = word_likeness(&w.v[k], &b.v[k]);
            same += how == LIKE_SAME;
            like += how == LIKE_SPELLING || how == LIKE_INFLECTION ||
                    (how == LIKE_NOT && near_spelling(&w.v[k], &b.v[k]));
        }
        if (a->reason != LINK_SPELLING && w.n == b.n && same + 1 == w.n && like)
            best = a;
    }
    arena_finish(&scratch);
    return best;
}

/* Papers disagree on how people and bodies are called; a place spelt otherwise is a slip of the
 * pen. */
static void conflicts_of_names(struct conflict_making *m)
{
    told_vec told = {0};
    for (uint32_t i = 1; i < m->l->n_entities; i++) {
        const struct entity *e = &m->l->entities[i];
        for (uint32_t k = e->aliases_begin; k < e->aliases_end; k++) {
            const struct alias *other = &m->l->aliases[k];
            bool tells = other->reason == LINK_SPELLING && e->kind != MENTION_PLACE;
            const struct alias *name = tells ? spelt_otherwise(m->l, e, other) : NULL;
            if (!name)
                continue;
            vec_clear(&told);
            tell_alias(m, name, &told);
            tell_alias(m, other, &told);
            struct conflict *c = conflict_add(m, CONFLICT_NAME, e->name, &told);
            if (c)
                c->entity.v = i;
        }
    }
    vec_free(&told);
}

/* ---- quotations ---- */

/* What a wording puts in place of what the first has, between words they share: at either end it is
 * only cut.  Something said instead contradicts, something left out does not, but for a "not". */
struct gap {
    struct word_run a, b; /* all words of either */
    uint32_t a_begin, a_end, b_begin, b_end;
};

static uint32_t negations_in(struct word_run run, uint32_t begin, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t i = begin; i < end; i++)
        n += word_is_negation(run.v, i);
    return n;
}

static bool same_number(const struct word *x, const struct word *y)
{
    int64_t u = word_number(x), v = word_number(y);
    return u >= 0 && v >= 0 ? u == v : str_eq(x->term, y->term);
}

static bool same_name(const struct word *x, const struct word *y)
{
    return word_likeness(x, y) != LIKE_NOT;
}

/* Titles and initials may be added or not. */
static bool is_name(const struct word *w)
{
    return w->capital && w->term.n > 2;
}

/* Do both sides have words of a sort, and none of them in common? */
static bool replaced(const struct gap *g, bool (*is)(const struct word *),
                     bool (*same)(const struct word *, const struct word *))
{
    bool both = false;
    for (uint32_t i = g->a_begin; i < g->a_end; i++)
        for (uint32_t k = g->b_begin; is(&g->a.v[i]) && k < g->b_end; k++) {
            if (is(&g->b.v[k]) && same(&g->a.v[i], &g->b.v[k]))
                return false;
            both |= is(&g->b.v[k]);
        }
    return both;
}

static bool gap_contradicts(const struct gap *g)
{
    return negations_in(g->a, g->a_begin, g->a_end) % 2 !=
               negations_in(g->b, g->b_begin, g->b_end) % 2 ||
           replaced(g, word_is_number, same_number) || replaced(g, is_name, same_name);
}

static bool contradicts(struct word_run a, struct word_run b, struct edit_run edits)
{
    struct gap g = {.a = a, .b = b};
    bool inside = false;
    for (uint32_t i = 0; i < edits.n; i++) {
        const struct edit *e = &edits.v[i];
        if (e->kind == EDIT_SAME) {
            uint32_t between = g.a_end - g.a_begin + g.b_end - g.b_begin;
            if (inside && between <= edits.same && gap_contradicts(&g))
                return true;
            g.a_begin = g.a_end = e->end, g.b_begin = g.b_end = e->b_end;
            inside = true;
        } else if (e->kind == EDIT_REMOVED) {
            g.a_end = e->end;
        } else {
            g.b_end = e->b_end;
        }
    }
    return false;
}

/* How a wording differs from the first of its group: QUOTE_CUT where it lacks too much of it to say
 * the same or another thing. */
enum quote_change { QUOTE_SAME, QUOTE_CHANGED, QUOTE_CUT };
static enum quote_change change_of(struct conflict_making *m, struct arena *scratch, uint32_t first,
                                   uint32_t row)
{
    const struct quote *a = &m->l->quotes[first], *b = &m->l->quotes[row];
    const struct article *x = article_at(m->job->all, links_quote_article(m->l, first));
    const struct article *y = article_at(m->job->all, links_quote_article(m->l, row));
    struct word_run u = words_of(scratch, x->text, a->at), v = words_of(scratch, y->text, b->at);
    struct edit_run edits = align_words(scratch, u, v);
    bool mostly_same = edits.same * 10 >= (u.n < v.n ? u.n : v.n) * 7;
    if (mostly_same && contradicts(u, v, edits))
        return QUOTE_CHANGED;
    return !mostly_same || edits.same < u.n ? QUOTE_CUT : QUOTE_SAME;
}

static void conflicts_of_quotes(struct conflict_making *m)
{
    struct arena scratch = {0};
    told_vec told = {0};
    for (uint32_t g = 1; g < m->l->n_groups; g++) {
        struct row_run rows = links_of_group(m->l, (group_id){g});
        uint32_t first = UINT32_MAX;
        vec_clear(&told);
        for (uint32_t i = 0; rows.n > 1 && i < rows.n; i++) {
            const struct quote *q = &m->l->quotes[rows.v[i]];
            if (q->kind == QUOTE_INDIRECT || q->kind == QUOTE_BLOCK)
                continue;
            bool is_first = first == UINT32_MAX;
            first = is_first ? rows.v[i] : first;
            struct arena_mark mark = arena_mark(&scratch);
            struct passage p = {links_quote_article(m->l, rows.v[i]), q->at};
            enum quote_change change =
                is_first ? QUOTE_SAME : change_of(m, &scratch, first, rows.v[i]);
            if (change == QUOTE_SAME ||
                (change == QUOTE_CHANGED && p.article.v != told.v[0].where.article.v))
                vec_push(&told,
                         ((struct told){change || is_first ? text_of(m, p) : told.v[0].value, p}));
            arena_release(&scratch, mark);
        }
        struct conflict *c =
            told.n > 1 ? conflict_add(m, CONFLICT_QUOTE, told.v[0].value, &told) : NULL;
        if (c)
            c->group.v = g;
    }
    arena_finish(&scratch);
    vec_free(&told);
}

/* ---- all ---- */

#define KEEP(l, name, vec)                                                                         \
    do {                                                                                           \
        (l)->name = arena_alloc(&(l)->memory, ((vec)->n + 1) * sizeof(*(vec)->v));                 \
        if ((vec)->n)                                                                              \
            memcpy((l)->name, (vec)->v, (vec)->n * sizeof(*(vec)->v));                             \
        vec_free(vec);                                                                             \
    } while (0)

void link_conflicts(const struct link_job *job, struct links *l)
{
    struct conflict_making m = {.job = job, .l = l};
    conflicts_of_dates(&m);
    conflicts_of_names(&m);
    conflicts_of_quotes(&m);
    conflicts_of_numbers(&m);
    l->n_conflicts = (uint32_t)m.conflicts.n;
    KEEP(l, conflicts, &m.conflicts);
    KEEP(l, conflict_values, &m.values);
    KEEP(l, conflict_passages, &m.passages);
}

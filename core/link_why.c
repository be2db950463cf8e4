/* A walk from alias to alias.  What ties a short form is the nearest fuller mention of the same
 * entity in its article, where there is one: that is how it was tied (link_short.c), and it is what
 * a reader would look at.  Where there is none, the alias knows the passage; where that is none
 * either, the tie is by form alone, and the entity's name follows.  To keep the row that each
 * mention was tied by was refused: sixteen megabytes for 100,000 articles, for a question asked now
 * and then. */
#include "core/link_why.h"

#include "core/link_names.h"

struct walk {
    const struct articles *all;
    const struct links *l;
    entity_id entity;
    uint32_t visited[WHY_STEPS_MAX]; /* aliases */
    uint32_t n;
};

static struct str text_of(const struct walk *w, uint32_t row)
{
    return str_at(article_at(w->all, links_mention_article(w->l, row))->text,
                  w->l->mentions[row].at);
}

static struct str form_of(struct str text, char out[FORM_BYTES_MAX])
{
    return name_form(text, MENTION_OTHER, out);
}

/* The alias that the mention stands under; that of the name where none fits to the letter. */
static uint32_t alias_of(const struct walk *w, uint32_t row)
{
    const struct entity *e = &w->l->entities[w->entity.v];
    struct str text = text_of(w, row);
    char a[FORM_BYTES_MAX], b[FORM_BYTES_MAX];
    struct str form = form_of(text, a);
    for (uint32_t i = e->aliases_begin; i < e->aliases_end; i++)
        if (str_eq(w->l->aliases[i].text, text) || str_eq(form_of(w->l->aliases[i].text, b), form))
            return i;
    return e->aliases_begin;
}

static bool was_visited(const struct walk *w, uint32_t alias)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (w->visited[i] == alias)
            return true;
    return false;
}

/* The longer says what the shorter is short for: it holds its words, or begins with its letters. */
static bool explains(struct str longer, struct str shorter)
{
    char a[FORM_BYTES_MAX], b[FORM_BYTES_MAX];
    struct str x = form_of(longer, a), y = form_of(shorter, b);
    if (x.n <= y.n || !y.n)
        return false;
    const char *at = memmem(x.p, x.n, y.p, y.n);
    bool begins = at && (at == x.p || at[-1] == ' '),
         ends = at && (at + y.n == x.p + x.n || at[y.n] == ' ');
    return (begins && ends) || (is_acronym(shorter) && letters_stand_for(y, x));
}

static bool is_of(const struct walk *w, uint32_t row)
{
    return w->l->mentions[row].entity.v == w->entity.v;
}

/* The nearest fuller mention in the article: before the row, else behind it; UINT32_MAX: none. */
static uint32_t fuller_in_article(const struct walk *w, uint32_t row)
{
    article_id a = links_mention_article(w->l, row);
    struct str text = text_of(w, row);
    uint32_t begin = w->l->mention_starts[a.v], end = w->l->mention_starts[a.v + 1];
    for (uint32_t i = row; i-- > begin;)
        if (is_of(w, i) && explains(text_of(w, i), text) && !was_visited(w, alias_of(w, i)))
            return i;
    for (uint32_t i = row + 1; i < end; i++)
        if (is_of(w, i) && explains(text_of(w, i), text) && !was_visited(w, alias_of(w, i)))
            return i;
    return UINT32_MAX;
}

/* A mention of the entity under a name not yet seen, in the passage that an alias points at. */
static uint32_t other_in_passage(const struct walk *w, struct passage p)
{
    if (!p.article.v)
        return UINT32_MAX;
    uint32_t end = w->l->mention_starts[p.article.v + 1];
    for (uint32_t i = w->l->mention_starts[p.article.v];
         i < end && w->l->mentions[i].at.begin < p.at.end; i++)
        if (is_of(w, i) && span_touches(w->l->mentions[i].at, p.at) &&
            !was_visited(w, alias_of(w, i)))
            return i;
    return UINT32_MAX;
}

static uint32_t first_of_name(const struct walk *w)
{
    struct row_run rows = links_of_entity(w->l, w->entity);
    for (uint32_t i = 0; i < rows.n; i++)
        if (alias_of(w, rows.v[i]) == w->l->entities[w->entity.v].aliases_begin)
            return rows.v[i];
    return UINT32_MAX;
}

static bool is_by_article(uint8_t reason)
{
    return reason == LINK_SURNAME || reason == LINK_GIVEN_NAME || reason == LINK_TITLE ||
           reason == LINK_ACRONYM || reason == LINK_SHORT_FORM;
}

/* The row of the next step; the step's `because` is filled in. */
static uint32_t next_row(const struct walk *w, uint32_t row, const struct alias *a,
                         struct why_step *step)
{
    uint32_t next = is_by_article(a->reason) ? fuller_in_article(w, row) : UINT32_MAX;
    if (next != UINT32_MAX) {
        step->because =
            (struct passage){links_mention_article(w->l, next), w->l->mentions[next].at};
        return next;
    }
    step->because = a->because;
    next = other_in_passage(w, a->because);
    return next != UINT32_MAX ? next : first_of_name(w);
}

static uint32_t row_at(const struct links *l, struct passage at)
{
    struct mention_run run = links_mentions(l, at.article);
    for (uint32_t i = 0; i < run.n; i++)
        if (run.v[i].at.begin == at.at.begin)
            return l->mention_starts[at.article.v] + i;
    return UINT32_MAX;
}

uint32_t links_why(const struct articles *all, const struct links *l, struct passage at,
                   struct why_step out[WHY_STEPS_MAX])
{
    struct walk w = {.all = all, .l = l};
    uint32_t row = row_at(l, at);
    w.entity = row == UINT32_MAX ? NO_ENTITY : l->mentions[row].entity;
    while (w.entity.v && row != UINT32_MAX && w.n < WHY_STEPS_MAX) {
        uint32_t alias = alias_of(&w, row);
        struct why_step *step = &out[w.n];
        *step = (struct why_step){.at = {links_mention_article(l, row), l->mentions[row].at}};
        w.visited[w.n++] = alias;
        if (alias == l->entities[w.entity.v].aliases_begin)
            break;
        step->reason = l->aliases[alias].reason;
        row = next_row(&w, row, &l->aliases[alias], step);
    }
    return w.n;
}

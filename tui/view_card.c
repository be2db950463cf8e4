/* The card of one entity, as a list: when it is spoken of, its names with the reason each is taken
 * for it, who is named beside it, its quotations, and its mentions in context.  Enter goes to the
 * passage. */
#include "core/link_beside.h"
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"
#include "tui/strip.h"

#define QUOTES_SHOWN 200
#define BESIDE_SHOWN 10
#define ALIAS_COLS 30
#define ALIAS_COLS_NARROW 22
#define WIDE_COLS 100

enum row_kind { ROW_HEADING, ROW_ALIAS, ROW_BESIDE, ROW_QUOTE, ROW_MENTION, ROW_TIMES };

struct own {
    entity_id entity;
    struct str name; /* found again by it after a relink */
    struct arena memory;
    uint32_t n_quotes;
    struct strip strip; /* of its mentions, by the day of their article */
    struct beside beside[BESIDE_SHOWN];
};

/* Row b says its kind and, for a heading, which: a is its number in the tables of links. */
static void heading(struct list *l, enum row_kind of)
{
    vec_push(&l->rows, ((struct list_row){0, of, ROW_HEADING}));
}

static void row(struct list *l, enum row_kind kind, uint32_t i)
{
    vec_push(&l->rows, ((struct list_row){(uint64_t)kind << 32 | (i + 1), i, kind}));
}

static void fill_quotes(struct list *l, const struct links *links, struct own *o)
{
    size_t at = l->rows.n;
    o->n_quotes = 0;
    for (uint32_t i = 0; i < links->n_quotes; i++)
        if (links->quotes[i].speaker_entity.v == o->entity.v && ++o->n_quotes <= QUOTES_SHOWN) {
            if (l->rows.n == at)
                heading(l, ROW_QUOTE);
            row(l, ROW_QUOTE, i);
        }
}

static void fill_times(struct list *l, struct app *app, struct own *o)
{
    const struct links *links = dossier_links(app->dossier);
    const struct entity *e = &links->entities[o->entity.v];
    if (e->first == DAY_NONE)
        return;
    strip_begin(&o->strip, e->first, e->last);
    struct row_run rows = links_of_entity(links, o->entity);
    for (uint32_t i = 0; i < rows.n; i++) {
        int32_t day =
            dossier_article(app->dossier, links_mention_article(links, rows.v[i]))->published;
        if (day != DAY_NONE)
            strip_add(&o->strip, day);
    }
    row(l, ROW_TIMES, rows.v[0]);
}

static void fill_beside(struct list *l, struct app *app, struct own *o)
{
    uint32_t n = links_beside(dossier_articles(app->dossier), dossier_links(app->dossier),
                              o->entity, o->beside, BESIDE_SHOWN);
    if (n)
        heading(l, ROW_BESIDE);
    for (uint32_t i = 0; i < n; i++)
        row(l, ROW_BESIDE, i);
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (!list_anew(l, changed, CHANGED_LINKS))
        return false;
    if (o->entity.v >= links->n_entities || !str_eq(links->entities[o->entity.v].name, o->name))
        o->entity = links_find_entity(links, o->name);
    if (o->entity.v == 0)
        return true;
    const struct entity *e = &links->entities[o->entity.v];
    fill_times(l, app, o);
    heading(l, ROW_ALIAS);
    for (uint32_t i = e->aliases_begin; i < e->aliases_end; i++)
        row(l, ROW_ALIAS, i);
    fill_beside(l, app, o);
    fill_quotes(l, links, o);
    heading(l, ROW_MENTION);
    struct row_run rows = links_of_entity(links, o->entity);
    for (uint32_t i = 0; i < rows.n; i++)
        row(l, ROW_MENTION, rows.v[i]);
    return true;
}

static void alias_line(struct app *app, const struct alias *a, uint8_t kind, bool wide,
                       struct line *out)
{
    line_put(out, STR("  "), FACE_TEXT);
    line_cell(out, a->text, wide ? ALIAS_COLS : ALIAS_COLS_NARROW,
              (enum face)face_of_mention(kind));
    line_printf(out, FACE_COUNT, " %5u  ", a->count);
    line_put(out, str_of(link_reason_text((enum link_reason)a->reason)), FACE_TEXT);
    if (wide && a->because.article.v) {
        line_put(out, STR(" · "), FACE_TEXT);
        put_source(app, a->because.article, out, FACE_OUTLET);
    }
}

/* "3 sentences" with the first of them in context. */
static void beside_line(struct app *app, const struct beside *b, bool wide, unsigned cols,
                        struct line *out)
{
    const struct entity *e = &dossier_links(app->dossier)->entities[b->entity.v];
    unsigned name_cols = wide ? ALIAS_COLS : ALIAS_COLS_NARROW;
    line_put(out, STR("  "), FACE_TEXT);
    line_cell(out, e->name, name_cols, (enum face)face_of_mention(e->kind));
    line_printf(out, FACE_COUNT, " %5u  ", b->sentences);
    if (cols > name_cols + 10)
        context_put(app, b->first, cols - name_cols - 10, out);
}

/* "13 November 1998 to 13 November 2019  ▁▂▅█" */
static void times_line(struct app *app, const struct own *o, unsigned cols, struct line *out)
{
    const struct entity *e = &dossier_links(app->dossier)->entities[o->entity.v];
    line_put(out, STR("  "), FACE_TEXT);
    put_day(out, e->first, FACE_DATE);
    if (e->last != e->first) {
        line_put(out, STR(" to "), FACE_TEXT);
        put_day(out, e->last, FACE_DATE);
    }
    line_put(out, STR("  "), FACE_TEXT);
    strip_put(&o->strip, out, (int)cols / 3, DAY_NONE, false);
}

static void row_line(struct list *l, struct app *app, const struct list_row *r, struct line *out)
{
    static const char *const headings[] = {[ROW_ALIAS] = "Names",
                                           [ROW_BESIDE] = "Named with, and in how many sentences",
                                           [ROW_QUOTE] = "Quotations",
                                           [ROW_MENTION] = "Mentions"};
    const struct links *links = dossier_links(app->dossier);
    unsigned cols = l->pane.at.cols > 3 ? (unsigned)l->pane.at.cols - 3 : 0;
    bool wide = l->pane.at.cols >= WIDE_COLS;
    switch ((enum row_kind)r->b) {
    case ROW_HEADING:
        line_put(out, str_of(headings[r->a]), FACE_HEADLINE);
        break;
    case ROW_TIMES:
        times_line(app, l->own, cols, out);
        break;
    case ROW_ALIAS:
        alias_line(app, &links->aliases[r->a], links->entities[links->aliases[r->a].entity.v].kind,
                   wide, out);
        break;
    case ROW_BESIDE:
        beside_line(app, &((struct own *)l->own)->beside[r->a], wide, cols, out);
        break;
    case ROW_QUOTE:
        line_put(out, STR("  ”"), FACE_MARGIN);
        line_put_flat(out,
                      str_at(dossier_article(app->dossier, links_quote_article(links, r->a))->text,
                             links->quotes[r->a].at),
                      look_of(FACE_QUOTE));
        break;
    case ROW_MENTION:
        line_put(out, STR("  "), FACE_TEXT);
        context_put(app,
                    (struct passage){links_mention_article(links, r->a), links->mentions[r->a].at},
                    cols, out);
        break;
    }
}

static void title(struct list *l, struct app *app, struct line *out)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    line_put(out, o->name, FACE_TITLE);
    line_right(out);
    if (o->entity.v && o->entity.v < links->n_entities) {
        const struct entity *e = &links->entities[o->entity.v];
        line_printf(out, FACE_COUNT, "%u mention%s in %u article%s · ” %u", e->n_mentions,
                    e->n_mentions == 1 ? "" : "s", e->n_articles, e->n_articles == 1 ? "" : "s",
                    o->n_quotes);
    }
}

/* Where the tie of an alias is to be read, else the mention that its text was taken from. */
static struct passage alias_passage(struct app *app, const struct alias *a)
{
    const struct links *links = dossier_links(app->dossier);
    struct row_run rows = links_of_entity(links, a->entity);
    if (a->because.article.v)
        return a->because;
    for (uint32_t i = 0; i < rows.n; i++) {
        article_id in = links_mention_article(links, rows.v[i]);
        struct span at = links->mentions[rows.v[i]].at;
        if (dossier_article(app->dossier, in)->text.p + at.begin == a->text.p)
            return (struct passage){in, at};
    }
    return (struct passage){0};
}

static bool thing(struct list *l, struct app *app, const struct list_row *r, struct thing *out)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    *out = (struct thing){.kind = THING_ENTITY, .entity = o->entity};
    if (r->b == ROW_ALIAS)
        out->where = alias_passage(app, &links->aliases[r->a]);
    if (r->b == ROW_BESIDE) {
        out->entity = o->beside[r->a].entity;
        out->where = o->beside[r->a].first;
    }
    if (r->b == ROW_MENTION || r->b == ROW_TIMES) /* of the times, the first */
        out->where = (struct passage){links_mention_article(links, r->a), links->mentions[r->a].at};
    if (r->b == ROW_QUOTE)
        *out = thing_of_quote(links, r->a);
    return true;
}

static void close_list(struct list *l)
{
    struct own *o = l->own;
    arena_finish(&o->memory);
    strip_free(&o->strip);
}

static const struct list_source source = {
    .name = "Card",
    .context = IN_CARD,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .close = close_list,
};

struct pane *card_open(struct app *app, entity_id e)
{
    struct own *o = mem_zalloc(sizeof *o);
    o->entity = e;
    o->name = arena_str(&o->memory, dossier_links(app->dossier)->entities[e.v].name);
    return list_open(app, &source, o);
}

/* Names that may be one: what the program could not decide, and below it what the reader did.
 * Under each pair stands where either name is first used, which is what one decides by. */
#include "tui/app.h"
#include "tui/panes.h"

enum row_kind { ROW_PAIR, ROW_DECISION };
#define SECOND 2u /* in b of the rows behind: the passage of the second name */

static uint64_t pair_key(struct str a, struct str b)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < a.n; i++)
        h = (h ^ (unsigned char)a.p[i]) * 1099511628211u;
    for (size_t i = 0; i < b.n; i++)
        h = (h ^ (unsigned char)b.p[i]) * 1099511628211u;
    return h ? h : 1;
}

static void names_of(struct app *app, const struct list_row *row, struct str *a, struct str *b)
{
    if (row->b == ROW_DECISION) {
        *a = app->state.decisions.v[row->a].a;
        *b = app->state.decisions.v[row->a].b;
        return;
    }
    const struct links *links = dossier_links(app->dossier);
    *a = links->entities[links->pairs[row->a].a.v].name;
    *b = links->entities[links->pairs[row->a].b.v].name;
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    const struct links *links = dossier_links(app->dossier);
    if (!list_anew(l, changed, CHANGED_LINKS | PANE_REFILL))
        return false;
    for (uint32_t i = 0; i < links->n_pairs + (uint32_t)app->state.decisions.n; i++) {
        bool open = i < links->n_pairs;
        struct list_row row = {0, open ? i : i - links->n_pairs, open ? ROW_PAIR : ROW_DECISION};
        struct str a, b;
        names_of(app, &row, &a, &b);
        row.key = pair_key(a, b);
        if (open && state_verdict(&app->state, a, b) != VERDICT_NONE)
            continue;
        vec_push(&l->rows, row);
        vec_push(&l->rows, ((struct list_row){0, row.a, row.b}));
        vec_push(&l->rows, ((struct list_row){0, row.a, row.b | SECOND}));
    }
    return true;
}

/* Where the name stands first; false when it does no more. */
static bool first_passage(struct app *app, struct str name, struct passage *out)
{
    const struct links *links = dossier_links(app->dossier);
    struct row_run rows = links_of_entity(links, links_find_entity(links, name));
    for (uint32_t i = 0; i < rows.n; i++) {
        *out = (struct passage){links_mention_article(links, rows.v[i]),
                                links->mentions[rows.v[i]].at};
        if (str_eq(str_at(dossier_article(app->dossier, out->article)->text, out->at), name))
            return true;
    }
    return rows.n > 0;
}

static void passage_line(struct list *l, struct app *app, const struct list_row *row,
                         struct line *out)
{
    unsigned cols = l->pane.at.cols > 3 ? (unsigned)l->pane.at.cols - 3 : 0;
    struct str a, b;
    struct passage where;
    names_of(app, &(struct list_row){0, row->a, row->b & ~SECOND}, &a, &b);
    line_put(out, STR("  "), FACE_TEXT);
    if (first_passage(app, row->b & SECOND ? b : a, &where))
        context_put(app, where, cols, out);
    else
        line_put_flat(out, row->b & SECOND ? b : a, look_of(FACE_OUTLET));
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    if (!row->key) {
        passage_line(l, app, row, out);
        return;
    }
    struct str a, b;
    names_of(app, row, &a, &b);
    bool open = row->b == ROW_PAIR;
    const char *sign = open ? " ? " : app->state.decisions.v[row->a].same ? " = " : " - ";
    line_put(out, a, FACE_PERSON);
    line_put(out, str_of(sign), open ? FACE_CONFLICT : FACE_COUNT);
    line_put(out, b, FACE_PERSON);
    line_right(out);
    if (!open) {
        line_put(out, STR(" you decided"), FACE_OUTLET);
        return;
    }
    const struct entity_pair *p = &dossier_links(app->dossier)->pairs[row->a];
    line_printf(out, FACE_OUTLET, " %s", link_reason_text((enum link_reason)p->reason));
}

static void title(struct list *l, struct app *app, struct line *out)
{
    uint32_t open = 0;
    for (size_t i = 0; i < l->rows.n; i++)
        open += l->rows.v[i].key && l->rows.v[i].b == ROW_PAIR;
    line_put(out, STR("Pairs · = one, - different"), FACE_TITLE);
    line_right(out);
    line_printf(out, FACE_COUNT, "%u undecided, %zu decided", open, app->state.decisions.n);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l;
    struct str a, b;
    names_of(app, row, &a, &b);
    *out = (struct thing){.kind = THING_ENTITY,
                          .entity = links_find_entity(dossier_links(app->dossier), a)};
    first_passage(app, a, &out->where);
    return out->entity.v != 0;
}

static void open_row(struct list *l, struct app *app, const struct list_row *row)
{
    struct thing t;
    if (thing(l, app, row, &t))
        app_push(app, app->focus, card_open(app, t.entity));
}

static const struct list_source source = {
    .name = "Pairs",
    .context = IN_PAIRS,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .tails = true,
    .open = open_row,
};

struct pane *pairs_open(struct app *app)
{
    return list_open(app, &source, NULL);
}

bool pairs_selected(struct pane *p, struct app *app, struct str *a, struct str *b)
{
    const struct list_row *row = p->context == IN_PAIRS ? list_selected(list_of(p)) : NULL;
    if (row)
        names_of(app, row, a, b);
    return row != NULL;
}

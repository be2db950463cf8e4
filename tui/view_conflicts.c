/* Where sources disagree: each conflict under a heading, each answer with the papers that give it,
 * the answer most of them give first.  Moving shows the passage. */
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

#define VALUE_COLS       12
#define OUTLET_COLS      14
#define OUTLET_FROM_COLS 60

static const char *const kind_names[] = {"", "Date", "Name", "Quotation", "Number"};

/* Row: a is the conflict; b the passage of a claim.  A heading has key 0 and b the conflict. */
static bool fill(struct list *l, struct app *app, unsigned changed)
{
    const struct links *links = dossier_links(app->dossier);
    if (changed && !(changed & CHANGED_LINKS))
        return false;
    vec_clear(&l->rows);
    for (uint32_t i = 0; i < links->n_conflicts; i++) {
        const struct conflict *c = &links->conflicts[i];
        vec_push(&l->rows, ((struct list_row){0, i, 0}));
        for (uint32_t v = c->values_begin; v < c->values_end; v++)
            for (uint32_t p = links->conflict_values[v].passages_begin; p < links->conflict_values[v].passages_end; p++) {
                struct passage at = links->conflict_passages[p];
                uint64_t key = (uint64_t)at.article.v << 40 | (uint64_t)(at.at.begin + 1) << 8 | c->kind;
                vec_push(&l->rows, ((struct list_row){key, p, v}));
            }
    }
    return true;
}

static uint8_t kind_of(const struct list_row *row)
{
    return (uint8_t)row->key; /* as fill has put it there */
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    if (row->key == 0) {
        const struct conflict *c = &links->conflicts[row->a];
        line_printf(out, FACE_CONFLICT, "≠ %s  ", kind_names[c->kind]);
        line_put_flat(out, c->about, look_of(FACE_HEADLINE));
        return;
    }
    const struct conflict_value *v = &links->conflict_values[row->b];
    struct passage p = links->conflict_passages[row->a];
    bool first = row->a == v->passages_begin;
    const struct article *a = dossier_article(app->dossier, p.article);
    line_put(out, STR("  "), FACE_TEXT);
    if (kind_of(row) != CONFLICT_QUOTE) { /* a wording is its own value */
        line_cell(out, first ? v->value : STR(""), VALUE_COLS, FACE_DATE);
        line_put(out, STR("  "), FACE_TEXT);
    }
    if (a->outlet.n && l->pane.at.cols >= OUTLET_FROM_COLS) {
        line_cell(out, a->outlet, OUTLET_COLS, FACE_OUTLET);
        line_put(out, STR("  "), FACE_TEXT);
    }
    line_put_flat(out, str_at(a->text, p.at), look_of(FACE_TEXT));
}

static void title(struct list *l, struct app *app, struct line *out)
{
    uint32_t n = dossier_links(app->dossier)->n_conflicts;
    (void)l;
    line_printf(out, FACE_TITLE, "Conflicts · %u", n);
    line_right(out);
    if (!n)
        line_put(out, STR("the sources agree"), FACE_COUNT);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l;
    *out = (struct thing){.kind = THING_PASSAGE, .where = dossier_links(app->dossier)->conflict_passages[row->a]};
    return true;
}

static void moved(struct list *l, struct app *app, const struct list_row *row)
{
    (void)l;
    app_go(app, dossier_links(app->dossier)->conflict_passages[row->a], GO_SHOW);
}

static bool card(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    article_id a = dossier_links(app->dossier)->conflict_passages[row->a].article;
    (void)l;
    put_source(app, a, out, FACE_CARD);
    line_put(out, STR(" · "), FACE_CARD);
    line_put_flat(out, dossier_article(app->dossier, a)->title, look_of(FACE_CARD));
    return true;
}

static const struct list_source source = {
    .name = "Conflicts",
    .context = IN_CONFLICTS,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = moved,
    .card = card,
};

struct pane *conflicts_open(struct app *app)
{
    return list_open(app, &source, NULL);
}

/* Why a mention is of its entity: the chain from the words under the cursor to the entity's own
 * name.  A step is two rows, the mention with what ties it to the next and the words around it:
 *
 *     Calloway  the surname, in an article that gives the full name     The Ledger, 3 June 2011
 *       ... said that she had not been there. Calloway told the ...
 *     Anna Calloway  an article says that it is another name          Harbour Post, 2 June 2011
 *       ... Anna Calloway, who was Anna Reiss until her wedding, ...
 *     Anna Reiss  its own name                                        Harbour Post, 2 June 2011
 *
 * Moving shows each passage, Enter goes there; the last line says how the words were found. */
#include "core/link_why.h"
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

#define WIDE_COLS 100

struct own {
    struct passage asked;
    struct why_step steps[WHY_STEPS_MAX];
    entity_id entity;
};

static const struct mention *mention_at(struct app *app, struct passage p)
{
    struct mention_run run = dossier_mentions(app->dossier, p.article);
    for (uint32_t i = 0; i < run.n; i++)
        if (run.v[i].at.begin == p.at.begin)
            return &run.v[i];
    return NULL;
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    if (!list_anew(l, changed, CHANGED_LINKS))
        return false;
    uint32_t n =
        links_why(dossier_articles(app->dossier), dossier_links(app->dossier), o->asked, o->steps);
    o->entity = n ? mention_at(app, o->asked)->entity : NO_ENTITY;
    for (uint32_t i = 0; i < n; i++) {
        vec_push(&l->rows, ((struct list_row){1 + i, i, 0}));
        vec_push(&l->rows, ((struct list_row){0, i, 0}));
    }
    return true;
}

/* What ties the step: the statement that holds the mention, or the mention itself. */
static struct passage shown(const struct why_step *s)
{
    bool stated = s->because.article.v == s->at.article.v && span_holds(s->because.at, s->at.at);
    return stated ? s->because : s->at;
}

static struct str words_at(struct app *app, struct passage p)
{
    return str_at(dossier_article(app->dossier, p.article)->text, p.at);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    const struct own *o = l->own;
    const struct why_step *s = &o->steps[row->a];
    unsigned cols = l->pane.at.cols > 3 ? (unsigned)l->pane.at.cols - 3 : 0;
    if (!row->key) {
        line_put(out, STR("  "), FACE_TEXT);
        context_put(app, shown(s), cols, out);
        return;
    }
    const struct mention *m = mention_at(app, s->at);
    enum face face = (enum face)face_of_mention(m ? m->kind : MENTION_OTHER);
    line_put_flat(out, words_at(app, s->at), (struct look){face, LOOK_BOLD});
    line_printf(out, FACE_TEXT, "  %s", link_reason_text((enum link_reason)s->reason));
    if (l->pane.at.cols < WIDE_COLS) /* the text beside it says where it is */
        return;
    line_right(out);
    line_put(out, STR("  "), FACE_TEXT);
    put_source(app, s->at.article, out, FACE_OUTLET);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    const struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    line_put(out, STR("Why · "), FACE_TITLE);
    line_put_flat(out, words_at(app, o->asked), look_of(FACE_TITLE));
    if (o->entity.v && o->entity.v < links->n_entities) {
        line_put(out, STR(" is "), FACE_TITLE);
        line_put_flat(out, links->entities[o->entity.v].name, look_of(FACE_TITLE));
    }
    line_right(out);
    line_printf(out, FACE_COUNT, "%zu step%s", l->rows.n / 2, l->rows.n == 2 ? "" : "s");
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    const struct own *o = l->own;
    (void)app;
    *out = (struct thing){.kind = THING_ENTITY, .where = o->steps[row->a].at, .entity = o->entity};
    return true;
}

static bool card(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct thing t;
    thing(l, app, row, &t);
    card_why(app, &t, out);
    return true;
}

static const struct list_source source = {
    .name = "Why",
    .context = IN_WHY,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .card = card,
    .tails = true,
};

struct pane *why_open(struct app *app, struct passage mention)
{
    struct own *o = mem_alloc(sizeof *o);
    *o = (struct own){.asked = mention};
    return list_open(app, &source, o);
}

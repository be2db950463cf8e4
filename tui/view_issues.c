/* What was wrong with the input, and with the configuration file: a row each. */
#include "tui/app.h"
#include "tui/panes.h"

enum row_kind { ROW_CONFIG, ROW_ISSUE };

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    if (!list_anew(l, changed, CHANGED_ISSUES))
        return false;
    for (uint32_t i = 0; app->config && i < app->config->errors.n; i++)
        vec_push(&l->rows, ((struct list_row){i + 1, i, ROW_CONFIG}));
    for (uint32_t i = 0; i < dossier_issue_count(app->dossier); i++)
        vec_push(&l->rows, ((struct list_row){(uint64_t)1 << 32 | i, i, ROW_ISSUE}));
    return true;
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    (void)l;
    if (row->b == ROW_CONFIG) {
        line_put(out, app->config->errors.v[row->a], FACE_ERROR);
        return;
    }
    const struct issue *i = dossier_issue_at(app->dossier, row->a);
    line_put(out, i->path, i->fatal ? FACE_ERROR : FACE_TEXT);
    if (i->byte != UINT64_MAX)
        line_printf(out, FACE_COUNT, ":%llu", (unsigned long long)i->byte);
    line_put(out, STR(": "), FACE_TEXT);
    line_put(out, i->what, FACE_TEXT);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    (void)app;
    line_put(out, STR("Issues"), FACE_TITLE);
    list_put_place(l, out);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l;
    *out = (struct thing){.kind = THING_ISSUE, .row = row->a};
    if (row->b == ROW_ISSUE)
        out->where.article = dossier_issue_at(app->dossier, row->a)->article;
    return true;
}

/* The sentence alone: the row is cut where the path is long. */
static bool card(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    (void)l;
    line_put(out,
             row->b == ROW_CONFIG ? app->config->errors.v[row->a]
                                  : dossier_issue_at(app->dossier, row->a)->what,
             FACE_CARD);
    return true;
}

/* The article it is about, or that the file gave in spite of it. */
static void open_article(struct list *l, struct app *app, const struct list_row *row)
{
    article_id a = NO_ARTICLE;
    (void)l;
    if (row->b == ROW_ISSUE) {
        const struct issue *i = dossier_issue_at(app->dossier, row->a);
        a = i->article.v ? i->article : dossier_find_path(app->dossier, i->path);
    }
    if (a.v)
        app_go(app, (struct passage){a, {0, 0}}, GO_JUMP | GO_FOCUS);
    else
        app_say(app, FACE_MESSAGE, "No article came of this");
}

static const struct list_source source = {
    .name = "Issues",
    .context = IN_ISSUES,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .card = card,
    .open = open_article,
    .title = title,
};

struct pane *issues_open(struct app *app)
{
    return list_open(app, &source, NULL);
}

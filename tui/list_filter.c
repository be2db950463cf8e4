/* One float an article: the answer of a query is walked once and then asked by number. */
#include "tui/list_filter.h"

#include "tui/app.h"

#define QUERY_BUDGET_MS 2000

static bool is_unread(void *ctx, article_id a)
{
    struct app *app = ctx;
    const struct article *row = dossier_article(app->dossier, a);
    return row && !state_is_read(&app->state, row->key);
}

static bool has_note(void *ctx, article_id a)
{
    struct app *app = ctx;
    return notes_in_article(app->notes, app->dossier, a).n > 0;
}

static bool has_tag(void *ctx, article_id a, struct str tag)
{
    struct app *app = ctx;
    const struct article *row = dossier_article(app->dossier, a);
    struct str tags = row ? row->tags : STR("");
    for (size_t at = 0; at < tags.n;) {
        const char *comma = memchr(tags.p + at, ',', tags.n - at);
        size_t n = comma ? (size_t)(comma - tags.p) - at : tags.n - at;
        if (str_eq(str_trim(str_from(tags.p + at, n)), tag))
            return true;
        at += n + 1;
    }
    struct noted_run run = notes_in_article(app->notes, app->dossier, a);
    for (uint32_t i = 0; i < run.n; i++)
        if (note_has_tag(run.v[i].note, tag))
            return true;
    return false;
}

struct query_outside app_outside(struct app *app)
{
    return (struct query_outside){is_unread, has_note, has_tag, app};
}

void list_filter_run(struct app *app)
{
    struct list_filter *f = &app->filter;
    struct arena memory = {0};
    struct query *query;
    struct query_error error;
    struct query_result result = {0};
    struct query_outside outside = app_outside(app);
    struct deadline d;
    struct query_limits limits = {.guard = deadline_guard(&d, QUERY_BUDGET_MS)};
    f->on = false;
    if (app->state.filter.n == 0)
        return;
    struct str text = str_from(app->state.filter.v, app->state.filter.n);
    if (query_parse(&memory, text, &query, &error)) {
        app_error(app, "Filter, column %u: %s", error.column + 1, error.what);
    } else if (query_run(query, app->dossier, &outside, limits, &result) == OK) {
        uint32_t n = dossier_articles(app->dossier)->n;
        vec_clear(&f->score);
        vec_reserve(&f->score, n + 1);
        for (uint32_t i = 0; i <= n; i++)
            vec_push(&f->score, -1);
        for (size_t i = 0; i < result.articles.n; i++)
            f->score.v[result.articles.v[i].v] = 0;
        for (size_t i = 0; i < result.hits.n; i++)
            f->score.v[result.hits.v[i].where.article.v] = result.hits.v[i].score;
        f->on = true;
        if (result.cut_short)
            app_say(app, FACE_MESSAGE, "The filter took too long and was cut short");
        query_result_free(&result);
    }
    arena_finish(&memory);
}

void list_filter_finish(struct list_filter *f)
{
    vec_free(&f->score);
}

bool list_filter_shows(const struct list_filter *f, article_id a)
{
    return !f->on || (a.v < f->score.n && f->score.v[a.v] >= 0);
}

float list_filter_score(const struct list_filter *f, article_id a)
{
    return f->on && a.v < f->score.n ? f->score.v[a.v] : 0;
}

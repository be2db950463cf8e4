/* One float an article: the answer of a query is walked once and then asked by number. */
#include "tui/list_filter.h"

#include "tui/app.h"

static bool is_unread(void *ctx, article_id a)
{
    struct app *app = ctx;
    const struct article *row = dossier_article(app->dossier, a);
    return row && !state_is_read(&app->state, row->key);
}

struct notes_asked *app_asked(struct app *app)
{
    app->asked = (struct notes_asked){app->notes, app->dossier, is_unread, app};
    return &app->asked;
}

struct query *app_parse_query(struct app *app, struct arena *memory, struct str text)
{
    struct query *query;
    struct query_error error;
    if (query_parse(memory, text, &query, &error) == OK)
        return query;
    app_error(app, "Column %u: %s", error.column + 1, error.what);
    return NULL;
}

bool app_is_query(struct app *app, struct str text)
{
    struct arena memory = {0};
    bool is = app_parse_query(app, &memory, text);
    arena_finish(&memory);
    return is;
}

bool app_run_query(struct app *app, struct str text, uint32_t max_hits, struct query_result *out)
{
    struct arena memory = {0};
    struct deadline d;
    struct query_limits limits = {max_hits, deadline_guard(&d, QUERY_BUDGET_MS), NULL};
    struct query_outside outside = notes_outside(app_asked(app));
    struct query *query = app_parse_query(app, &memory, text);
    *out = (struct query_result){0};
    if (query)
        query_run(query, app->dossier, &outside, limits, out);
    arena_finish(&memory);
    return query;
}

void list_filter_run(struct app *app)
{
    struct list_filter *f = &app->filter;
    struct query_result result;
    f->on = false;
    if (app->state.filter.n == 0 || !app_run_query(app, bytes_str(&app->state.filter), 0, &result))
        return;
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

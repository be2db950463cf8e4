#include "tests/support/gather.h"

#include <stdio.h>

static void keep_article(void *ctx, const struct article *a)
{
    struct gathered *g = ctx;
    struct article copy = *a;
    copy.path = arena_str(&g->memory, a->path);
    copy.title = arena_str(&g->memory, a->title);
    copy.outlet = arena_str(&g->memory, a->outlet);
    copy.author = arena_str(&g->memory, a->author);
    copy.url = arena_str(&g->memory, a->url);
    copy.tags = arena_str(&g->memory, a->tags);
    copy.text = arena_str(&g->memory, a->text);
    vec_push(&g->articles, copy);
}

static void keep_issue(void *ctx, const struct issue *i)
{
    struct gathered *g = ctx;
    struct issue copy = *i;
    copy.path = arena_str(&g->memory, i->path);
    copy.what = arena_str(&g->memory, i->what);
    vec_push(&g->issues, copy);
}

static bool is_enough(void *ctx)
{
    struct gathered *g = ctx;
    return g->stop_after && g->articles.n >= g->stop_after;
}

struct sink gather_into(struct gathered *g)
{
    return (struct sink){keep_article, keep_issue, is_enough, g};
}

void gather_free(struct gathered *g)
{
    vec_free(&g->articles);
    vec_free(&g->issues);
    arena_finish(&g->memory);
}

void gather_read(struct gathered *g, void (*read)(const struct source *, const struct sink *),
                 const char *path, struct str bytes)
{
    struct source s = {.path = str_of(path), .bytes = bytes};
    struct sink to = gather_into(g);
    read(&s, &to);
}

const struct issue *gathered_issue(const struct gathered *g, const char *what)
{
    for (size_t i = 0; i < g->issues.n; i++)
        if (strstr(g->issues.v[i].what.p, what))
            return &g->issues.v[i];
    return NULL;
}

struct str file_bytes(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return str_from(NULL, 0);
    fseek(f, 0, SEEK_END);
    size_t n = (size_t)ftell(f);
    rewind(f);
    char *p = arena_alloc(a, n);
    n = fread(p, 1, n, f);
    fclose(f);
    return str_from(p, n);
}

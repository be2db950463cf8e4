/* What a database says was decided, read and looked at, each line a fact whose kind is told by its
 * first byte: the links are made with it, a session opens on it, looks at everything and keeps
 * it. */
#include "core/text.h"
#include "tests/support/reader_case.h"
#include "tui/app.h"
#include "tui/glyph.h"

#include <locale.h>
#include <poll.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FACTS_MAX 64

static VEC(struct fact) facts;

static enum status named(struct keep_store *s, struct str name, int64_t *id)
{
    (void)s, (void)name;
    *id = 1;
    return OK;
}

static enum status cases(struct keep_store *s, void (*each)(void *ctx, const struct keep_case *c), void *ctx)
{
    struct keep_case one = {.id = 1};
    (void)s;
    each(ctx, &one);
    return OK;
}

static enum status load(struct keep_store *s, int64_t id, struct str reader,
                        void (*each)(void *ctx, const struct fact *f), void *ctx)
{
    (void)s, (void)id, (void)reader;
    for (size_t i = 0; i < facts.n; i++)
        each(ctx, &facts.v[i]);
    return OK;
}

static enum status take(struct keep_store *s, struct keep_case *c, struct str name, struct str reader,
                        const struct fact_change *v, size_t n, bool patient)
{
    (void)s, (void)c, (void)name, (void)reader, (void)v, (void)patient;
    return n ? OK : ERR_IO;
}

static const char *why(struct keep_store *s)
{
    (void)s;
    return "";
}

static bool changed(struct keep_store *s)
{
    (void)s;
    return false;
}

static const struct keep_store_ops ops = {named, cases, load, take, why, changed};

/* The key of the article that a byte names, as facts write it, with what of the line follows. */
static struct str keyed(struct arena *a, const struct dossier *d, const char *before, struct str rest)
{
    uint32_t n = dossier_articles(d)->n;
    struct article_key key = dossier_article(d, (article_id){1 + (rest.n ? (unsigned char)rest.p[0] % n : 0)})->key;
    return arena_printf(a, "%s%016llx %016llx %.*s", before, (unsigned long long)key.hi, (unsigned long long)key.lo,
                        rest.n ? (int)rest.n - 1 : 0, rest.p + (rest.n > 0));
}

/* "kNAME=VALUE"; the kinds that hold a place may be given one of the case. */
static void add_fact(struct arena *a, const struct dossier *d, struct str line)
{
    static const char *const kinds[] = {"place", "mark", "sort", "filter", "name", "conflict", "struck", "read",
                                        "timeline", "zoom"};
    unsigned byte = (unsigned char)line.p[0];
    const char *eq = memchr(line.p + 1, '=', line.n - 1);
    struct str name = str_from(line.p + 1, eq ? (size_t)(eq - line.p) - 1 : line.n - 1);
    struct str value = eq ? str_from(eq + 1, line.n - (size_t)(eq + 1 - line.p)) : STR("");
    unsigned kind = byte % COUNT_OF(kinds);
    if (kind == 5 && byte & 32)
        name = keyed(a, d, "1 1a ", name);
    else if (kind == 6 && byte & 32)
        name = keyed(a, d, "", name);
    else if (kind < 2 && byte & 32)
        value = keyed(a, d, "", value);
    vec_push(&facts, ((struct fact){(enum keep_scope)(byte % 3), str_of(kinds[kind]), arena_str(a, name), arena_str(a, value)}));
}

static void read_facts(struct arena *a, const struct dossier *d, struct str all)
{
    vec_clear(&facts);
    for (size_t i = 0; i < all.n && facts.n < FACTS_MAX;) {
        const char *end = memchr(all.p + i, '\n', all.n - i);
        size_t n = end ? (size_t)(end - all.p) - i : all.n - i;
        if (n)
            add_fact(a, d, str_from(all.p + i, n));
        i += n + 1;
    }
}

/* As a session does: the panes are told of links made anew. */
static void take_all(struct app *app, struct dossier *d)
{
    do {
        struct pollfd fd = {.fd = dossier_fd(d), .events = POLLIN};
        poll(&fd, 1, dossier_progress(d).linking ? 50 : 0);
        app_take(app);
    } while (!dossier_progress(d).done || dossier_progress(d).linking);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char keys[] = "gpjj=gxj-uuqgtjxzxzxzwzwzngejqgr\tGhJ";
    struct arena a = {0};
    size_t bad;
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return 0;
    glyph_init(true);
    struct dossier *d = rival_case();
    read_facts(&a, d, utf8_repair(&a, str_from((const char *)data, size > 4000 ? 4000 : size), &bad));
    struct keep_store store = {&ops};
    struct keep *keep = keep_open(&store, STR("case"), STR("me"));
    struct screen *screen = screen_memory_open(80, 24);
    struct theme *theme = theme_open();
    struct app *app = app_open(&(struct app_setup){.dossier = d, .screen = screen, .theme = theme, .keep = keep});
    for (const char *k = keys; *k; k++) {
        take_all(app, d);
        app_key(app, (uint32_t)*k);
        app_draw(app);
    }
    app_keep(app, KEEP_LAST);
    app_close(app);
    keep_close(keep);
    screen->ops->close(screen);
    theme_close(theme);
    dossier_close(d);
    arena_finish(&a);
    return 0;
}

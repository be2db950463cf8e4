/* One struct for the pane's keys, the `:timeline` line and the shell's options, so that each event
 * is judged in one place.  The entity is kept by name, since ids change with every relink. */
#include "tui/timeline_filter.h"

#include "core/text.h"

void timeline_filter_set_name(char to[FILTER_NAME_MAX], struct str name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.n && n + 1 < FILTER_NAME_MAX; i++)
        if (name.p[i] != '"' && name.p[i] != '\n')
            to[n++] = name.p[i];
    n = utf8_valid_prefix(str_from(to, n));
    to[n] = '\0';
}

/* ---- words ---- */

/* The next word, quotes taken off what stands behind its colon; empty at the end. */
static struct str next_word(struct str *rest, struct str *value)
{
    *rest = str_trim(*rest);
    size_t i = 0, colon = 0;
    bool quoted = false;
    for (; i < rest->n && (quoted || rest->p[i] != ' '); i++) {
        quoted ^= rest->p[i] == '"';
        if (rest->p[i] == ':' && !colon)
            colon = i + 1;
    }
    struct str word = str_from(rest->p, colon ? colon : i);
    *value = str_from(rest->p + word.n, i - word.n);
    if (value->n > 1 && value->p[0] == '"' && value->p[value->n - 1] == '"')
        *value = str_from(value->p + 1, value->n - 2);
    *rest = str_from(rest->p + i, rest->n - i);
    return word;
}

static const char *set_word(struct timeline_filter *f, struct str word, struct str value)
{
    bool from = str_eq(word, STR("from:"));
    if (str_eq(word, STR("conflicts")))
        f->conflicts = true;
    else if (str_eq(word, STR("several")))
        f->several = true;
    else if (str_eq(word, STR("entity:")))
        timeline_filter_set_name(f->entity, value);
    else if (str_eq(word, STR("outlet:")))
        timeline_filter_set_name(f->outlet, value);
    else if (from || str_eq(word, STR("to:")))
        return days_known(*(from ? &f->from : &f->to) = days_of_timex(value))
                   ? NULL
                   : "A date is 2002-01-12, 2002-01 or 2002";
    else
        return "Words: entity:NAME outlet:NAME from:DATE to:DATE conflicts several";
    return NULL;
}

const char *timeline_filter_parse(struct timeline_filter *out, struct str words)
{
    struct timeline_filter f = {0};
    const char *wrong = NULL;
    while (!wrong && (words = str_trim(words)).n) {
        struct str value, word = next_word(&words, &value);
        wrong = set_word(&f, word, value);
    }
    if (!wrong)
        *out = f;
    return wrong;
}

static void put_name(const char *key, const char *name, struct line *out, enum face face)
{
    const char *mark = strchr(name, ' ') ? "\"" : "";
    if (*name)
        line_printf(out, face, " %s:%s%s%s", key, mark, name, mark);
}

static void put_bound(const char *key, struct days days, struct line *out, enum face face)
{
    struct arena scratch = {0};
    if (days_known(days))
        line_printf(out, face, " %s:%s", key, days_timex(&scratch, days).p);
    arena_finish(&scratch);
}

void timeline_filter_put(const struct timeline_filter *f, struct line *out, enum face face)
{
    put_name("entity", f->entity, out, face);
    put_name("outlet", f->outlet, out, face);
    put_bound("from", f->from, out, face);
    put_bound("to", f->to, out, face);
    if (f->conflicts)
        line_put(out, STR(" conflicts"), face);
    if (f->several)
        line_put(out, STR(" several"), face);
}

bool timeline_filter_is_set(const struct timeline_filter *f)
{
    return *f->entity || *f->outlet || days_known(f->from) || days_known(f->to) || f->conflicts ||
           f->several;
}

/* ---- events ---- */

bool timeline_filter_resolve(struct timeline_filter *f, const struct links *l)
{
    f->id = *f->entity ? links_find_entity(l, str_of(f->entity)) : NO_ENTITY;
    return !*f->entity || f->id.v;
}

static bool names(const struct links *l, const struct event *e, entity_id id)
{
    for (uint32_t i = e->entities_begin; i < e->entities_end; i++)
        if (l->event_entities[i].v == id.v)
            return true;
    return false;
}

static bool told_by(const struct dossier *d, const struct event *e, struct str outlet)
{
    const struct links *l = dossier_links(d);
    for (uint32_t i = e->claims_begin; i < e->claims_end; i++)
        if (str_eq(dossier_article(d, l->claims[i].article)->outlet, outlet))
            return true;
    return false;
}

bool timeline_filter_passes(const struct timeline_filter *f, const struct dossier *d,
                            const struct event *e)
{
    if ((f->conflicts && !links_open_conflict(dossier_links(d), e)) ||
        (f->several && e->n_articles < 2))
        return false;
    struct days last = days_known(f->from) && e->until ? days_of_timex(str_of(e->until)) : e->days;
    if (days_known(f->from) && last.end <= f->from.first)
        return false;
    if (days_known(f->to) && e->days.first >= f->to.end)
        return false;
    if (*f->entity && (!f->id.v || !names(dossier_links(d), e, f->id)))
        return false;
    return !*f->outlet || told_by(d, e, str_of(f->outlet));
}

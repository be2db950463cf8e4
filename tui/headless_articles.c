/* What came in: `articles`, `text`, `stat`. */
#include "tui/headless.h"

static const char *const from_names[] = {"none", "header", "page", "text", "file"};

static void field(struct record *r, const char *key, struct str value)
{
    if (value.n)
        record_str(r, key, value);
}

static void article_json(struct headless *h, article_id id)
{
    const struct article *a = dossier_article(h->dossier, id);
    const struct links *l = dossier_links(h->dossier);
    struct record *r = h->out;
    record_begin(r);
    record_str(r, "article", a->path);
    record_str(r, "title", a->title);
    record_day(r, "published", a->published);
    record_cstr(r, "published_from", from_names[a->published_from]);
    record_day(r, "not_before", a->not_before);
    field(r, "author", a->author);
    field(r, "outlet", a->outlet);
    field(r, "url", a->url);
    field(r, "tags", a->tags);
    record_int(r, "words", a->words);
    record_int(r, "issues", a->issues);
    if (id.v <= l->n_articles && l->near_copy_of[id.v].v)
        record_str(r, "near_copy_of", dossier_article(h->dossier, l->near_copy_of[id.v])->path);
    if (h->options->with_text)
        record_str(r, "text", a->text);
    record_end(r);
}

static void article_text(struct headless *h, article_id id)
{
    const struct article *a = dossier_article(h->dossier, id);
    struct record *r = h->out;
    say_day(r, a->published);
    if (a->outlet.n) {
        say(r, FACE_TEXT, STR("  "));
        say_line(r, FACE_OUTLET, a->outlet);
    }
    say(r, FACE_TEXT, STR("  "));
    say_line(r, FACE_HEADLINE, a->title);
    sayf(r, FACE_COUNT, "  %u words  ", a->words);
    say_line(r, FACE_MARGIN, a->path);
    if (a->published == DAY_NONE && a->not_before != DAY_NONE) {
        say(r, FACE_TEXT, STR("  not before "));
        say_day(r, a->not_before);
    }
    say(r, FACE_TEXT, STR("\n"));
    if (h->options->with_text) {
        say(r, FACE_TEXT, a->text);
        say(r, FACE_TEXT, STR("\n\n"));
    }
}

int headless_articles(struct headless *h)
{
    for (uint32_t i = 0; i < h->n; i++)
        (record_is_json(h->out) ? article_json : article_text)(h, h->order[i]);
    return h->n ? EXIT_FOUND : EXIT_NOTHING;
}

int headless_text(struct headless *h)
{
    article_id id = headless_article(h);
    if (!id.v)
        return EXIT_TROUBLE;
    const struct article *a = dossier_article(h->dossier, id);
    if (!record_is_json(h->out)) {
        say(h->out, FACE_TEXT, a->text);
        return EXIT_FOUND;
    }
    record_begin(h->out);
    record_str(h->out, "article", a->path);
    record_str(h->out, "text", a->text);
    record_end(h->out);
    return EXIT_FOUND;
}

/* The sums as name and number, for both faces of the record. */
struct sum {
    const char *group, *name; /* group: the JSON object it stands in; null: the record itself */
    double value;
    bool real;
};

static void sums_json(struct record *r, const struct sum *sums, size_t n)
{
    const char *group = NULL;
    record_begin(r);
    for (size_t i = 0; i < n; i++) {
        if (sums[i].group != group) {
            if (group)
                record_object_end(r);
            group = sums[i].group;
            if (group)
                record_object(r, group);
        }
        if (sums[i].real)
            record_real(r, sums[i].name, sums[i].value);
        else
            record_int(r, sums[i].name, (int64_t)sums[i].value);
    }
    if (group)
        record_object_end(r);
    record_end(r);
}

int headless_stat(struct headless *h)
{
    static const char seconds[] = "seconds", memory[] = "memory";
    struct dossier_sums t = dossier_sums(h->dossier);
    const struct sum sums[] = {
        {NULL, "articles", (double)t.articles, false},
        {NULL, "bytes", (double)t.bytes, false},
        {NULL, "words", (double)t.words, false},
        {NULL, "terms", (double)t.terms, false},
        {NULL, "mentions", (double)t.mentions, false},
        {NULL, "entities", (double)t.entities, false},
        {NULL, "dates", (double)t.dates, false},
        {NULL, "events", (double)t.events, false},
        {NULL, "quotes", (double)t.quotes, false},
        {seconds, "load", t.load_seconds, true},
        {seconds, "find", t.find_seconds, true},
        {seconds, "link",
         t.link_seconds[LINK_ENTITIES] + t.link_seconds[LINK_QUOTES] + t.link_seconds[LINK_EVENTS],
         true},
        {seconds, "entities", t.link_seconds[LINK_ENTITIES], true},
        {seconds, "quotes", t.link_seconds[LINK_QUOTES], true},
        {seconds, "events", t.link_seconds[LINK_EVENTS], true},
        {seconds, "index", t.index_seconds, true},
        {memory, "text", (double)t.text_memory, false},
        {memory, "index", (double)t.index_memory, false},
        {memory, "analysis", (double)t.analysis_memory, false},
        {memory, "total", (double)t.total_memory, false},
    };
    if (record_is_json(h->out)) {
        sums_json(h->out, sums, COUNT_OF(sums));
        return EXIT_FOUND;
    }
    for (size_t i = 0; i < COUNT_OF(sums); i++) {
        const struct sum *s = &sums[i];
        sayf(h->out, FACE_TEXT, "%8s %-10s ", s->group ? s->group : "", s->name);
        sayf(h->out, FACE_COUNT, "%14.*f\n", s->real ? 3 : 0, s->value);
    }
    return EXIT_FOUND;
}

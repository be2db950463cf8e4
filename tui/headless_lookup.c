/* `lookup`: from remembered words to passages; one query, or many from a file. */
#include "tui/headless.h"

#include "core/lookup.h"
#include "core/text.h"

#include <errno.h>

#define LOOKUP_LIMIT 20

static void hit_json(struct headless *h, int64_t number, struct str query, uint32_t rank,
                     const struct lookup_hit *hit)
{
    struct record *r = h->out;
    const struct article *a = dossier_article(h->dossier, hit->where.article);
    struct word_run ours, theirs;
    struct str asked;
    record_begin(r);
    if (number < 0)
        record_str(r, "query", query);
    else
        record_int(r, "query", number);
    record_int(r, "rank", rank);
    record_real(r, "score", (double)hit->score);
    record_bool(r, "exact", hit->match == LOOKUP_EXACT);
    record_cstr(r, "match", lookup_match_name(hit->match));
    record_passage(r, a, hit->where.at);
    if (hit->quote) {
        const struct quote *q = &dossier_quotes(h->dossier, hit->where.article).v[hit->quote - 1];
        record_speaker(h, a, q);
        record_int(r, "group", q->group.v);
    }
    if (hit->match > LOOKUP_FOLDED) {
        struct edit_run edits =
            lookup_difference(h->scratch, h->dossier, query, hit, &asked, &ours, &theirs);
        record_difference(r, edits, asked, ours, a->text, theirs);
    }
    if (hit->match == LOOKUP_RETOLD) {
        record_object(r, "of");
        record_passage(r, dossier_article(h->dossier, hit->of.article), hit->of.at);
        record_object_end(r);
    }
    record_end(r);
}

static void hit_text(struct headless *h, struct str query, const struct lookup_hit *hit)
{
    struct record *r = h->out;
    const struct article *a = dossier_article(h->dossier, hit->where.article);
    sayf(r, FACE_COUNT, "%-8s", lookup_match_name(hit->match));
    say_day(r, a->published);
    say(r, FACE_TEXT, STR("  "));
    say_line(r, FACE_MARGIN, a->path);
    sayf(r, FACE_COUNT, ":%u  ", hit->where.at.begin);
    if (hit->match > LOOKUP_FOLDED) {
        struct word_run ours, theirs;
        struct str asked;
        struct edit_run edits =
            lookup_difference(h->scratch, h->dossier, query, hit, &asked, &ours, &theirs);
        say_difference(r, edits, asked, ours, a->text, theirs);
    } else {
        say_line(r, FACE_QUOTE, str_at(a->text, hit->where.at));
    }
    if (hit->quote)
        say_speaker(h, a, &dossier_quotes(h->dossier, hit->where.article).v[hit->quote - 1]);
    say(r, FACE_TEXT, STR("\n"));
}

/* One query; number: its line in --from, or -1. True when something answers. */
static bool look_up(struct headless *h, struct str query, int64_t number)
{
    struct arena_mark mark = arena_mark(h->scratch);
    size_t bad;
    query = utf8_repair(h->scratch, query, &bad);
    uint32_t limit = h->options->limit > 0 ? (uint32_t)h->options->limit : LOOKUP_LIMIT;
    struct lookup_result found = lookup_run(h->dossier, query, limit, h->scratch);
    lookup_more(h->dossier, query, limit, &found, h->scratch);
    for (uint32_t i = 0; i < found.n; i++) {
        if (record_is_json(h->out))
            hit_json(h, number, query, i + 1, &found.v[i]);
        else
            hit_text(h, query, &found.v[i]);
    }
    arena_release(h->scratch, mark);
    return found.n > 0;
}

static int look_up_lines(struct headless *h)
{
    FILE *from = strcmp(h->options->from_file, "-") ? fopen(h->options->from_file, "r") : stdin;
    if (!from) {
        headless_complain("%s: %s", h->options->from_file, strerror(errno));
        return EXIT_TROUBLE;
    }
    char *line = NULL;
    size_t room = 0;
    bool any = false;
    int64_t number = 0;
    for (ssize_t n; (n = getline(&line, &room, from)) >= 0; number++) {
        if (!record_is_json(h->out))
            sayf(h->out, FACE_TITLE, "%ld:\n", (long)number);
        any |= look_up(h, str_trim(str_from(line, (size_t)n)), number);
    }
    free(line);
    if (from != stdin)
        fclose(from);
    return any ? EXIT_FOUND : EXIT_NOTHING;
}

int headless_lookup(struct headless *h)
{
    if (h->options->from_file)
        return look_up_lines(h);
    return look_up(h, str_of(h->options->args[0]), -1) ? EXIT_FOUND : EXIT_NOTHING;
}

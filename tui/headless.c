/* The table of headless commands, and what all of them share. */
#include "tui/headless.h"

#include "tui/glyph.h"

#include <stdarg.h>
#include <unistd.h>

/* In the order of the contract; `usage` is what --help and the manual show. */
const struct headless_command headless_commands[] = {
    {"articles", headless_articles, 0, NEED_ALL, false, "articles [--text]",
     "the articles of the case"},
    {"text", headless_text, 1, 0, true, "text ARTICLE", "the text of one article"},
    {"search", headless_search, 1, NEED_ALL, false, "search QUERY", "passages that match a query"},
    {"lookup", headless_lookup, -1, NEED_ALL, false, "lookup WORDS | --from=FILE",
     "passages that hold remembered words, exactly or nearly"},
    {"quotes", headless_quotes, 0, NEED_FIND | NEED_LINKS, false, "quotes [--group=N]",
     "quotations and who said them"},
    {"mentions", headless_mentions, 0, NEED_FIND | NEED_LINKS, false, "mentions",
     "names in the texts, and whose they are"},
    {"entities", headless_entities, 0, NEED_FIND | NEED_LINKS, false, "entities",
     "people, organisations, places under all their names"},
    {"dates", headless_dates, 0, NEED_FIND, false, "dates", "dates in the texts, as TIMEX3 values"},
    {"timeline", headless_timeline, 0, NEED_FIND | NEED_LINKS | NEED_NOTES, false, "timeline",
     "events in order, with every source"},
    {"conflicts", headless_conflicts, 0, NEED_FIND | NEED_LINKS, false, "conflicts",
     "where sources disagree, claim by claim"},
    {"notes", headless_notes, 0, NEED_NOTES, false, "notes",
     "the notes of the case, and where each stands now"},
    {"note", headless_note, 3, NEED_NOTES, true, "note ARTICLE BEGIN END",
     "add a note on bytes [BEGIN, END) of an article"},
    {"export", headless_export, 0, NEED_NOTES, false, "export [--format=NAME]",
     "the notes as a report, as W3C Web Annotations, as a table"},
    {"import", headless_import, 1, NEED_NOTES, false, "import FILE",
     "take in W3C Web Annotations or what Hypothesis exports"},
    {"check", headless_check, 1, NEED_NOTES, false, "check FILE",
     "prove each citation of an export against the articles; 4 when one is altered"},
    {"stat", headless_stat, 0, NEED_ALL, false, "stat", "sums: sizes, counts, seconds, memory"},
};
const size_t n_headless_commands = COUNT_OF(headless_commands);

const struct headless_command *headless_find(const char *name)
{
    for (size_t i = 0; i < n_headless_commands; i++)
        if (!strcmp(headless_commands[i].name, name))
            return &headless_commands[i];
    return NULL;
}

unsigned headless_needs(const struct headless_command *c, const struct options *o)
{
    return c->run == headless_search ? headless_search_needs(o) : c->needs;
}

/* Names of files and words of a configuration may be in it: on a terminal they are made safe. */
void headless_complain(const char *format, ...)
{
    va_list args;
    char *text = NULL;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    if (n < 0)
        return;
    flockfile(stderr);
    fputs("dossier: ", stderr);
    if (isatty(STDERR_FILENO))
        glyph_print(stderr, str_from(text, (size_t)n));
    else
        fwrite(text, 1, (size_t)n, stderr);
    fputc('\n', stderr);
    funlockfile(stderr);
    free(text);
}

/* "path#12" as the file and the number behind it, 0 where there is none. */
static struct str file_of(struct str path, uint64_t *number)
{
    size_t i = path.n;
    *number = 0;
    for (uint64_t scale = 1; i && path.p[i - 1] >= '0' && path.p[i - 1] <= '9' && scale;
         scale *= 10)
        *number += scale * (uint64_t)(path.p[--i] - '0');
    if (i && i < path.n && path.p[i - 1] == '#')
        return str_from(path.p, i - 1);
    *number = 0;
    return path;
}

static int by_path(const void *a, const void *b, void *d)
{
    const article_id *ids[2] = {a, b};
    struct str file[2];
    uint64_t number[2];
    for (int i = 0; i < 2; i++)
        file[i] = file_of(dossier_article(d, *ids[i])->path, &number[i]);
    int c = str_cmp(file[0], file[1]);
    if (!c)
        c = (number[0] > number[1]) - (number[0] < number[1]);
    return c ? c : (ids[0]->v > ids[1]->v) - (ids[0]->v < ids[1]->v);
}

static const article_id *order_by_path(struct dossier *d, struct arena *a, uint32_t *n)
{
    *n = dossier_articles(d)->n;
    article_id *order = arena_array(a, article_id, *n);
    bool sorted = true;
    for (uint32_t i = 0; i < *n; i++) {
        order[i].v = i + 1;
        sorted = sorted && (!i || by_path(&order[i - 1], &order[i], d) < 0);
    }
    if (!sorted)
        qsort_r(order, *n, sizeof(*order), by_path, d);
    return order;
}

int headless_run(const struct headless_command *c, const struct options *o, struct dossier *d,
                 const struct state *state, struct notes *notes, const struct note_reader *files)
{
    struct arena scratch = {0};
    bool terminal = isatty(STDOUT_FILENO);
    const char *no_color = getenv("NO_COLOR");
    bool color = o->color == COLOR_ALWAYS ||
                 (o->color == COLOR_AUTO && terminal && !(no_color && *no_color));
    struct headless h = {.options = o,
                         .dossier = d,
                         .state = state,
                         .notes = notes,
                         .files = files,
                         .scratch = &scratch};
    h.out = record_open(stdout, o->json, color, terminal);
    h.order = order_by_path(d, &scratch, &h.n);
    int status = c->run(&h);
    if (!record_close(h.out)) {
        headless_complain("could not write all of the answer");
        status = EXIT_TROUBLE;
    }
    arena_finish(&scratch);
    return status;
}

article_id headless_article(struct headless *h)
{
    struct str want = str_of(h->options->args[0]);
    article_id id = dossier_find_path(h->dossier, want);
    if (!id.v)
        headless_complain("%s: no such article in this case", h->options->args[0]);
    return id;
}

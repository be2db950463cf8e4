/* headless: every question asked from a shell, with the same index and the same words.
 *
 * A command is a row of the table in headless.c and a function that asks the dossier and writes
 * records; people's text and JSON Lines are two faces of one record (record.h).  Everything is
 * loaded, found and linked before the function runs. */
#ifndef TUI_HEADLESS_H
#define TUI_HEADLESS_H

#include "core/align.h"
#include "core/dossier.h"
#include "core/note_files.h"
#include "tui/options.h"
#include "tui/own_events.h"
#include "tui/record.h"
#include "tui/state.h"

enum exit_status {
    EXIT_FOUND = 0,
    EXIT_NOTHING = 1,
    EXIT_TROUBLE = 2,
    EXIT_PARTLY = 3,
    EXIT_ALTERED = 4,
    EXIT_INTERRUPTED = 130,
};

struct headless {
    const struct options *options;
    struct dossier *dossier;
    const struct state *state; /* what is kept of reading the case; null: nothing */
    struct notes *notes;     /* null unless the command needs them */
    const struct note_reader *files;
    struct record *out;
    const article_id *order; /* all articles by path, then number within the file */
    uint32_t n;
    struct arena *scratch;   /* for the whole command */
};

/* What a command needs done before it can answer. */
enum headless_need {
    NEED_FIND = 1,
    NEED_LINKS = 2,
    NEED_INDEX = 4,
    NEED_ALL = 7,
    NEED_NOTES = 8,
};

struct headless_command {
    const char *name;
    int (*run)(struct headless *h); /* the exit status, EXIT_FOUND or EXIT_NOTHING as a rule */
    int n_args;                     /* before the paths; -1: one, left out with --from or --group */
    unsigned needs;                 /* enum headless_need */
    bool article_is_path; /* its first argument names the file to open where no path is given */
    const char *usage, *help;       /* for --help and the manual */
};

extern const struct headless_command headless_commands[];
extern const size_t n_headless_commands;
const struct headless_command *headless_find(const char *name);

/* What this one needs: the command's, less what its query does not ask for. */
unsigned headless_needs(const struct headless_command *c, const struct options *o);

/* Runs the command over a dossier in which everything is there; notes may be null. */
int headless_run(const struct headless_command *c, const struct options *o, struct dossier *d,
                 const struct state *state, struct notes *notes, const struct note_reader *files);

/* The article named by the command's first argument; says so when there is none. */
article_id headless_article(struct headless *h);
/* A sentence on standard error, "dossier: ..." before it. */
void headless_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- parts of records, in headless_passage.c ---- */

/* `article`, `begin`, `end`, `text`: how the record of a passage begins; and for people. */
void record_passage(struct record *r, const struct article *a, struct span at);
void say_passage(struct record *r, const struct article *a, struct span at, enum face face);
/* An object with begin, end and text of a span, left open for more fields. */
void record_span(struct record *r, const char *key, const struct article *a, struct span at);
const struct entity *headless_entity(struct headless *h, entity_id e); /* null: none */
/* `speaker`, where it is known. */
void record_speaker(struct headless *h, const struct article *a, const struct quote *q);
void say_speaker(struct headless *h, const struct article *a, const struct quote *q);
/* `difference`: from the words of a to those of b. */
void record_difference(struct record *r, struct edit_run edits, struct str a_text,
                       struct word_run a, struct str b_text, struct word_run b);
void say_difference(struct record *r, struct edit_run edits, struct str a_text, struct word_run a,
                    struct str b_text, struct word_run b);

/* ---- the commands ---- */

int headless_articles(struct headless *h);
int headless_lookup(struct headless *h);
int headless_text(struct headless *h);
int headless_stat(struct headless *h);
int headless_search(struct headless *h);
unsigned headless_search_needs(const struct options *o);
int headless_quotes(struct headless *h);
int headless_mentions(struct headless *h);
int headless_entities(struct headless *h);
int headless_dates(struct headless *h);
int headless_timeline(struct headless *h);
/* One event of the report, or one that the reader put in, under the heading of its year where that
 * is another than *year. */
void timeline_markdown_event(struct headless *h, uint32_t id, int *year);
void timeline_markdown_own(struct headless *h, const struct own_event *e, int *year);
int headless_notes(struct headless *h);
int headless_note(struct headless *h);
int headless_export(struct headless *h);
int headless_import(struct headless *h);
int headless_check(struct headless *h);
int headless_conflicts(struct headless *h);

#endif

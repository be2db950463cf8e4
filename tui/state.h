/* state: what a case remembers from one session to the next: the place, sort, filter, marks, which
 * articles were read, and which names the reader said to be one or not.
 *
 * Kept in one small file a case under XDG state, written whole to a new file and renamed, so that
 * a crash leaves the old one or the new one.  Articles are named by their keys (a hash of the
 * text), never by ids, so the file outlives reloads and moved files. */
#ifndef TUI_STATE_H
#define TUI_STATE_H

#include "core/articles.h"
#include "core/link.h"

enum sort { SORT_DATE, SORT_TITLE, SORT_OUTLET, SORT_LENGTH, SORT_RELEVANCE, SORTS };
const char *sort_name(enum sort s);
/* By name or its beginning; SORTS when it is none. */
enum sort sort_named(struct str name);

struct state_place {
    struct article_key key; /* zero: none */
    uint32_t begin;
};

#define STATE_MARKS ('z' - 'a' + 1)

struct state {
    struct state_place place, marks[STATE_MARKS];
    enum sort sort;
    bool reversed;
    VEC(char) filter; /* a query; empty: all */
    VEC(struct state_place) struck; /* events struck out of the timeline: where the date of one source begins */
    /* A set of keys: open addressing, a power of two, zero keys are free. */
    struct article_key *read;
    uint32_t n_read, read_cap;
    /* Names that the reader said to be one or to be different, in the order of saying. */
    VEC(struct decision) decisions;
    struct arena names; /* of the decisions */
};

void state_finish(struct state *s);
void state_set_filter(struct state *s, struct str query);

/* True when it is struck now, false when it was and is not any more.  O(struck) */
bool state_toggle_struck(struct state *s, struct state_place p);

bool state_is_read(const struct state *s, struct article_key key); /* O(1) */
/* True when that changed something. */
bool state_set_read(struct state *s, struct article_key key, bool read);

enum verdict { VERDICT_NONE, VERDICT_SAME, VERDICT_DIFFERENT };
/* What was said of two names, in either order.  O(decisions) */
enum verdict state_verdict(const struct state *s, struct str a, struct str b);
/* In place of what was said before; none: that is taken back.  Names are copied, line ends in them
 * become blanks. */
void state_decide(struct state *s, struct str a, struct str b, enum verdict v);
/* Borrowed until the next state_decide. */
struct decisions state_decisions(const struct state *s);

/* *s is to be empty.  ERR_ABSENT: nothing was kept; ERR_CORRUPT: lines that make no sense were
 * left out, the rest is there. */
enum status state_load(struct state *s, const char *folder, struct str case_key);
/* Makes the folder where needed; readable by its owner only. */
enum status state_save(const struct state *s, const char *folder, struct str case_key);

/* Writes a text that no clipboard takes to `folder`/copied.txt, readable by its owner only; *path is
 * malloced. */
enum status state_put_aside(const char *folder, struct str text, char **path);

/* ~/.local/state/dossier, or where XDG_STATE_HOME says.  Malloced; null without a home. */
char *state_folder(void);

#endif

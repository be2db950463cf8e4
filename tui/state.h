/* state: what a case remembers from one session to the next: the place, sort, filter, marks, which
 * articles were read, what the reader decided of names and conflicts, which events were struck out,
 * and small things of any kind.
 *
 * Facts of core/keep.h, with the kinds that the session asks at every key unpacked.  Articles are
 * named by their keys (a hash of the text), never by ids, so what is kept outlives reloads and
 * moved files.  What changes here waits in the keep until state_save. */
#ifndef TUI_STATE_H
#define TUI_STATE_H

#include "core/keep.h"
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
    struct keep *keep; /* borrowed; null: nothing outlives the session */
    VEC(struct fact) facts; /* all but the articles read, in the order of saying */
    struct state_place place, marks[STATE_MARKS];
    enum sort sort;
    bool reversed;
    byte_vec filter; /* a query; empty: all */
    VEC(struct state_place)
    struck; /* events struck out of the timeline: where the date of one source begins */
    /* A set of keys: open addressing, a power of two, zero keys are free. */
    struct article_key *read;
    uint32_t n_read, read_cap;
    /* Names that the reader said to be one or to be different, in the order of saying. */
    VEC(struct decision) decisions;
    VEC(struct conflict_decision) conflicts; /* decided, in the order of saying */
    struct arena memory; /* of decisions and facts */
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
/* What was said of this conflict (its answer is not looked at): the answer that is right, empty:
 * that it is none; p null: nothing.  O(conflicts) */
struct str state_conflict(const struct state *s, const struct conflict_decision *about);
/* In place of what was said before; right.p null: that is taken back.  Copied. */
void state_decide_conflict(struct state *s, const struct conflict_decision *d);
/* Of names and conflicts; borrowed until the next of either. */
struct decisions state_decisions(const struct state *s);
bool state_has_decisions(const struct state *s);

/* ---- small things of any kind ---- */

/* One fact that the session keeps, by a kind of its own ("zoom"; those of state.c are taken): kept
 * with the next save.  False: it was so already.  Copied.  O(facts) */
bool state_put(struct state *s, const struct fact *f);
/* Takes it back; false: it was not there. */
bool state_drop(struct state *s, struct str kind, struct str name);
/* Its value; p null: it is not there.  Borrowed until the next change. */
struct str state_value(const struct state *s, struct str kind, struct str name);

/* ---- on disk ---- */

/* Reads what is kept.  *s is to be empty.  Where the case is not in the keep, what an earlier
 * version of this program left for it in `old_folder` (may be null) is taken over.  ERR_CORRUPT,
 * ERR_IO: what made no sense, or could not be read, was left out. */
enum status state_open(struct state *s, struct keep *keep, const char *old_folder);
enum state_change {
    STATE_CHANGED = 1,
    STATE_DECISIONS = 2, /* names are to be linked anew */
};
/* The articles are there: are they another case than thought, whose facts these are now?  A set of
 * the above; 0: no. */
unsigned state_settle(struct state *s, const struct articles *all, bool whole);
/* Did another session change facts?  All but place, marks, sort and filter are as it left them,
 * with what is not saved yet here.  A set of the above. */
unsigned state_sync(struct state *s);
/* Saves what changed since, at most one transaction; as keep_flush. */
enum status state_save(struct state *s, bool patient);

/* What an earlier version kept in a file (state_file.c): hands its facts to `each`.  ERR_ABSENT:
 * there is none; ERR_CORRUPT: lines that made no sense were left out. */
enum status state_file_read(const char *folder, struct str name,
                            void (*each)(void *ctx, const struct fact *f), void *ctx);

/* Writes a text that no clipboard takes to `folder`/copied.txt, readable by its owner only; *path
 * is malloced. */
enum status state_put_aside(const char *folder, struct str text, char **path);

/* ~/.local/state/dossier, or where XDG_STATE_HOME says.  Malloced; null without a home. */
char *state_folder(void);

#endif

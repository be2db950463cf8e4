/* acts: what the reader did, in the order of doing, to be undone and done again.
 *
 * One list for everything that is kept: notes, names said to be one or not, events struck out,
 * conflicts decided.  An act says what was there before and after, so that undoing is putting the
 * one in place of the other.  Notes remember that themselves (core/notes.h): an act on them is a
 * turn in this list and nothing more. */
#ifndef TUI_ACTS_H
#define TUI_ACTS_H

#include "tui/state.h"

enum act_kind { ACT_NOTE, ACT_NAMES, ACT_STRUCK, ACT_CONFLICT };

struct act {
    enum act_kind kind;
    struct str said;            /* what it was, for people: "struck out \"The lamp house burns\"" */
    struct str a, b;            /* names */
    enum verdict before, after; /* of names */
    struct state_place place;   /* struck out, or taken back */
    struct conflict_decision conflict;
    struct str was, is;         /* what was, is said of it (state_conflict) */
};

struct acts {
    VEC(struct act) v;
    size_t at;            /* v[at..] were undone */
    uint32_t notes;       /* changes of notes that are in the list already */
    struct arena memory;
};

struct app;

void acts_finish(struct acts *acts);
/* Remembers what was just done; what was undone before it is forgotten.  Strings are copied. */
void acts_add(struct app *app, const struct act *act);
/* Remembers changes of notes since the last call; after every command. */
void acts_notes(struct app *app);

#endif

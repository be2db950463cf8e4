/* editor: the words of a note in the reader's own editor, over a private draft.
 *
 * The draft is a new file (0600) in a folder of our own (0700) under the state folder.  It stays
 * until its words are saved, whatever becomes of the editor.  No shell is asked: $VISUAL or
 * $EDITOR is parted at blanks, quotes respected, and run as it is. */
#ifndef TUI_EDITOR_H
#define TUI_EDITOR_H

#include "core/arena.h"

struct app;

enum edited {
    EDITED,        /* *out holds the words, in the arena */
    EDITED_NOT,    /* the words are as they were, or none at all: nothing to save */
    EDITED_FAILED, /* *why says what went wrong and where the draft is */
};

/* Gives the terminal to the editor and takes it back.  `uid` names the draft. */
enum edited editor_run(struct app *app, const char *uid, struct str words, struct arena *a,
                       struct str *out, const char **why);
/* The words of a draft that an editor left behind; false: there is none. */
bool editor_left(struct app *app, const char *uid, struct arena *a, struct str *out);
/* Its words are saved, or not wanted. */
void editor_forget(struct app *app, const char *uid);

#endif

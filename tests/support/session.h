/* session: a reader's session on a screen in memory, for the tests of what keys do: opened, typed
 * into, looked at, closed and opened again. */
#ifndef TESTS_SUPPORT_SESSION_H
#define TESTS_SUPPORT_SESSION_H

#include "corpus/store.h"
#include "tui/app.h"

struct session {
    char folder[64], file[96]; /* of what is kept, and of the notes in it; empty: nothing is kept */
    struct dossier *dossier;
    struct screen *screen;
    struct theme *theme;
    struct notes_store *store; /* null where nothing is kept, as `notes` */
    struct notes *notes;
    struct keep *keep;
    struct app *app;
};

/* A new folder, and notes.db in it, for the sessions that this is to be; false: there is none. */
bool session_folder(struct session *s);
/* With everything in it; what system(3) says. */
int session_folder_remove(const struct session *s);

/* Opens one on this dossier, which is its own from now on; the first frame is drawn, the notes are
 * there. */
void session_start(struct session *s, struct dossier *d, int cols, int rows);
/* As a kill would: nothing is kept that was not yet. `folder` and `file` stay, for another. */
void session_stop(struct session *s);
/* Takes in what was set off, as the loop does, until nothing is under way; draws. */
void session_settle(struct session *s);

/* These characters, newline for Enter; drawn once, at the end. */
void session_type(struct session *s, const char *keys);
/* "a `some words` <Enter>": keys in the notation of keymap.h, parted by spaces, and words to be
 * typed in backquotes; drawn after each. */
void session_keys(struct session *s, const char *script);

/* Is it on the screen as drawn last? */
bool session_shows(const struct session *s, const char *words);
/* Fails the test, with the screen, when it is not; when it is. */
void session_must_show(const struct session *s, const char *words);
void session_must_hide(const struct session *s, const char *words);

#endif

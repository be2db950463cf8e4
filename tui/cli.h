/* cli: opens the case that the command line names; asks one question of it without a screen. */
#ifndef TUI_CLI_H
#define TUI_CLI_H

#include "core/dossier.h"
#include "core/keep.h"
#include "core/notes.h"
#include "tui/config.h"
#include "tui/options.h"

struct feed;

/* The reader's file, or nothing where there is none.  False, said on standard error, when one that
 * was asked for by name cannot be read.  To be finished in every case. */
bool cli_config(const struct options *o, struct config *out);

/* Opens a dossier and starts the feeding thread on the paths of `o` (none: the sample), with the
 * filters of the file, which is borrowed until the close.
 * feed_close asks the thread to stop, waits for it and closes the dossier. */
struct feed *feed_open(const struct options *o, const struct config *config,
                       const struct dossier_options *how);
struct dossier *feed_dossier(struct feed *f);
bool feed_path_missing(
    const struct feed *f); /* a path named is not there; known when reading ended */
void feed_close(struct feed *f);

/* Runs the headless command that `o` names; the exit status. */
int cli_run(struct options *o);

/* The store of the notes that the options name, and the notes of it; null without a place to keep
 * them.  The caller closes both, the notes first. */
struct notes_store *notes_store_for(const struct options *o, bool watch);
struct notes *notes_for(struct notes_store *store);
/* What is kept of reading the case that the options name, in the same store (null: nothing is).  To
 * be closed before the store. */
struct keep *keep_for(struct notes_store *store, const struct options *o);

#endif

/* store: notes and reading state kept in SQLite, so that what was acknowledged survives anything
 * but the disk.
 *
 * One database for all cases; which note belongs where is told by the articles' own keys
 * (core/notes.h), and which state by the case that they make (core/keep.h).  A rollback journal
 * with synchronous=EXTRA: no write-ahead log, which loses commits on some systems and cannot be
 * read from a folder that is read-only.  The file is private (0600 in a folder of 0700) whatever
 * the umask is. What is not ours, is newer than this program, or is damaged is never written to. */
#ifndef CORPUS_STORE_H
#define CORPUS_STORE_H

#include "core/keep.h"
#include "core/notes.h"

/* "dosr": the application id in the header of our files. */
#define STORE_APPLICATION_ID 0x646f7372
#define STORE_VERSION 3

/* Does not touch the disk: the file is opened when it is asked for and made with the first note.
 * With `watch`, changes of other sessions are noticed (the folder is made for that).  `path` is
 * copied.  Let go with ops->close. */
struct notes_store *store_open(const char *path, bool watch);
/* The same file, for what is kept of reading; borrowed, as long as the store. */
struct keep_store *store_keep(struct notes_store *s);

/* ~/.local/share/dossier/notes.db, or where XDG_DATA_HOME says.  Malloced; null without a home. */
char *store_default_path(void);

/* The name of who runs this, for notes: the login name.  Malloced. */
char *store_author(void);

#endif

/* walk: from paths to files, in name order, a step at a time.
 *
 * Folders are read in order of the bytes of their names, whatever the locale and the file system
 * say; links are followed; hidden files, FIFOs, devices, sockets, dangling links and folders met
 * before are passed over, all but the first with an issue.  The walk and the reading take turns:
 * a few steps between two files find the whole of a large case long before it is read, and the
 * first file need not wait for the last to be found. */
#ifndef CORPUS_WALK_H
#define CORPUS_WALK_H

#include "corpus/reader.h"

struct walk;

struct walk_entry {
    struct str path; /* NUL-terminated; "-" for standard input */
    uint64_t bytes;  /* as the folder says; 0 for standard input */
};

/* `paths` and `to` are borrowed until walk_close. */
struct walk *walk_open(const char *const *paths, size_t n, const struct sink *to);
void walk_close(struct walk *w);

/* Looks at one more name; false when all have been seen.  A folder costs its reading once. */
bool walk_step(struct walk *w);

/* The next file, stepping as far as needed; null at the end.  Valid until the next call. */
const struct walk_entry *walk_next(struct walk *w);

/* Bytes of all files found so far, and whether a path that was named does not exist. */
uint64_t walk_bytes(const struct walk *w);
bool walk_met_absent(const struct walk *w);

#endif

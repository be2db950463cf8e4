/* note_reader: files of notes that this program or another wrote: W3C Web Annotation as one
 * annotation, a list, a page, a collection or one a line; Hypothesis' own export; our Markdown and
 * CSV.  Nothing in them is run or fetched. */
#ifndef CORPUS_NOTE_READER_H
#define CORPUS_NOTE_READER_H

#include "core/note_files.h"

extern const struct note_reader note_reader;

#define NOTE_FILE_BYTES_MAX (64u << 20)

/* As note_reader.notes, of bytes; ERR_SYNTAX with *why. */
enum status notes_read_json(struct str file, struct arena *a, struct note_read **v, size_t *n,
                            const char **why);

#endif

/* export: notes as a report (Markdown), as W3C Web Annotations (JSON-LD), as a table (CSV).
 *
 * Whatever an article, a note or a path holds, it cannot change the structure of what is written.
 * A passage whose place is sure is written as it stands in the article now, with its place; one
 * whose place is not is written as it was noted, without one. */
#ifndef TUI_EXPORT_H
#define TUI_EXPORT_H

#include "core/notes.h"

#include <stdio.h>

enum export_format { EXPORT_MARKDOWN, EXPORT_W3C, EXPORT_CSV, EXPORTS };
/* "markdown", "w3c", "csv", or a file's ending: "md", "json", "csv"; EXPORTS when it is none. */
enum export_format export_format_named(struct str name);

/* Writes them in the order given; Markdown under a heading for each article, or (by_tag) each tag.
 * False when the stream had an error. */
bool export_notes(FILE *to, const struct dossier *d, const struct noted *v, size_t n,
                  enum export_format f, bool by_tag);

/* "2011-06-03T08:00:00Z" */
#define EXPORT_TIME_BYTES 32
const char *export_time(int64_t seconds, char out[EXPORT_TIME_BYTES]);

#endif

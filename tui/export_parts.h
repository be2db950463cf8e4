/* export_parts: what the files of export share.  Only they include this. */
#ifndef TUI_EXPORT_PARTS_H
#define TUI_EXPORT_PARTS_H

#include "core/note_files.h"
#include "tui/export.h"

void export_markdown(FILE *to, const struct dossier *d, const struct noted *v, size_t n,
                     bool by_tag);
void export_w3c(FILE *to, const struct dossier *d, const struct noted *v, size_t n);

static inline bool export_is_sure(const struct noted *x)
{
    return x->state >= NOTE_MOVED;
}

/* The passage: as it stands in the article, or as it was noted. */
struct str export_words(const struct dossier *d, const struct noted *x, struct arena *a);
struct str export_label(const struct note *n, char out[5]);

#endif

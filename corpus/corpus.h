/* corpus: the door of the input.  Paths in, articles and issues out, in name order.
 *
 * Runs on the feeding thread.  Folders are walked, files decoded and handed to the reader that
 * takes them; FIFOs, devices and loops are skipped with an issue; the files are never written. */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include "corpus/reader.h"

/* `filter *.pdf pdftotext -layout %f -`: run without a shell, limited in time and size. */
struct filter {
    struct str pattern;   /* glob on the file's name */
    const char *const *argv; /* NULL-terminated; "%f" stands for the file */
};

struct corpus_options {
    const char *const *paths; /* files, folders, "-" for standard input */
    size_t n_paths;
    const struct filter *filters;
    size_t n_filters;
    unsigned filter_ms;       /* what a filter may take for one file; 0: 20 seconds */
    const char *charset;      /* for files that do not say; null: recognise */
    /* Both are called with the sink's ctx, on the thread that reads, and may be null.
     * Bytes handed on so far, and in all as far as the walk knows: the total rises for a while. */
    void (*progress)(void *ctx, uint64_t done, uint64_t total);
    /* Two milliseconds after the beginning, then after twice that, up to every 256: show what
     * there is.  Not called at the end. */
    void (*flush)(void *ctx);
};

/* Reads everything, or until the sink says stop.  ERR_ABSENT when a named path does not exist (an
 * issue says which; the others are read all the same). */
enum status corpus_read(const struct corpus_options *o, const struct sink *to);

#endif

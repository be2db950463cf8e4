/* read_filter: other formats by other programs, run with an argument vector and never a shell.
 *
 * The program gets its own process group, /dev/null as standard input, no descriptor of ours, and
 * a pipe for each of its outputs: what it says on standard error goes into the issue, not on the
 * terminal.  When its time is over or its output too long the whole group is killed. */
#ifndef CORPUS_READ_FILTER_H
#define CORPUS_READ_FILTER_H

#include "corpus/corpus.h"

/* The first filter whose pattern (glob(7), on the last part of the path) fits; null if none. */
const struct filter *filter_for(const struct filter *filters, size_t n, struct str path);

/* Runs it over the file and hands its output on, read as what its name without the last ending
 * or its contents say: "case.jsonl.gz" becomes JSON Lines.  `ms` is the time it may take; no more
 * than that and a little passes here.  A program that cannot be run, is killed, or fails without
 * output is a fatal issue. */
void read_filter(const struct filter *f, struct str path, uint64_t file_bytes, unsigned ms,
                 const struct sink *to);

#endif

/* sample: the program's headless answers about the sample case beside its gold file.
 *
 * The gold file was written by hand.  What must be right is asserted row by row; what is found by
 * likelihood is counted in a `tally`, and the count is held to a floor that rises as the finders
 * do, and sinks only for a reason given.  Every miss is printed, so a fall can be read without
 * running anything. */
#ifndef TESTS_SUPPORT_SAMPLE_H
#define TESTS_SUPPORT_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <jansson.h>

#include "core/arena.h"

#define SAMPLE "corpus/sample/"

extern json_t *gold; /* between sample_open and sample_close, the fixtures of a group */
int sample_open(void **state);
int sample_close(void **state);

/* ---- counting ---- */

struct tally {
    const char *name;
    int percent; /* the floor: the least share of rows that must be right */
    int right, all;
};

/* One row; when it is not right, the words say what was missed. */
void tally_row(struct tally *t, bool right, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Fails below the floor, and when there was nothing to count. */
void tally_check(const struct tally *t);

/* ---- the answers ---- */

/* The records of `dossier WORDS --json corpus/sample/`, asked once and kept; at most 16 different
 * questions a program.  Fails unless the exit status is 0, or 1 for an empty answer. */
json_t *ask(const char *words);
/* A field as a string, "" when it is absent or the record is null. */
const char *text_of(json_t *row, const char *field);
long number_of(json_t *record, const char *field);
/* The article's path below the sample's folder, as the gold file names it. */
const char *article_of(json_t *record);
/* The first record of this article, null if there is none. */
json_t *record_of(json_t *records, const char *article);
/* Both have the same string there. */
bool same(json_t *a, json_t *b, const char *field);

/* Equal but for blanks, line ends, and a comma or full stop at the end. */
bool same_words(const char *a, const char *b);
/* Whether `words` stand in `text`, compared the same way. */
bool stands_in(const char *text, const char *words);

#endif

/* reader_case: a case of seven short invented articles, in memory, for tests of the reader. */
#ifndef TESTS_SUPPORT_READER_CASE_H
#define TESTS_SUPPORT_READER_CASE_H

#include "core/dossier.h"

/* Everything is there: read, linked and indexed.  The caller closes it. */
struct dossier *reader_case(void);
/* The same, with nothing fed yet; reader_case_feed adds articles [from, to) of 0..READER_ARTICLES
 * and reader_case_end waits for the rest. */
#define READER_ARTICLES 7
struct dossier *reader_case_open(void);
void reader_case_feed(struct dossier *d, int from, int to);
void reader_case_end(struct dossier *d);
/* Three articles that print one quotation with and without its "never", and one death on two
 * days. */
struct dossier *rival_case(void);
/* A case of n articles of a few words each, for what must not grow with the case. */
struct dossier *long_case(uint32_t n);

#endif

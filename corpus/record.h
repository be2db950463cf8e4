/* record: a JSON object to an article.  Shared by lines and arrays. */
#ifndef CORPUS_RECORD_H
#define CORPUS_RECORD_H

#include <jansson.h>

#include "corpus/reader.h"

/* Fills `a` (all but path, file_bytes and key) from the fields that articles have under many
 * names: title, date, author, source, url, tags, text.  Strings are views into `record` or lie in
 * `memory`.  False when there is no text: it is no article.  *cut: the text was longer than an
 * article may be.  `date` gets a date that is stated and not understood, else empty. */
bool record_article(struct arena *memory, const json_t *record, struct article *a, bool *cut,
                    struct str *date);

#endif

/* record: answers on standard output, as JSON Lines or as people's text.
 *
 * JSON is written as it comes, without a tree: a case of 100,000 articles answers with millions of
 * records, and building each with a JSON library first costs several times the writing.  Parsing,
 * where one can be fooled, is left to the library.  Numbers, strings and nesting are all there is.
 *
 *     record_begin(r);                    {
 *     record_str(r, "article", path);      "article":"a.txt",
 *     record_int(r, "begin", 5);           "begin":5
 *     record_end(r);                      }\n
 *
 * On a terminal, people's text is made safe by glyph.h; into a pipe it goes as it is. */
#ifndef TUI_RECORD_H
#define TUI_RECORD_H

#include "core/base.h"
#include "core/day.h"
#include "tui/face.h"

#include <stdio.h>

struct record;

struct record *record_open(FILE *to, bool json, bool color, bool terminal);
/* Flushes; false when something could not be written. */
bool record_close(struct record *r);
bool record_is_json(const struct record *r);

/* ---- JSON ---- */
void record_begin(struct record *r); /* an object, one line when outermost */
void record_end(struct record *r);
void record_object(struct record *r, const char *key); /* nested; key null inside a list */
void record_object_end(struct record *r);
void record_list(struct record *r, const char *key);
void record_list_end(struct record *r);
void record_str(struct record *r, const char *key, struct str value); /* valid UTF-8 */
void record_cstr(struct record *r, const char *key, const char *value);
void record_int(struct record *r, const char *key, int64_t value);
void record_real(struct record *r, const char *key, double value);
void record_bool(struct record *r, const char *key, bool value);
void record_day(struct record *r, const char *key, int32_t day); /* left out for DAY_NONE */

/* ---- people's text ---- */
void say(struct record *r, enum face face, struct str text); /* as it is, line ends included */
void say_line(struct record *r, enum face face, struct str text); /* line ends and tabs as blanks */
void sayf(struct record *r, enum face face, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void say_day(struct record *r, int32_t day); /* "2011-06-03", or "undated   " */

#endif

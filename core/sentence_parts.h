/* sentence_parts: the two questions that the sentence finder asks: does this full stop end a
 * sentence, and is this line the article's own?  Private to core/find_sentences.c and its tests. */
#ifndef CORE_SENTENCE_PARTS_H
#define CORE_SENTENCE_PARTS_H

#include "core/base.h"

/* Bytes of the closing marks and brackets that stand at `at` in `t`, directly behind a stop; a
 * straight mark in front of a letter opens and is not counted.  0: none. */
size_t closers_at(struct str t, size_t at);

/* Bytes of the opening mark, bracket or dash at `at`; 0: none.  Straight marks count. */
size_t opener_at(struct str t, size_t at);

/* Whether the run of stops t[stop..after) (". ! ? …", one or several) ends a sentence, given that
 * `closed` is the place behind the closing marks that follow it.  Looks at the word before and
 * at no more than six words behind; blanks and the end of `t` (a paragraph) count as the end. */
bool stop_ends_sentence(struct str t, size_t stop, size_t after, size_t closed);

enum furniture {
    FURNITURE_NONE = 0,
    FURNITURE_LINE,   /* "Get our free mobile app", "Rena Voss/Coast Images": this line alone */
    FURNITURE_TEASER, /* "LOOK: …": this line and, at the end, the paragraph it announces */
    FURNITURE_LIST,   /* "RELATED CONTENT:": this line and the headlines below it */
};

/* What kind of page furniture `line` (trimmed, without line ends) is, by cue words and shape. */
enum furniture line_furniture(struct str line);

/* Whether the last character that is no closing mark is one of . ! ? … */
bool line_is_stopped(struct str line);

#endif

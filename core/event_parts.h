/* event_parts: what the files that gather dated statements share.  For event_*.c only; other rooms
 * ask link_events.h.
 *
 * The constants of these files are of two sorts.  Sets of kinds and lists of words are English
 * usage, as newspapers have it.  Numbers of bytes, words and days are bounds: they keep the work in
 * proportion to the text, and lie where the timelines of the sample and of the development topics
 * of Timeline17 read well; none of them is fine, half or twice as much changes a row in a
 * thousand. */
#ifndef CORE_EVENT_PARTS_H
#define CORE_EVENT_PARTS_H

#include "core/event_clause.h"
#include "core/link_events.h"

/* ---- words (event_words.c) ---- */

/* Is the term one of "word|word|beginning*"? */
bool term_is_among(struct str term, const char *words);

/* What there is to know of a word, remembered: it is the same few thousand again and again. */
struct word_memory;
struct word_memory *word_memory_new(void); /* to be freed by free */

struct known_word {
    uint32_t hash, kinds, stem;
    bool known, empty; /* empty: nearly every sentence has it, it makes none alike */
};
/* Borrowed until the next call. */
const struct known_word *word_known(struct word_memory *m, const struct word *w);

/* ---- what the words tell (event_told.c) ---- */

/* Kinds and stems of the statement, from the words of its sentence; the clause of the date says
 * which of them count most.  Linear in the words. */
void statement_read_words(struct statement *s, struct word_memory *memory,
                          const struct dated_words *words);

/* ---- which dates state something (event_dated.c) ---- */

/* Where a date stands. */
struct dated {
    struct str text;
    struct sentence_run sentences;
    const struct sentence *sentence; /* never null */
    struct date_run dates;
    uint32_t date; /* its number among them */
    struct quote_run quotes;
    int32_t published; /* or DAY_NONE */
};

/* Does the date place something in time: neither furniture nor the stamp of a page, a dateline, or
 * the second end of a stretch? */
bool dated_states(const struct dated *d);
/* "If his trial was today", "ask me on Monday", "he was there that night": the words of somebody
 * quoted are reckoned from when and where they were said, which is not known.  They count where
 * they tell of a happening (`kinds`), and "today", "that night" and the like not even there. */
bool dated_loosely(const struct dated *d, uint32_t kinds);
/* "by 15 January", "since then" */
bool dated_bounds(const struct dated *d);
/* The value of the last day of a stretch that begins with the date; null: none does. */
const char *dated_until(const struct dated *d);
/* What of the sentence is behind the stamps that it begins with. */
struct span dated_told(const struct dated *d);
/* The post that the date is the byline of; null: it is no byline. */
const struct quote *dated_post(const struct dated *d);

#endif

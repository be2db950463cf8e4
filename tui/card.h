/* card: one line about a thing, and why the program believes it. */
#ifndef TUI_CARD_H
#define TUI_CARD_H

#include "tui/pane.h"

/* "Anna Reiss · person · 31 mentions in 9 articles · "the keeper's daughter"" */
void card_put(struct app *app, const struct thing *t, struct line *out);
/* The rule, cue, anchor or chain of names behind it, as one sentence. */
void card_why(struct app *app, const struct thing *t, struct line *out);

/* "● a #tag comment · who, 3 June 2011"; false: there is no such note. */
bool note_card(struct app *app, int64_t note, struct line *out);

const char *mention_kind_name(uint8_t kind);

/* "3 June 2011", "June 2011", "2011": a day or a range as people write it. */
void put_day(struct line *out, int32_t day, enum face face);
/* "The Ledger, 3 June 2011", or the file's name where it says neither. */
void put_source(struct app *app, article_id a, struct line *out, enum face face);
/* The same and its headline, for a card. */
void put_article(struct app *app, article_id a, struct line *out);

#endif

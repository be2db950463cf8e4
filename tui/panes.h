/* panes: the three panes and the views, and what can be asked of each beyond pane.h. */
#ifndef TUI_PANES_H
#define TUI_PANES_H

#include "core/align.h"
#include "tui/list.h"

/* ---- articles (pane_list.c) ---- */

struct pane *articles_open(struct app *app);
/* Puts the selection on the article; false when the filter hides it. */
bool articles_select(struct pane *p, article_id a);
/* The n-th next article of the list (n < 0: before) counted from `a`, wanted unread or not; none at
 * the ends. */
article_id articles_step(struct pane *p, struct app *app, article_id a, long n, bool unread);
/* So many more (fewer) articles are unread. */
void articles_read_changed(struct pane *p, int unread);
/* "3 of 24" for an article of the list: its place from 1, 0 when hidden; *n gets the rows. */
uint32_t articles_place(struct pane *p, article_id a, uint32_t *n);

/* ---- the text (pane_text.c) ---- */

enum step_kind { STEP_ENTITY, STEP_QUOTE, STEP_DATE };
enum motion {
    MOTION_CHAR, MOTION_WORD, MOTION_WORD_END, MOTION_SENTENCE, MOTION_PARAGRAPH,
};
enum text_object { OBJECT_SENTENCE, OBJECT_PARAGRAPH, OBJECT_QUOTE, OBJECT_ENTITY, OBJECT_NOTE };
enum select_mode { SELECT_NONE, SELECT_CHARS, SELECT_LINES };

struct pane *text_open(struct app *app);
article_id text_article(const struct pane *p);
/* Shows the passage with the cursor at its beginning; an empty span at 0 is the top. */
void text_show(struct pane *p, struct app *app, struct passage where);
/* The byte the cursor is at. */
uint32_t text_cursor(const struct pane *p);
/* To the n-th next thing of a kind; says "3 of 17". */
void text_step(struct pane *p, struct app *app, enum step_kind kind, long n);
void text_motion(struct pane *p, struct app *app, enum motion m, long n);
/* The mode, or none when it is on already. */
void text_select(struct pane *p, struct app *app, enum select_mode mode);
/* Selects just these words. */
void text_select_span(struct pane *p, struct app *app, struct span at);
/* The object that holds the cursor; empty: there is none. */
struct span text_object(const struct pane *p, enum text_object what);
void text_other_end(struct pane *p, struct app *app);
bool text_selection(const struct pane *p, struct span *out);
/* Ends selecting; false when nothing was selected. */
bool text_let_go(struct pane *p, struct app *app);
/* The first mention at or behind the cursor in its line. */
bool text_entity_near(struct pane *p, struct app *app, struct thing *out);
/* The number of the innermost note at the cursor; 0: none. */
int64_t text_note(const struct pane *p);

/* ---- the timeline (pane_timeline.c) ---- */

struct pane *timeline_open(struct app *app);
/* Puts the selection on the event that the text tells nearest to this place. */
void timeline_follow(struct pane *p, struct app *app, struct passage where);
/* The event selected, and the passage of its n-th next source. */
bool timeline_source(struct pane *p, struct app *app, long n, struct passage *out);
/* The source of the selected event that is shown, as a row of links.claims. */
bool timeline_claim(struct pane *p, struct app *app, uint32_t *claim);
bool timeline_select_event(struct pane *p, event_id e);
/* The next event with a conflict (n < 0: before). */
bool timeline_step_conflict(struct pane *p, struct app *app, long n);
/* One row an event, a day, a month, a year, a decade: n steps wider (n < 0: narrower). */
void timeline_zoom(struct pane *p, struct app *app, long n);
/* The summary of an event, with an ellipsis where it begins inside its sentence. */
void line_put_summary(struct line *out, struct str words, enum face face);
/* Strikes the selected event out, or takes it back; shows those alone that are, or the others
 * again. */
void timeline_strike(struct pane *p, struct app *app);
void timeline_show_struck(struct pane *p, struct app *app);
/* The filter, to be changed; then timeline_filtered shows what passes. */
struct timeline_filter;
struct timeline_filter *timeline_filter_of(struct pane *p);
void timeline_filtered(struct pane *p, struct app *app);


/* ---- views ---- */

/* Passages in context: where a query stands, or the mentions of an entity. */
struct pane *hits_open_query(struct app *app, struct str query);
struct pane *hits_open_entity(struct app *app, entity_id e);
/* The words at `where` with what stands before and behind them, the words under one another when
 * `cols` is the same from row to row. */
void context_put(struct app *app, struct passage where, unsigned cols, struct line *out);
/* The face of a kind of name. */
int face_of_mention(uint8_t kind);
struct pane *entities_open(struct app *app);
/* Names that may be one, undecided ones first; and the two of the row that is selected. */
struct pane *pairs_open(struct app *app);
bool pairs_selected(struct pane *p, struct app *app, struct str *a, struct str *b);
struct pane *card_open(struct app *app, entity_id e);
/* Why the mention that begins there is of its entity, name by name. */
struct pane *why_open(struct app *app, struct passage mention);
/* The quotations of all, or of one speaker (none: of all), in order or under their speakers. */
struct pane *quotes_open(struct app *app, bool by_speaker, entity_id speaker);
/* How many quotations each entity speaks, n_entities of them, those of nobody known at 0; every
 * wording of one counts once.  The caller frees it. */
uint32_t *quotes_spoken(const struct links *l);
/* The quotation of this row of links.quotes, which must be one, as what a cursor is on. */
struct thing thing_of_quote(const struct links *l, uint32_t row);
/* Quote look-up; another query for one that is open; and the query, valid until the next.  With an
 * empty one it shows who is quoted how often. */
struct pane *lookup_open(struct app *app, struct str query);
void lookup_ask(struct pane *p, struct app *app, struct str query);
struct str lookup_query(struct pane *p);
/* All wordings of the quotation that stands at this passage. */
struct pane *board_open(struct app *app, struct passage wording);
struct pane *conflicts_open(struct app *app);
/* The conflict selected in that view, and the answer (of links.conflict_values); null: none. */
const struct conflict *conflicts_selected(struct pane *p, struct app *app, uint32_t *answer);
/* The card of one event: who tells it, claim by claim, with dates as told; whom it names. */
struct pane *event_open(struct app *app, event_id e);
/* The claim (of links.claims) selected in it; false: a name is. */
bool event_claim(struct pane *p, uint32_t *claim);
/* The difference between two wordings, a to b, on one line: what b lacks and has more, by face and
 * by sign.  What they share is cut in the middle where it is long, unless `whole`. */
void line_put_edits(struct line *out, struct edit_run edits, struct str a_text, struct word_run a,
                    struct str b_text, struct word_run b, bool whole);
struct pane *issues_open(struct app *app);
/* Notes that answer a query (empty: all); `review`: those alone whose place is not sure. */
struct pane *notes_view_open(struct app *app, struct str query, bool review);
struct str notes_view_query(struct pane *p);
/* Another query in its place; one that cannot be parsed is said and changes nothing. */
void notes_view_filter(struct pane *p, struct app *app, struct str query);
/* The next way to sort them; its name. */
const char *notes_view_sort(struct pane *p, struct app *app);
struct pane *help_open(struct app *app);
/* Goes to the settings in it. */
void help_show_settings(struct pane *p);

#endif

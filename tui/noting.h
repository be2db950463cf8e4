/* noting: asking for the words of a note, for the commands that do (do_note.c, do_event.c). */
#ifndef TUI_NOTING_H
#define TUI_NOTING_H

#include "tui/app.h"

/* Settles what is asked about (app->noting): the note here, or a new one on the words here.  False,
 * said: there is nothing. */
bool noting_begin(struct app *app);
/* That note as it stands, in `a`; false: it is gone. */
bool noting_note(struct app *app, struct arena *a, struct note *out);
/* Nothing is asked about any more; the draft that kept what was typed goes. */
void noting_cancel(struct app *app);
/* Saves the note with these words, `#tag` among them; what could not be saved is asked for
 * again. */
void noting_finish(struct app *app, struct str typed);

#endif

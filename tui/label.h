/* label: which face the letter of a note has.
 *
 * Six faces are told apart at a glance; there are more letters.  The reader says which letters have
 * them (`:labels k q x`); until then they go by the alphabet, in turn.  The letter itself stands
 * wherever its face does, so nothing depends on colours. */
#ifndef TUI_LABEL_H
#define TUI_LABEL_H

#include "core/base.h"
#include "tui/face.h"

#define LABEL_FACES 6

struct app;

/* FACE_NOTE for no letter, and for one that the reader gave none. */
enum face label_face(const struct app *app, uint32_t label);

#endif

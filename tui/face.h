/* face: named looks.  Panes speak of faces; only a theme knows colours and attributes.
 *
 * One table (face.def) gives the enum, the names for `:face NAME ...`, the themes for 256, 16, 8
 * colours and for none, where attributes alone still tell kinds apart.  A look is a face and
 * flags on top of it (the cursor is on it, it is selected, a search hit, dimmed), so that an
 * entity inside a search hit inside a selection is still an entity. */
#ifndef TUI_FACE_H
#define TUI_FACE_H

#include "core/base.h"

enum face {
#define FACE(ID, name, ...) FACE_##ID,
#include "tui/face.def"
#undef FACE
    FACES
};

enum look_flag {
    LOOK_CURSOR = 1,   /* what the cursor is on: reverse */
    LOOK_SELECTED = 2, /* inside the visual selection */
    LOOK_HIT = 4,      /* a search hit */
    LOOK_DIM = 8,      /* read elsewhere, furniture */
    LOOK_BOLD = 16,    /* unread, the selected row */
    LOOK_NOTED = 32,   /* under a note */
};

struct look {
    uint8_t face;  /* enum face */
    uint8_t flags; /* enum look_flag */
};

enum attribute {
    ATTR_BOLD = 1,
    ATTR_DIM = 2,
    ATTR_UNDERLINE = 4,
    ATTR_REVERSE = 8,
    ATTR_ITALIC = 16
};

/* What a look comes to: colours are -1 (the terminal's own) or an index of the depth's palette. */
struct ink {
    int16_t fg, bg;
    uint16_t attributes;
};

enum depth { DEPTH_NONE, DEPTH_8, DEPTH_16, DEPTH_256 };

struct theme; /* built in ("default", "dark", "light", "none"), changed by `:face` */

struct theme *theme_open(void);
void theme_close(struct theme *t);
/* False when there is no theme of this name. */
bool theme_choose(struct theme *t, struct str name);
/* `:face person bold fg=green`; a sentence about what is wrong, or null. */
const char *theme_set_face(struct theme *t, struct str face, struct str spec);
struct ink theme_ink(const struct theme *t, enum depth depth, struct look look);

const char *face_name(enum face f);
char face_letter(enum face f); /* for the face layer of a dumped screen */

#endif

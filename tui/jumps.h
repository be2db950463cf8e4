/* jumps: where the reader has been: the jump list and the marks. */
#ifndef TUI_JUMPS_H
#define TUI_JUMPS_H

#include "core/base.h"

#define JUMPS_MAX 100

/* Places are bytes of texts; the oldest is forgotten for the newest. */
struct jumps {
    struct passage v[JUMPS_MAX];
    uint32_t n, at; /* at == n: not looking back */
    struct passage marks['z' - 'a' + 1];
};

/* Called before a jump: the place left behind.  What lay forward of here is let go; the same
 * place twice is kept once. */
void jumps_push(struct jumps *j, struct passage here);
/* Back (n < 0) or forward; `here` is kept to come forward to when looking back begins.  False at
 * the ends, *out untouched. */
bool jumps_go(struct jumps *j, int n, struct passage here, struct passage *out);
/* The newest place left behind, swapped with `here`: `''` twice comes back. */
bool jumps_swap(struct jumps *j, struct passage here, struct passage *out);

/* The mark of a letter a..z; null for anything else. */
struct passage *jumps_mark(struct jumps *j, uint32_t letter);

#endif

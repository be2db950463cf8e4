/* wake: what comes from the terminal: one descriptor to poll for input and for a new size
 * (SIGWINCH), and whether it is still there.  One at a time, as the handler of a signal has no
 * argument. */
#ifndef TUI_WAKE_H
#define TUI_WAKE_H

#include <stdbool.h>

/* Watches `in`; the handler that was there before comes back at wake_close. */
void wake_open(int in);
void wake_close(void);

int wake_fd(void);              /* readable: there is input, or a new size */
bool wake_resized(void);        /* the size changed since the last time this was asked */
void wake_may_be_resized(void); /* the next answer is that it has */
bool wake_within(int ms);       /* waits so long for input; true: there is some */
bool wake_is_lost(void);        /* it hung up, or says that there is input and has none */

#endif

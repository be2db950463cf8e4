/* rescue: giving the terminal back where nothing else can be done any more: from the handler of a
 * fatal signal, or when memory ran out.  What is to be sent is made beforehand, since nothing can
 * be looked up in a handler.  One terminal at a time, as a handler has no argument. */
#ifndef TUI_RESCUE_H
#define TUI_RESCUE_H

void rescue_keep_mode(int fd); /* the mode that the terminal has now is what it gets back */

/* Begins anew what is sent to `fd`, and one byte more of it; what is over 256 bytes is left out.
 * The byte comes back, as tputs(3) asks of what it calls. */
void rescue_begin(int fd);
int rescue_add(int byte);
void rescue_forget(void); /* no screen is open: there is nothing to give back */

/* Write(2) and tcsetattr(3) alone, both safe in a handler.  Once; then nothing, as without a
 * screen. */
void rescue_terminal(void);

#endif

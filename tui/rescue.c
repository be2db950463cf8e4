/* A few bytes and a mode, kept where a handler finds them. */
#include "tui/rescue.h"

#include <termios.h>

#include "tui/wire.h"

static char bytes[256];
static size_t n_bytes;
static int terminal = -1;
static struct termios mode;

void rescue_keep_mode(int fd)
{
    tcgetattr(fd, &mode);
}

void rescue_begin(int fd)
{
    n_bytes = 0;
    terminal = fd;
}

int rescue_add(int byte)
{
    if (n_bytes < sizeof bytes)
        bytes[n_bytes++] = (char)byte;
    return byte;
}

void rescue_forget(void)
{
    terminal = -1;
}

void rescue_terminal(void)
{
    if (terminal < 0)
        return;
    wire_write(terminal, bytes, n_bytes);
    tcsetattr(terminal, TCSANOW, &mode);
    terminal = -1;
}

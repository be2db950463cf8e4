/* Holding is a dup2 onto a file in memory and back: four system calls a frame that needs it, and no
 * limit.  A pipe was refused, since a large frame would fill it and wait for a reader that is the
 * writer; so was a private function of ncurses that adds to its buffer. */
#include "tui/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/arena.h"

bool wire_write(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(fd, bytes, n);
        if (wrote < 0 && errno == EAGAIN) /* whoever shares the terminal asked for that */
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        else if (wrote < 0 && errno != EINTR)
            return false;
        if (wrote > 0)
            bytes += wrote, n -= (size_t)wrote;
    }
    return true;
}

bool wire_open(struct wire *w, int fd)
{
    *w = (struct wire){fd, fcntl(fd, F_DUPFD_CLOEXEC, 0), memfd_create("frame", MFD_CLOEXEC)};
    return w->terminal >= 0 && w->kept >= 0;
}

void wire_close(struct wire *w)
{
    if (w->terminal >= 0)
        close(w->terminal);
    if (w->kept >= 0)
        close(w->kept);
}

void wire_hold(struct wire *w)
{
    lseek(w->kept, 0, SEEK_SET);
    dup2(w->kept, w->fd);
}

void wire_release(struct wire *w, struct str before, struct str behind)
{
    size_t kept = (size_t)lseek(w->kept, 0, SEEK_CUR), n = before.n + kept + behind.n;
    char *bytes = mem_alloc(n + 1);
    dup2(w->terminal, w->fd);
    memcpy(bytes, before.p, before.n);
    if (pread(w->kept, bytes + before.n, kept, 0) == (ssize_t)kept) {
        memcpy(bytes + before.n + kept, behind.p, behind.n);
        wire_write(w->terminal, bytes, wire_shorten(bytes, n));
    }
    free(bytes);
}

/* The length of the SGR sequence that begins here: ESC [ digits and ; m; 0: none does. */
static size_t looks_at(const char *p, const char *end)
{
    if (end - p < 3 || p[0] != '\033' || p[1] != '[')
        return 0;
    const char *q = p + 2;
    while (q < end && ((*q >= '0' && *q <= '9') || *q == ';'))
        q++;
    return q < end && *q == 'm' ? (size_t)(q + 1 - p) : 0;
}

size_t wire_shorten(char *bytes, size_t n)
{
    const char *p = bytes, *end = bytes + n;
    char *to = bytes, *run = bytes; /* where the sequences began that end where `to` is */
    while (p < end) {
        size_t looks = looks_at(p, end), take = looks ? looks : 1;
        if (looks == 3)
            to = run;
        memmove(to, p, take);
        to += take, p += take;
        if (!looks)
            run = to;
    }
    return (size_t)(to - bytes);
}

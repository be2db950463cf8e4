/* The handler raises a flag and writes to an eventfd, which wakes a poll that began before the
 * signal came; without it a signal between the look at the flag and the poll would be slept
 * over. */
#include "tui/wake.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t size_changed;
static int event_fd = -1, poll_fd = -1, input_fd = -1;
static struct sigaction before;

static void on_winch(int signal_number)
{
    (void)signal_number;
    int saved = errno;
    uint64_t one = 1;
    size_changed = 1;
    if (write(event_fd, &one, sizeof one) < 0)
        size_changed = 1; /* full: the poll wakes anyway */
    errno = saved;
}

void wake_open(int in)
{
    input_fd = in;
    event_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event e = {.events = EPOLLIN};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, event_fd, &e);
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, in, &e);
    struct sigaction action = {.sa_handler = on_winch, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGWINCH, &action, &before);
}

void wake_close(void)
{
    sigaction(SIGWINCH, &before, NULL);
    close(poll_fd);
    close(event_fd);
    event_fd = poll_fd = input_fd = -1;
}

int wake_fd(void)
{
    return poll_fd;
}

bool wake_resized(void)
{
    uint64_t n;
    if (!size_changed)
        return false;
    size_changed = 0;
    if (read(event_fd, &n, sizeof n) < 0)
        n = 0; /* already read */
    return true;
}

void wake_may_be_resized(void)
{
    size_changed = 1;
}

bool wake_within(int ms)
{
    struct pollfd p = {.fd = input_fd, .events = POLLIN};
    return poll(&p, 1, ms) > 0 && (p.revents & POLLIN);
}

bool wake_is_lost(void)
{
    struct pollfd p = {.fd = input_fd, .events = POLLIN};
    struct termios mode;
    if (poll(&p, 1, 0) <= 0)
        return false;
    return (p.revents & (POLLHUP | POLLERR | POLLNVAL)) || tcgetattr(p.fd, &mode) < 0;
}

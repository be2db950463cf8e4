/* The loop of a session: wait for the terminal, the dossier or a signal; take in all that is
 * there; draw once.  Signal handlers set flags and wake the poll through a pipe of their own, so
 * that nothing happens inside them and none is missed between looking and sleeping.  Without
 * input, work or signal the process does not wake, but once a second after the words of a note
 * were begun or went on, when no key waits: a draft keeps them from a kill. */
#include "tui/app.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#define DRAFT_MS 1000

static volatile sig_atomic_t ended, stopped, continued;
static int wake_pipe[2] = {-1, -1};

static void note(int signal)
{
    int saved = errno;
    if (signal == SIGTSTP)
        stopped = 1;
    else if (signal == SIGCONT)
        continued = 1;
    else
        ended = signal;
    ssize_t n = write(wake_pipe[1], "", 1);
    (void)n; /* full: it will wake anyway */
    errno = saved;
}

static const int signals[] = {SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT};
static struct sigaction before[COUNT_OF(signals)];

static bool watch(void)
{
    if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    ended = stopped = continued = 0;
    struct sigaction act = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigemptyset(&act.sa_mask);
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        sigaction(signals[i], &act, &before[i]);
    return true;
}

static void unwatch(void)
{
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        sigaction(signals[i], &before[i], NULL);
    close(wake_pipe[0]);
    close(wake_pipe[1]);
}

/* The terminal as it was found while the process is stopped.  SIGSTOP cannot be caught and needs
 * no care: a shell restores what it needs. */
static void suspend(struct app *app)
{
    app->suspend = false;
    stopped = 0;
    app_keep(app, KEEP_NOW);
    app->screen->ops->suspend(app->screen);
    kill(getpid(), SIGSTOP);
    app->screen->ops->resume(app->screen);
    app->stale_layout = true;
}

static void drain_pipe(void)
{
    char bytes[64];
    while (read(wake_pipe[0], bytes, sizeof bytes) > 0)
        ;
}

/* Every key that is there; false when the terminal is gone. */
static bool take_keys(struct app *app)
{
    bool alive = true;
    uint32_t key;
    while (!app->quit && !app->suspend && (key = app->screen->ops->key(app->screen, &alive)))
        app_key(app, key);
    return alive;
}

/* How long until what is being typed for a note is to be kept as a draft: a second after the first
 * key that no draft has; -1: there is none.  `*due`: the time it is, 0: not set. */
static int draft_wait(const struct app *app, int64_t *due)
{
    if (!app->noting.unsaved) {
        *due = 0;
        return -1;
    }
    if (!*due)
        *due = clock_ms() + DRAFT_MS;
    int64_t left = *due - clock_ms();
    return left > 0 ? (int)left : 0;
}

static bool wait_for_something(struct app *app, int64_t *draft_due)
{
    int wait_ms = -1, draft_ms = draft_wait(app, draft_due);
    struct pollfd fds[] = {
        {.fd = app->screen->ops->fd(app->screen), .events = POLLIN},
        {.fd = dossier_fd(app->dossier), .events = POLLIN},
        {.fd = wake_pipe[0], .events = POLLIN},
        {.fd = notes_fd(app->notes, &wait_ms), .events = POLLIN}, /* another session's notes */
    };
    if (app->keep_due && poll(fds, COUNT_OF(fds), 0) == 0) {
        app_keep(app, KEEP_IDLE);
        return true; /* it may have said something */
    }
    bool draft = draft_ms >= 0 && (wait_ms < 0 || draft_ms < wait_ms);
    int due = poll(fds, COUNT_OF(fds), draft ? draft_ms : wait_ms);
    if (due < 0)
        return errno == EINTR;
    if (draft_ms == 0 && !fds[0].revents)
        app_notes_keep_draft(app);
    if (fds[2].revents)
        drain_pipe();
    if (fds[1].revents)
        app_take(app);
    if (fds[3].revents || (due == 0 && !draft))
        app_notes_take(app);
    return !(fds[0].revents & (POLLERR | POLLNVAL));
}

int app_run(const struct app_setup *setup)
{
    struct app *app = app_open(setup);
    bool alive = watch();
    int64_t draft_due = 0;
    app_take(app);
    app_draw(app); /* the text first: ten thousand notes take longer to read than a screen of it */
    app_notes_take(app);
    while (alive && !app->quit && !ended) {
        app_draw(app);
        alive = wait_for_something(app, &draft_due) && take_keys(app);
        if (stopped || app->suspend)
            suspend(app);
        if (continued) {
            continued = 0;
            app->screen->ops->redraw(app->screen);
            app->stale_layout = true;
        }
    }
    if (!alive || ended)
        app_notes_keep_draft(app);
    app_keep(app, KEEP_LAST);
    unwatch();
    app_close(app);
    return !ended ? 0 : 128 + ended;
}

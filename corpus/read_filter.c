/* posix_spawn and not fork: the program has threads, and a gigabyte of tables that fork would
 * have to map.  A pseudo-shell with quoting was refused; the arguments come apart where the
 * configuration is read, and the file's name is never looked into. */
#include "corpus/read_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OUTPUT_BYTES_MAX = ARTICLE_BYTES_MAX + 4096, COMPLAINT_BYTES = 200, POLL_MS = 100 };

extern char **environ;

struct run {
    const struct sink *to;
    pid_t pid;
    int out, err; /* the read ends; -1 when closed */
    int64_t deadline_ms;
    char *v;
    size_t n, cap;
    char complaint[COMPLAINT_BYTES + 1]; /* the beginning of what it said on standard error */
    size_t complaint_n;
};

static struct str base_name(struct str path)
{
    const char *slash = memrchr(path.p, '/', path.n);
    return slash ? str_from(slash + 1, path.n - (size_t)(slash + 1 - path.p)) : path;
}

const struct filter *filter_for(const struct filter *filters, size_t n, struct str path)
{
    if (!n)
        return NULL;
    struct arena a = {0};
    const struct filter *found = NULL;
    const char *name = arena_str(&a, base_name(path)).p;
    for (size_t i = 0; i < n && !found; i++)
        if (fnmatch(arena_str(&a, filters[i].pattern).p, name, 0) == 0)
            found = &filters[i];
    arena_finish(&a);
    return found;
}

/* ---- the arguments ---- */

/* `argument` with every "%f" replaced; *used is set when there was one. */
static char *with_file(struct arena *a, const char *argument, struct str file, bool *used)
{
    size_t n = 0, longest = strlen(argument) * (file.n + 1) + 1;
    char *out = arena_alloc(a, longest);
    for (const char *p = argument; *p; p++) {
        if (p[0] == '%' && p[1] == 'f') {
            memcpy(out + n, file.p, file.n);
            n += file.n;
            *used = true;
            p++;
        } else {
            out[n++] = *p;
        }
    }
    out[n] = '\0';
    return out;
}

/* *used: the file is named in it; if not, it comes on standard input. */
static char **arguments(struct arena *a, const struct filter *f, struct str path, bool *used)
{
    size_t n = 0;
    while (f->argv[n])
        n++;
    /* A name that begins with "-" must not be taken for an option. */
    struct str file = path.n && path.p[0] == '-' ? arena_printf(a, "./%.*s", (int)path.n, path.p)
                                                 : path;
    char **argv = arena_array(a, char *, n + 1);
    *used = false;
    for (size_t i = 0; i < n; i++)
        argv[i] = with_file(a, f->argv[i], file, used);
    return argv;
}

/* ---- running ---- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int spawn_with(pid_t *pid, char **argv, const char *input, int out, int err)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, out, 1);
    posix_spawn_file_actions_adddup2(&files, err, 2);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    int error = posix_spawnp(pid, argv[0], &files, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

/* 0, or an errno. */
static int start(struct run *r, char **argv, const char *input)
{
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC))
        return errno;
    if (pipe2(err, O_CLOEXEC)) {
        int error = errno;
        close(out[0]), close(out[1]);
        return error;
    }
    int error = spawn_with(&r->pid, argv, input, out[1], err[1]);
    close(out[1]), close(err[1]);
    r->out = out[0], r->err = err[0];
    return error;
}

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void take_output(struct run *r)
{
    if (r->n == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 65536;
        r->v = mem_grow(r->v, r->cap);
    }
    ssize_t n = read(r->out, r->v + r->n, r->cap - r->n);
    if (n > 0)
        r->n += (size_t)n;
    else if (n == 0 || errno != EINTR)
        close_one(&r->out);
}

static void take_complaint(struct run *r)
{
    char bytes[4096];
    ssize_t n = read(r->err, bytes, sizeof bytes);
    size_t room = COMPLAINT_BYTES - r->complaint_n;
    if (n > 0) {
        room = (size_t)n < room ? (size_t)n : room;
        memcpy(r->complaint + r->complaint_n, bytes, room);
        r->complaint_n += room;
    } else if (n == 0 || errno != EINTR) {
        close_one(&r->err);
    }
}

/* Reads both pipes until they are closed.  ERR_LIMIT: too long, in time or bytes. */
static enum status collect(struct run *r)
{
    while (r->out >= 0 || r->err >= 0) {
        int64_t left = r->deadline_ms - now_ms();
        struct pollfd p[2] = {{r->out, POLLIN, 0}, {r->err, POLLIN, 0}};
        if (r->to->stop && r->to->stop(r->to->ctx))
            return ERR_CANCELLED;
        if (left <= 0 || r->n > OUTPUT_BYTES_MAX)
            return ERR_LIMIT;
        poll(p, 2, left < POLL_MS ? (int)left : POLL_MS);
        if (p[0].revents)
            take_output(r);
        if (p[1].revents)
            take_complaint(r);
    }
    return OK;
}

/* The exit status as of waitpid; the program is given until the deadline, then killed. */
static int reap(struct run *r, bool kill_now)
{
    int status = 0;
    if (kill_now)
        kill(-r->pid, SIGKILL);
    while (!kill_now && waitpid(r->pid, &status, WNOHANG) == 0) {
        if (now_ms() >= r->deadline_ms) {
            kill(-r->pid, SIGKILL);
            kill_now = true;
        } else {
            poll(NULL, 0, 1);
        }
    }
    if (kill_now)
        while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
            ;
    return status;
}

/* ---- what became of it ---- */

/* The first line of the complaint, its control characters and what is not ASCII as "?". */
static const char *complaint_of(struct run *r)
{
    r->complaint[r->complaint_n] = '\0';
    for (char *p = r->complaint; *p; p++) {
        if (*p == '\n') {
            *p = '\0';
            break;
        }
        if (*p < ' ' || *p > '~')
            *p = '?';
    }
    return r->complaint;
}

static bool report(struct run *r, const struct source *s, enum status done, int status,
                   const char *program)
{
    const char *said = complaint_of(r), *colon = *said ? ": " : "";
    if (done == ERR_LIMIT && r->n > OUTPUT_BYTES_MAX)
        source_issue(s, r->to, SIZE_MAX, true, "the filter %s wrote more than %u MB: stopped",
                     program, ARTICLE_BYTES_MAX >> 20);
    else if (done == ERR_LIMIT)
        source_issue(s, r->to, SIZE_MAX, true, "the filter %s took too long: stopped%s%s", program,
                     colon, said);
    else if (WIFSIGNALED(status))
        source_issue(s, r->to, SIZE_MAX, true, "the filter %s was ended by signal %d%s%s", program,
                     WTERMSIG(status), colon, said);
    else if (WEXITSTATUS(status))
        source_issue(s, r->to, SIZE_MAX, r->n == 0, "the filter %s ended with status %d%s%s",
                     program, WEXITSTATUS(status), colon, said);
    else if (!r->n)
        source_issue(s, r->to, SIZE_MAX, true, "the filter %s gave no text%s%s", program, colon,
                     said);
    else
        return true;
    return r->n > 0;
}

/* ---- handing on ---- */

static void pass_article(void *ctx, const struct article *a)
{
    const struct sink *to = ctx;
    struct article copy = *a;
    copy.format = FORMAT_FILTER;
    to->article(to->ctx, &copy);
}

static void pass_issue(void *ctx, const struct issue *i)
{
    const struct sink *to = ctx;
    to->issue(to->ctx, i);
}

static bool pass_stop(void *ctx)
{
    const struct sink *to = ctx;
    return to->stop && to->stop(to->ctx);
}

static struct str without_ending(struct str path)
{
    struct str name = base_name(path);
    const char *dot = memrchr(name.p, '.', name.n);
    return dot && dot > name.p ? str_from(path.p, (size_t)(dot - path.p)) : path;
}

static void hand_on(struct run *r, struct source *s)
{
    s->bytes = str_from(r->v, r->n);
    struct sink inner = {pass_article, pass_issue, pass_stop, (void *)(uintptr_t)r->to};
    reader_for(without_ending(s->path), s->bytes)->read(s, &inner);
}

void read_filter(const struct filter *f, struct str path, uint64_t file_bytes, unsigned ms,
                 const struct sink *to)
{
    struct arena a = {0};
    struct run r = {.to = to, .out = -1, .err = -1, .deadline_ms = now_ms() + ms};
    struct source s = {.path = path, .file_bytes = file_bytes};
    bool named;
    char **argv = arguments(&a, f, path, &named);
    const char *input = named ? "/dev/null" : arena_str(&a, path).p;
    int error = start(&r, argv, input);
    if (error) {
        source_issue(&s, to, SIZE_MAX, true, "the filter %s cannot be run: %s", argv[0],
                     strerror(error));
    } else {
        enum status done = collect(&r);
        int status = reap(&r, done != OK);
        if (done != ERR_CANCELLED && report(&r, &s, done, status, argv[0]))
            hand_on(&r, &s);
    }
    close_one(&r.out);
    close_one(&r.err);
    free(r.v);
    arena_finish(&a);
}

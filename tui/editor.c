/* posix_spawn and not fork, as for filters; the store lets go of its file before, so that no
 * handle of the database crosses into the editor.  The file is opened again by its name when the
 * editor is done, since many editors write a new one and rename it. */
#include "tui/editor.h"

#include "core/text.h"
#include "tui/app.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DRAFT_BYTES_MAX (1u << 20)
#define EDITOR_WORDS_MAX 32

extern char **environ;

/* FOLDER/drafts/UID.txt, the folder made; null: nowhere. */
static const char *draft_path(struct app *app, const char *uid, struct arena *a)
{
    struct stat st;
    if (!app->state_folder || !uid[0] || strchr(uid, '/'))
        return NULL;
    const char *folder = arena_printf(a, "%s/drafts", app->state_folder).p;
    for (char *p = strchr(folder + 1, '/'); p; p = strchr(p + 1, '/')) {
        *p = 0;
        mkdir(folder, 0700);
        *p = '/';
    }
    mkdir(folder, 0700);
    if (lstat(folder, &st) != 0 || !S_ISDIR(st.st_mode) || st.st_uid != geteuid())
        return NULL;
    if ((st.st_mode & 077) && chmod(folder, 0700) != 0)
        return NULL;
    return arena_printf(a, "%s/%s.txt", folder, uid).p;
}

static bool write_all(int fd, struct str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            s.p += n, s.n -= (size_t)n;
    }
    return true;
}

static bool make_draft(const char *path, struct str words)
{
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool well =
        fchmod(fd, 0600) == 0 && write_all(fd, words) && write_all(fd, STR("\n")) && fsync(fd) == 0;
    return close(fd) == 0 && well;
}

static bool read_draft(const char *path, struct arena *a, struct str *out)
{
    struct stat st;
    int fd = path ? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fd < 0)
        return false;
    bool well = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= (off_t)DRAFT_BYTES_MAX;
    char *bytes = arena_alloc(a, DRAFT_BYTES_MAX + 1);
    size_t n = 0, bad;
    for (ssize_t got = 1; well && got > 0 && n < DRAFT_BYTES_MAX; n += got > 0 ? (size_t)got : 0) {
        got = read(fd, bytes + n, DRAFT_BYTES_MAX - n);
        if (got < 0 && errno == EINTR)
            got = 1, n--;
        well = got >= 0;
    }
    close(fd);
    *out = str_trim(utf8_repair(a, str_from(bytes, n), &bad));
    return well;
}

/* "vim -n", "'/opt/my editor' +1": words parted by blanks, quotes of both kinds respected. */
static int split(struct arena *a, const char *line, char *argv[EDITOR_WORDS_MAX])
{
    int n = 0;
    for (const char *p = line; n < EDITOR_WORDS_MAX - 2;) {
        p += strspn(p, " \t");
        if (!*p)
            break;
        char *word = arena_alloc(a, strlen(p) + 1), quote = 0;
        size_t k = 0;
        for (; *p && (quote || (*p != ' ' && *p != '\t')); p++) {
            if (*p == quote)
                quote = 0;
            else if (!quote && (*p == '"' || *p == '\''))
                quote = *p;
            else
                word[k++] = *p;
        }
        word[k] = 0;
        argv[n++] = word;
    }
    return n;
}

static bool spawn(const char *path, struct arena *a, int *status)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    char *argv[EDITOR_WORDS_MAX] = {NULL};
    int n = split(a, visual && visual[0] ? visual : editor && editor[0] ? editor : "vi", argv);
    if (n == 0)
        argv[n++] = (char *)(uintptr_t) "vi";
    argv[n++] = (char *)(uintptr_t)path;
    argv[n] = NULL;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    pid_t pid;
    errno = posix_spawnp(&pid, argv[0], NULL, &attributes, argv, environ);
    bool started = errno == 0;
    posix_spawnattr_destroy(&attributes);
    while (started && waitpid(pid, status, 0) < 0)
        if (errno != EINTR)
            return false;
    return started;
}

/* ^C in the editor is the editor's. */
static bool run(struct app *app, const char *path, struct arena *a, int *status)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit, stop;
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    sigaction(SIGTSTP, &ignore, &stop);
    notes_rest(app->notes);
    app->screen->ops->suspend(app->screen);
    bool started = spawn(path, a, status);
    int error = errno;
    app->screen->ops->resume(app->screen);
    app->stale_layout = true;
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    sigaction(SIGTSTP, &stop, NULL);
    errno = error;
    return started;
}

enum edited editor_run(struct app *app, const char *uid, struct str words, struct arena *a,
                       struct str *out, const char **why)
{
    int status = 0;
    const char *path = draft_path(app, uid, a);
    if (!path || !make_draft(path, words)) {
        *why = "There is no place for a draft: a asks for the words here";
        return EDITED_FAILED;
    }
    if (!run(app, path, a, &status)) {
        static char sentence[200];
        snprintf(sentence, sizeof sentence, "The editor could not be run: %s", strerror(errno));
        *why = sentence;
        unlink(path);
        return EDITED_NOT;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !read_draft(path, a, out)) {
        *why = "The editor failed: nothing is saved, :draft takes the words up";
        return EDITED_FAILED;
    }
    if (out->n == 0 || str_eq(*out, str_trim(words))) {
        *why = out->n ? NULL : "The draft is empty: the note stays as it was";
        unlink(path);
        return EDITED_NOT;
    }
    return EDITED;
}

bool editor_left(struct app *app, const char *uid, struct arena *a, struct str *out)
{
    struct str found;
    if (!read_draft(draft_path(app, uid, a), a, &found) || !found.n)
        return false;
    *out = found;
    return true;
}

void editor_forget(struct app *app, const char *uid)
{
    struct arena a = {0};
    const char *path = draft_path(app, uid, &a);
    if (path)
        unlink(path);
    arena_finish(&a);
}

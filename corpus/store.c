/* The handle is opened late and may be let go at any time: nothing of a session lives in it.  A
 * file is looked at before it is written: whose it is, which version, whether it is whole.  Each
 * write is one transaction begun at once, so that two writers queue instead of dead-locking.
 *
 * Other sessions are noticed by inotify on the folder: in this journal mode a commit deletes the
 * journal, which is one event, and nothing wakes an idle session.  On a network file system, where
 * no event comes from another machine, the version is asked once a second. */
#include "corpus/store_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#ifndef SMB2_SUPER_MAGIC
#define SMB2_SUPER_MAGIC 0xfe534d42
#endif
#define CIFS_MAGIC 0xff534d42

enum { VALUE_BYTES_MAX = 16 << 20, STEPS_BETWEEN = 100000, STEPS_MAX = 20000 };

/* ---- saying ---- */

enum status store_fail(struct store *s, const char *what, enum status status)
{
    snprintf(s->why, sizeof s->why, "%s", what);
    return status;
}

/* What SQLite says, as a sentence for people. */
enum status store_refused(struct store *s, int code)
{
    const char *what = sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_FULL: what = "the disk is full"; break;
    case SQLITE_IOERR: what = "the disk gave an error"; break;
    case SQLITE_BUSY: what = "another session keeps the notes busy"; break;
    case SQLITE_READONLY: what = "the notes may be read and not written"; break;
    case SQLITE_CANTOPEN: what = "the file of notes cannot be opened"; break;
    case SQLITE_CORRUPT: case SQLITE_NOTADB: what = "the file of notes is damaged"; break;
    case SQLITE_NOMEM: what = "out of memory"; break;
    default: break;
    }
    snprintf(s->why, sizeof s->why, "Not saved: %s (%s)", what, s->path);
    return (code & 0xff) == SQLITE_READONLY                                    ? ERR_READONLY
           : (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ? ERR_CORRUPT
                                                                               : ERR_IO;
}

/* ---- the file ---- */

/* mkdir -p with 0700; what is there stays as it is. */
static bool make_folders(const char *file)
{
    char path[PATH_MAX];
    if (strlen(file) >= sizeof path)
        return false;
    strcpy(path, file);
    for (char *p = path + 1; *p; p++)
        if (*p == '/') {
            *p = 0;
            if (mkdir(path, 0700) == 0 && chmod(path, 0700) != 0)
                return false;
            *p = '/';
        }
    return true;
}

/* An empty file of our own: SQLite would make it readable to whoever the umask lets. */
static bool make_file(const char *path)
{
    if (!make_folders(path))
        return false;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return errno == EEXIST;
    bool well = fchmod(fd, 0600) == 0;
    close(fd);
    return well;
}

bool store_is_remote(const char *path)
{
    struct statfs fs;
    if (statfs(path, &fs) != 0)
        return false;
    switch ((unsigned long)fs.f_type & 0xffffffff) {
    case NFS_SUPER_MAGIC: case SMB_SUPER_MAGIC: case SMB2_SUPER_MAGIC: case CIFS_MAGIC:
    case 0x65735546: /* FUSE: sshfs and the like */
    case 0x01021997: /* 9p */
    case 0x5346414f: /* AFS */
        return true;
    default:
        return false;
    }
}

/* ---- opening ---- */

/* A file may hold a query that never ends; ours are over in a few steps. */
static int out_of_steps(void *ctx)
{
    struct store *s = ctx;
    return ++s->steps > STEPS_MAX;
}

static void configure(struct store *s)
{
    static const char settings[] = "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                                   "PRAGMA mmap_size=0; PRAGMA synchronous=EXTRA;";
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, STORE_BUSY_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
    sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(s->db, STEPS_BETWEEN, out_of_steps, s);
    s->configured = sqlite3_exec(s->db, settings, NULL, NULL, NULL);
}

void store_let_go(struct store *s)
{
    sqlite3_close_v2(s->db);
    s->db = NULL;
}

/* Opens what is there, or (make) what shall be there.  OK with s->db null: there is no file. */
enum status store_reach(struct store *s, bool make)
{
    if (s->db)
        return OK;
    struct stat st;
    s->state = STORE_WHOLE;
    if (stat(s->path, &st) != 0) {
        if (!make && errno == ENOENT)
            return OK;
        if (!make || !make_file(s->path))
            return store_refused(s, SQLITE_CANTOPEN);
    } else if (!S_ISREG(st.st_mode)) {
        s->state = STORE_FOREIGN;
        return store_fail(s, "What should hold the notes is not a file: notes are not kept",
                          ERR_READONLY);
    }
    s->steps = 0;
    s->proven = false;
    int code = sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        store_let_go(s);
        return store_refused(s, code);
    }
    configure(s);
    return store_look(s);
}

/* ---- one transaction ---- */

enum status store_ready(struct store *s)
{
    enum status status = store_reach(s, true);
    if (status == OK)
        status = store_prove(s);
    return status != OK || s->state == STORE_WHOLE ? status : ERR_READONLY;
}

int store_begin(struct store *s)
{
    s->steps = 0;
    return sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
}

int store_end(struct store *s, int code, struct store_count *what)
{
    if (code == SQLITE_OK)
        code = sqlite3_exec(
            s->db,
            what == &s->notes ? "UPDATE changes SET times = times + 1 WHERE what = 'notes'; COMMIT"
                              : "UPDATE changes SET times = times + 1 WHERE what = 'facts'; COMMIT",
            NULL, NULL, NULL);
    if (code != SQLITE_OK)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    else
        what->loaded++,
            what->now++; /* one more than ours: another wrote meanwhile, and is noticed */
    return code;
}

/* ---- the contract ---- */

static struct store *of(struct notes_store *s)
{
    return (struct store *)s;
}

static enum status load(struct notes_store *base, void (*each)(void *ctx, const struct note *n),
                        void *ctx)
{
    struct store *s = of(base);
    enum status status = store_reach(s, false);
    if (!s->db)
        return status;
    s->steps = 0;
    if (status == OK)
        status = store_prove(s);
    store_count(s);
    s->notes.loaded = s->notes.now;
    enum status read = store_read(s, each, ctx);
    return status ? status : read;
}

static const char *why(struct notes_store *base)
{
    return of(base)->why[0] ? of(base)->why : NULL;
}

static bool writable(struct notes_store *base)
{
    struct store *s = of(base);
    store_reach(s, false);
    if (s->state != STORE_WHOLE)
        return false;
    return !s->db || !sqlite3_db_readonly(s->db, "main");
}

static void drain(int fd)
{
    char bytes[4096];
    while (fd >= 0 && read(fd, bytes, sizeof bytes) > 0)
        ;
}

/* What is there is asked anew; false: it could not be. */
static bool look_again(struct store *s)
{
    drain(s->watch_fd);
    if (!s->watched || store_reach(s, false) != OK || !s->db)
        return false;
    sqlite3_busy_timeout(s->db, STORE_LOOK_BUSY_MS);
    s->again = !store_count(s); /* busy: somebody is writing now */
    sqlite3_busy_timeout(s->db, STORE_BUSY_MS);
    return !s->again;
}

static bool changed(struct notes_store *base)
{
    struct store *s = of(base);
    return look_again(s) && s->notes.now != s->notes.loaded;
}

bool store_facts_changed(struct store *s)
{
    return look_again(s) && s->facts.now != s->facts.loaded;
}

static int fd_of(struct notes_store *base, int *wait_ms)
{
    struct store *s = of(base);
    *wait_ms = s->again ? STORE_LOOK_BUSY_MS : s->watched && s->remote ? 1000 : -1;
    return s->watch_fd;
}

static void rest(struct notes_store *base)
{
    struct store *s = of(base);
    s->version = -1; /* another handle counts anew */
    store_let_go(s);
}

static void close_store(struct notes_store *base)
{
    struct store *s = of(base);
    store_let_go(s);
    if (s->watch_fd >= 0)
        close(s->watch_fd);
    free(s->path);
    free(s);
}

static const struct notes_store_ops ops = {load, store_write, why, writable, changed, fd_of, rest,
                                           close_store};

static void watch(struct store *s)
{
    char *slash = strrchr(s->path, '/');
    s->watched = true;
    make_folders(s->path);
    if (slash && slash > s->path) {
        *slash = 0;
        s->remote = store_is_remote(s->path);
        s->watch_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (s->watch_fd >= 0 &&
            inotify_add_watch(s->watch_fd, s->path, IN_DELETE | IN_CREATE | IN_MOVED_TO) < 0) {
            close(s->watch_fd);
            s->watch_fd = -1;
        }
        *slash = '/';
    }
}

struct notes_store *store_open(const char *path, bool watch_it)
{
    struct store *s = mem_zalloc(sizeof *s);
    s->base.ops = &ops;
    s->keep.ops = &store_keep_ops;
    s->watch_fd = -1;
    s->version = -1;
    char *folder = path[0] == '/' ? NULL : getcwd(NULL, 0);
    if (folder ? asprintf(&s->path, "%s/%s", folder, path) < 0 : !(s->path = strdup(path)))
        s->path = NULL;
    free(folder);
    if (s->path && watch_it)
        watch(s);
    if (s->remote)
        store_fail(s, "The notes are on a network file system: locks may not hold there", OK);
    return &s->base;
}

struct keep_store *store_keep(struct notes_store *s)
{
    return &of(s)->keep;
}

char *store_default_path(void)
{
    const char *base = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char *path = NULL;
    int n = -1;
    if (base && base[0] == '/')
        n = asprintf(&path, "%s/dossier/notes.db", base);
    else if (home && home[0] == '/')
        n = asprintf(&path, "%s/.local/share/dossier/notes.db", home);
    return n < 0 ? NULL : path;
}

char *store_author(void)
{
    struct passwd *p = getpwuid(geteuid());
    return strdup(p && p->pw_name[0] ? p->pw_name : "someone");
}

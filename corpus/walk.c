/* A stack of folders, each read as a whole and sorted when it is entered, so no directory stays
 * open and depth costs no descriptors.  Every folder entered is remembered by device and inode:
 * that ends loops, and keeps a tree of links from being read a thousand times.  nftw(3) was left
 * because it cannot pause and gives names in the order of the disk. */
#include "corpus/walk.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

struct folder {
    struct str path;
    VEC(struct str) names; /* in order */
    size_t next;
};

struct file_id {
    dev_t device;
    ino_t inode;
};

struct walk {
    const char *const *paths;
    size_t n_paths, next_path;
    const struct sink *to;
    struct arena memory;          /* all names and paths */
    VEC(struct folder) folders;   /* the stack */
    VEC(struct walk_entry) found; /* from `taken` on: not handed out yet */
    size_t taken;
    struct file_id *entered;      /* hash table, a power of two in size; inode 0 is free */
    size_t n_entered, entered_size;
    uint64_t bytes;
    bool absent;
};

struct walk *walk_open(const char *const *paths, size_t n, const struct sink *to)
{
    struct walk *w = mem_alloc(sizeof(*w));
    *w = (struct walk){.paths = paths, .n_paths = n, .to = to};
    return w;
}

void walk_close(struct walk *w)
{
    for (size_t i = 0; i < w->folders.n; i++)
        vec_free(&w->folders.v[i].names);
    vec_free(&w->folders);
    vec_free(&w->found);
    free(w->entered);
    arena_finish(&w->memory);
    free(w);
}

uint64_t walk_bytes(const struct walk *w)
{
    return w->bytes;
}

bool walk_met_absent(const struct walk *w)
{
    return w->absent;
}

static void issue(struct walk *w, struct str path, bool fatal, const char *what)
{
    source_issue(&(struct source){.path = path}, w->to, SIZE_MAX, fatal, "%s", what);
}

/* ---- folders met before ---- */

static size_t slot_of(const struct walk *w, struct file_id id)
{
    uint64_t h = ((uint64_t)id.inode ^ (uint64_t)id.device << 40) * 0x9e3779b97f4a7c15u;
    size_t i = h >> 32 & (w->entered_size - 1);
    while (w->entered[i].inode &&
           (w->entered[i].inode != id.inode || w->entered[i].device != id.device))
        i = (i + 1) & (w->entered_size - 1);
    return i;
}

static void grow_entered(struct walk *w)
{
    struct file_id *old = w->entered;
    size_t n = w->entered_size;
    w->entered_size = n ? n * 2 : 64;
    w->entered = mem_alloc(w->entered_size * sizeof(*w->entered));
    memset(w->entered, 0, w->entered_size * sizeof(*w->entered));
    for (size_t i = 0; i < n; i++)
        if (old[i].inode)
            w->entered[slot_of(w, old[i])] = old[i];
    free(old);
}

/* False when the folder was entered before. */
static bool enter_once(struct walk *w, const struct stat *st)
{
    if (w->n_entered * 2 >= w->entered_size)
        grow_entered(w);
    struct file_id id = {st->st_dev, st->st_ino};
    size_t i = slot_of(w, id);
    if (w->entered[i].inode)
        return false;
    w->entered[i] = id;
    w->n_entered++;
    return true;
}

/* ---- folders ---- */

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool has_name(const struct folder *f, struct str name)
{
    return bsearch(&name, f->names.v, f->names.n, sizeof name, by_bytes) != NULL;
}

/* "page_files", what a browser puts beside "page.html" when it saves it: pictures, scripts. */
static bool is_furniture_of_page(struct walk *w, const struct folder *f, struct str name)
{
    if (!str_ends(name, STR("_files")))
        return false;
    int n = (int)(name.n - 6);
    return has_name(f, arena_printf(&w->memory, "%.*s.html", n, name.p)) ||
           has_name(f, arena_printf(&w->memory, "%.*s.htm", n, name.p));
}

static void enter_folder(struct walk *w, struct str path, const struct stat *st)
{
    if (!enter_once(w, st)) {
        issue(w, path, false, "a folder that was read already, or a link that leads back: skipped");
        return;
    }
    DIR *dir = opendir(path.p);
    if (!dir) {
        issue(w, path, true, strerror(errno));
        return;
    }
    struct folder *f = vec_add(&w->folders);
    f->path = path;
    errno = 0;
    for (struct dirent *e; (e = readdir(dir)); errno = 0)
        if (e->d_name[0] != '.')
            vec_push(&f->names, arena_str(&w->memory, str_of(e->d_name)));
    if (errno)
        issue(w, path, true, strerror(errno));
    closedir(dir);
    if (f->names.n)
        qsort(f->names.v, f->names.n, sizeof *f->names.v, by_bytes);
}

/* ---- names ---- */

static const char *kind_of(mode_t mode)
{
    return S_ISFIFO(mode)   ? "a FIFO: skipped"
           : S_ISSOCK(mode) ? "a socket: skipped"
                            : "a device: skipped";
}

static void visit(struct walk *w, struct str path, bool named)
{
    struct stat st;
    if (stat(path.p, &st)) {
        int error = errno;
        w->absent |= named && (error == ENOENT || error == ENOTDIR);
        issue(w, path, true, error == ELOOP ? "a link that leads to itself" : strerror(error));
    } else if (S_ISDIR(st.st_mode)) {
        enter_folder(w, path, &st);
    } else if (S_ISREG(st.st_mode)) {
        w->bytes += (uint64_t)st.st_size;
        vec_push(&w->found, ((struct walk_entry){path, (uint64_t)st.st_size}));
    } else {
        issue(w, path, named, kind_of(st.st_mode));
    }
}

static void visit_named(struct walk *w, const char *path)
{
    struct str p = arena_str(&w->memory, str_of(path));
    if (str_eq(p, STR("-"))) {
        vec_push(&w->found, ((struct walk_entry){p, 0}));
        return;
    }
    while (p.n > 1 && p.p[p.n - 1] == '/')
        p.n--;
    visit(w, arena_str(&w->memory, p), true);
}

static void visit_next_of(struct walk *w, struct folder *f)
{
    struct str name = f->names.v[f->next++];
    const char *slash = str_ends(f->path, STR("/")) ? "" : "/";
    struct str path = arena_printf(&w->memory, "%s%s%s", f->path.p, slash, name.p);
    if (is_furniture_of_page(w, f, name))
        issue(w, path, false, "pictures and scripts of the page saved beside it: skipped");
    else
        visit(w, path, false);
}

bool walk_step(struct walk *w)
{
    if (!w->folders.n) {
        if (w->next_path == w->n_paths)
            return false;
        visit_named(w, w->paths[w->next_path++]);
        return true;
    }
    struct folder *f = vec_last(&w->folders);
    if (f->next < f->names.n) {
        visit_next_of(w, f);
    } else {
        vec_free(&f->names);
        w->folders.n--;
    }
    return true;
}

const struct walk_entry *walk_next(struct walk *w)
{
    while (w->taken == w->found.n)
        if (!walk_step(w))
            return NULL;
    return &w->found.v[w->taken++];
}

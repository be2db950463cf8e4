/* A line a fact, words parted by blanks: a person can read it, and a version that knows more
 * facts leaves this one able to skip them.  One file a case, named by a hash of the case's key:
 * a database was not worth it for something that may be lost without harm. */
#include "tui/state.h"

#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const sort_names[SORTS] = {"date", "title", "outlet", "length", "relevance"};

const char *sort_name(enum sort s)
{
    return sort_names[s];
}

enum sort sort_named(struct str name)
{
    for (int i = 0; i < SORTS; i++)
        if (name.n && str_starts(str_of(sort_names[i]), name))
            return (enum sort)i;
    return SORTS;
}

void state_finish(struct state *s)
{
    vec_free(&s->filter);
    vec_free(&s->decisions);
    arena_finish(&s->names);
    vec_free(&s->struck);
    free(s->read);
    *s = (struct state){0};
}

void state_set_filter(struct state *s, struct str query)
{
    vec_clear(&s->filter);
    vec_reserve(&s->filter, query.n + 1);
    for (size_t i = 0; i < query.n; i++)
        s->filter.v[s->filter.n++] = query.p[i] == '\n' ? ' ' : query.p[i];
}

/* ---- the set of keys ---- */

static bool key_is_none(struct article_key k)
{
    return k.hi == 0 && k.lo == 0;
}

static bool key_eq(struct article_key a, struct article_key b)
{
    return a.hi == b.hi && a.lo == b.lo;
}

bool state_toggle_struck(struct state *s, struct state_place p)
{
    for (size_t i = 0; i < s->struck.n; i++)
        if (key_eq(s->struck.v[i].key, p.key) && s->struck.v[i].begin == p.begin) {
            s->struck.v[i] = s->struck.v[--s->struck.n];
            return false;
        }
    vec_push(&s->struck, p);
    return true;
}

/* Where the key is, or the free place where it belongs. */
static uint32_t find(const struct state *s, struct article_key key)
{
    uint32_t mask = s->read_cap - 1, i = (uint32_t)key.lo & mask;
    while (!key_is_none(s->read[i]) && !key_eq(s->read[i], key))
        i = (i + 1) & mask;
    return i;
}

bool state_is_read(const struct state *s, struct article_key key)
{
    return s->n_read && !key_is_none(key) && key_eq(s->read[find(s, key)], key);
}

static void grow(struct state *s)
{
    struct state old = *s;
    s->read_cap = old.read_cap ? old.read_cap * 2 : 64;
    s->read = mem_alloc(s->read_cap * sizeof *s->read);
    memset(s->read, 0, s->read_cap * sizeof *s->read);
    for (uint32_t i = 0; i < old.read_cap; i++)
        if (!key_is_none(old.read[i]))
            s->read[find(s, old.read[i])] = old.read[i];
    free(old.read);
}

/* Takes place i out and moves up what was pushed past it, so that no run has a hole. */
static void take_out(struct state *s, uint32_t i)
{
    uint32_t mask = s->read_cap - 1;
    s->read[i] = (struct article_key){0, 0};
    s->n_read--;
    for (uint32_t j = (i + 1) & mask; !key_is_none(s->read[j]); j = (j + 1) & mask) {
        struct article_key moved = s->read[j];
        s->read[j] = (struct article_key){0, 0};
        s->read[find(s, moved)] = moved;
    }
}

bool state_set_read(struct state *s, struct article_key key, bool read)
{
    if (key_is_none(key) || state_is_read(s, key) == read)
        return false;
    if (!read) {
        take_out(s, find(s, key));
        return true;
    }
    if ((s->n_read + 1) * 2 > s->read_cap)
        grow(s);
    s->read[find(s, key)] = key;
    s->n_read++;
    return true;
}

/* ---- decisions ---- */

/* The row about these two names; the number of rows when there is none. */
static size_t decision_about(const struct state *s, struct str a, struct str b)
{
    size_t i = 0;
    for (; i < s->decisions.n; i++) {
        const struct decision *d = &s->decisions.v[i];
        if ((str_eq(d->a, a) && str_eq(d->b, b)) || (str_eq(d->a, b) && str_eq(d->b, a)))
            break;
    }
    return i;
}

/* On one line, so that it is one fact of the file. */
static struct str flat_name(struct arena *memory, struct str name)
{
    char *p = arena_alloc(memory, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        p[i] = name.p[i] == '\n' || name.p[i] == '\t' || name.p[i] == 0 ? ' ' : name.p[i];
    return str_from(p, name.n);
}

enum verdict state_verdict(const struct state *s, struct str a, struct str b)
{
    size_t i = decision_about(s, a, b);
    return i == s->decisions.n ? VERDICT_NONE : s->decisions.v[i].same ? VERDICT_SAME : VERDICT_DIFFERENT;
}

void state_decide(struct state *s, struct str a, struct str b, enum verdict v)
{
    a = flat_name(&s->names, a);
    b = flat_name(&s->names, b);
    size_t i = decision_about(s, a, b);
    if (i < s->decisions.n) {
        memmove(&s->decisions.v[i], &s->decisions.v[i + 1], (s->decisions.n - i - 1) * sizeof(*s->decisions.v));
        s->decisions.n--;
    }
    if (v != VERDICT_NONE)
        vec_push(&s->decisions, ((struct decision){a, b, v == VERDICT_SAME}));
}

struct decisions state_decisions(const struct state *s)
{
    return (struct decisions){.v = s->decisions.v, .n = s->decisions.n};
}

/* ---- the file ---- */

/* FNV-1a: a name for a file, nothing more. */
static char *file_path(const char *folder, struct str case_key, const char *ending)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < case_key.n; i++)
        h = (h ^ (unsigned char)case_key.p[i]) * 1099511628211u;
    char *path;
    if (asprintf(&path, "%s/%016" PRIx64 ".state%s", folder, h, ending) < 0)
        return NULL;
    return path;
}

static bool read_place(const char *words, struct state_place *out)
{
    struct state_place p;
    if (sscanf(words, "%" SCNx64 " %" SCNx64 " %" SCNu32, &p.key.hi, &p.key.lo, &p.begin) != 3)
        return false;
    *out = p;
    return true;
}

/* "A<tab>B" */
static bool read_decision(struct state *s, const char *words, enum verdict v)
{
    const char *tab = strchr(words, '\t');
    if (!tab || tab == words || !tab[1] || utf8_valid_prefix(str_of(words)) < strlen(words))
        return false;
    state_decide(s, str_from(words, (size_t)(tab - words)), str_of(tab + 1), v);
    return true;
}

static bool read_line(struct state *s, char *line)
{
    char *words = strchr(line, ' ');
    if (!words)
        return false;
    *words++ = 0;
    if (!strcmp(line, "place"))
        return read_place(words, &s->place);
    if (!strcmp(line, "mark"))
        return words[0] >= 'a' && words[0] <= 'z' && read_place(words + 1, &s->marks[words[0] - 'a']);
    if (!strcmp(line, "read")) {
        struct state_place p;
        struct article_key *k = &p.key;
        if (sscanf(words, "%" SCNx64 " %" SCNx64, &k->hi, &k->lo) != 2)
            return false;
        state_set_read(s, *k, true);
        return true;
    }
    if (!strcmp(line, "same"))
        return read_decision(s, words, VERDICT_SAME);
    if (!strcmp(line, "different"))
        return read_decision(s, words, VERDICT_DIFFERENT);
    if (!strcmp(line, "struck")) {
        struct state_place p;
        return read_place(words, &p) && state_toggle_struck(s, p);
    }
    if (!strcmp(line, "filter")) {
        state_set_filter(s, str_of(words));
        return true;
    }
    if (!strcmp(line, "sort")) {
        s->reversed = words[0] == '-';
        enum sort sort = sort_named(str_of(words + s->reversed));
        s->sort = sort < SORTS ? sort : SORT_DATE;
        return sort < SORTS;
    }
    return true; /* a fact of a later version */
}

enum status state_load(struct state *s, const char *folder, struct str case_key)
{
    char *path = file_path(folder, case_key, "");
    FILE *f = path ? fopen(path, "re") : NULL;
    free(path);
    if (!f)
        return ERR_ABSENT;
    enum status status = OK;
    char *line = NULL;
    size_t cap = 0;
    for (ssize_t n; (n = getline(&line, &cap, f)) > 0;) {
        if (line[n - 1] == '\n')
            line[n - 1] = 0;
        if (strlen(line) + 1 < (size_t)n || !read_line(s, line))
            status = ERR_CORRUPT;
    }
    free(line);
    fclose(f);
    size_t valid = utf8_valid_prefix(str_from(s->filter.v, s->filter.n));
    if (valid < s->filter.n) {
        vec_clear(&s->filter);
        status = ERR_CORRUPT;
    }
    return status;
}

static void write_place(FILE *f, const char *what, struct state_place p)
{
    if (!key_is_none(p.key))
        fprintf(f, "%s %016" PRIx64 " %016" PRIx64 " %" PRIu32 "\n", what, p.key.hi, p.key.lo,
                p.begin);
}

static void write_facts(const struct state *s, FILE *f)
{
    write_place(f, "place", s->place);
    for (int i = 0; i < STATE_MARKS; i++) {
        char what[] = "mark a";
        what[5] = (char)('a' + i);
        write_place(f, what, s->marks[i]);
    }
    fprintf(f, "sort %s%s\n", s->reversed ? "-" : "", sort_name(s->sort));
    if (s->filter.n)
        fprintf(f, "filter %.*s\n", (int)s->filter.n, s->filter.v);
    for (size_t i = 0; i < s->decisions.n; i++) {
        const struct decision *d = &s->decisions.v[i];
        fprintf(f, "%s %.*s\t%.*s\n", d->same ? "same" : "different", (int)d->a.n, d->a.p, (int)d->b.n, d->b.p);
    }
    for (size_t i = 0; i < s->struck.n; i++)
        write_place(f, "struck", s->struck.v[i]);
    for (uint32_t i = 0; i < s->read_cap; i++)
        if (!key_is_none(s->read[i]))
            fprintf(f, "read %016" PRIx64 " %016" PRIx64 "\n", s->read[i].hi, s->read[i].lo);
}

/* mkdir -p; private, since it tells what somebody reads. */
static void make_folders(const char *folder)
{
    char *path = strdup(folder);
    for (char *p = path; p && *p; p++)
        if (*p == '/' && p > path) {
            *p = 0;
            mkdir(path, 0700);
            *p = '/';
        }
    if (path)
        mkdir(path, 0700);
    free(path);
}

/* What is written into a file, by whom. */
struct content {
    void (*write)(const void *what, FILE *to);
    const void *what;
};

static enum status write_new(const char *path, struct content c)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f) {
        if (fd >= 0)
            close(fd);
        return ERR_IO;
    }
    c.write(c.what, f);
    bool failed = fflush(f) != 0 || fsync(fd) != 0 || ferror(f);
    failed |= fclose(f) != 0;
    return failed ? ERR_IO : OK;
}

/* The file is the old one or the new one, never half of it. */
static enum status replace_file(const char *path, struct content c)
{
    char *next = NULL;
    if (!path || asprintf(&next, "%s.%ld", path, (long)getpid()) < 0)
        return ERR_IO;
    enum status status = write_new(next, c);
    if (status == OK && rename(next, path) != 0)
        status = ERR_IO;
    if (status)
        unlink(next);
    free(next);
    return status;
}

static void write_state(const void *what, FILE *to)
{
    write_facts(what, to);
}

enum status state_save(const struct state *s, const char *folder, struct str case_key)
{
    make_folders(folder);
    char *path = file_path(folder, case_key, "");
    enum status status = replace_file(path, (struct content){write_state, s});
    free(path);
    return status;
}

static void write_text(const void *what, FILE *to)
{
    const struct str *text = what;
    fwrite(text->p, 1, text->n, to);
}

enum status state_put_aside(const char *folder, struct str text, char **out)
{
    char *path = NULL;
    make_folders(folder);
    if (asprintf(&path, "%s/copied.txt", folder) < 0)
        return ERR_IO;
    enum status status = replace_file(path, (struct content){write_text, &text});
    if (status == OK)
        *out = path;
    else
        free(path);
    return status;
}

char *state_folder(void)
{
    const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char *path = NULL;
    if (base && base[0] == '/') {
        if (asprintf(&path, "%s/dossier", base) < 0)
            return NULL;
    } else if (home && home[0]) {
        if (asprintf(&path, "%s/.local/state/dossier", home) < 0)
            return NULL;
    }
    return path;
}

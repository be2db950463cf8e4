/* Files in the folder of state: what earlier versions kept of a case (a line a fact, words parted
 * by blanks), read once and never written again; and what no clipboard took. */
#include "tui/state.h"

#include "core/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what earlier versions kept ---- */

/* "same A<tab>B": the verdict is the value, the pair the name. */
static bool fact_of_pair(const char *verdict, char *words, struct fact *out)
{
    char *tab = strchr(words, '\t');
    if (!tab || tab == words || !tab[1])
        return false;
    *out = (struct fact){KEEP_OURS, STR("name"), str_of(words), str_of(verdict)};
    return true;
}

/* The fact of a line: "KIND WORDS".  False: it makes no sense, or is none that is known. */
static bool fact_of_line(char *line, struct fact *out)
{
    char *words = strchr(line, ' ');
    if (!words || utf8_valid_prefix(str_of(line)) < strlen(line))
        return false;
    *words++ = 0;
    struct str kind = str_of(line), all = str_of(words), none = STR("");
    if (!strcmp(line, "same") || !strcmp(line, "different"))
        return fact_of_pair(line, words, out);
    if (!strcmp(line, "place") || !strcmp(line, "sort") || !strcmp(line, "filter"))
        *out = (struct fact){KEEP_MINE, kind, none, all};
    else if (!strcmp(line, "mark") && all.n > 2 && words[1] == ' ')
        *out = (struct fact){KEEP_MINE, kind, str_from(words, 1), str_from(words + 2, all.n - 2)};
    else if (!strcmp(line, "read"))
        *out = (struct fact){KEEP_EVERYWHERE, kind, all, none};
    else if (!strcmp(line, "struck"))
        *out = (struct fact){KEEP_OURS, kind, all, none};
    else
        return false;
    return true;
}

enum status state_file_read(const char *folder, struct str name,
                            void (*each)(void *ctx, const struct fact *f), void *ctx)
{
    char *path = NULL, *line = NULL;
    size_t cap = 0;
    if (asprintf(&path, "%s/%.*s.state", folder, (int)name.n, name.p) < 0)
        return ERR_IO;
    FILE *f = fopen(path, "re");
    free(path);
    if (!f)
        return ERR_ABSENT;
    enum status status = OK;
    for (ssize_t n; (n = getline(&line, &cap, f)) > 0;) {
        struct fact fact;
        if (line[n - 1] == '\n')
            line[--n] = 0;
        if (strlen(line) == (size_t)n && fact_of_line(line, &fact))
            each(ctx, &fact);
        else
            status = ERR_CORRUPT;
    }
    free(line);
    fclose(f);
    return status;
}

/* ---- files of the reader's own ---- */

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

static enum status write_new(const char *path, struct str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f) {
        if (fd >= 0)
            close(fd);
        return ERR_IO;
    }
    bool failed = fwrite(text.p, 1, text.n, f) != text.n || fflush(f) != 0 || fsync(fd) != 0;
    failed |= fclose(f) != 0;
    return failed ? ERR_IO : OK;
}

/* The file is the old one or the new one, never half of it. */
static enum status replace_file(const char *path, struct str text)
{
    char *next = NULL;
    if (asprintf(&next, "%s.%ld", path, (long)getpid()) < 0)
        return ERR_IO;
    enum status status = write_new(next, text);
    if (status == OK && rename(next, path) != 0)
        status = ERR_IO;
    if (status)
        unlink(next);
    free(next);
    return status;
}

enum status state_put_aside(const char *folder, struct str text, char **out)
{
    char *path = NULL;
    make_folders(folder);
    if (asprintf(&path, "%s/copied.txt", folder) < 0)
        return ERR_IO;
    enum status status = replace_file(path, text);
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

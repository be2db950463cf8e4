/* `:export FILE` and `:import FILE`. */
#include "tui/app.h"
#include "tui/export.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum export_format format_of(struct str path)
{
    const char *dot = memrchr(path.p, '.', path.n);
    return dot ? export_format_named(str_from(dot + 1, path.n - (size_t)(dot + 1 - path.p)))
               : EXPORTS;
}

/* A file that is there is somebody's: it is not written over.  Private, as the notes are. */
static bool write_new(struct app *app, const char *path, enum export_format f)
{
    struct noted_run all = notes_all(app->notes);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *to = fd < 0 ? NULL : fdopen(fd, "w");
    if (!to)
        return false;
    bool well = export_notes(to, app->dossier, all.v, all.n, f, false) && fsync(fd) == 0;
    int error = errno;
    well &= fclose(to) == 0;
    if (!well)
        unlink(path);
    errno = well ? 0 : error;
    return well;
}

void do_export(struct app *app, const struct call *call)
{
    struct arena a = {0};
    const char *path = arena_str(&a, call->argument).p;
    enum export_format f = format_of(call->argument);
    if (f == EXPORTS)
        app_error(app, "Export to a file that ends in .md, .json or .csv");
    else if (!notes_all(app->notes).n)
        app_say(app, FACE_MESSAGE, "There are no notes yet: a makes one");
    else if (write_new(app, path, f))
        app_say(app, FACE_MESSAGE, "%u notes written to %s", notes_all(app->notes).n, path);
    else
        app_error(app, "%s: %s", path, strerror(errno));
    arena_finish(&a);
}

void do_import(struct app *app, const struct call *call)
{
    struct arena a = {0};
    struct note_read *v;
    struct import_counts c;
    size_t n;
    const char *path = arena_str(&a, call->argument).p,
               *why = "this program reads no files of notes";
    if (!app->note_reader || app->note_reader->notes(path, &a, &v, &n, &why) != OK ||
        notes_import(app->notes, app->dossier, v, n, &c, &why) != OK)
        app_error(app, "%s: %s", path, why);
    else
        app_say(app, FACE_MESSAGE,
                "%u exact, %u moved, %u weak, %u orphan; %u known already, %u of no article here",
                c.state[NOTE_EXACT], c.state[NOTE_MOVED], c.state[NOTE_WEAK], c.state[NOTE_ORPHAN],
                c.known, c.elsewhere);
    app_notes_changed(app);
    arena_finish(&a);
}

/* What app_run does around a session, without its loop: the tests say what comes when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/text.h"
#include "tests/support/session.h"

bool session_folder(struct session *s)
{
    strcpy(s->folder, "/tmp/dossier-session-XXXXXX");
    if (!mkdtemp(s->folder))
        return false;
    snprintf(s->file, sizeof s->file, "%s/notes.db", s->folder);
    return true;
}

int session_folder_remove(const struct session *s)
{
    char line[80];
    snprintf(line, sizeof line, "rm -r %s", s->folder);
    return system(line);
}

void session_start(struct session *s, struct dossier *d, int cols, int rows)
{
    bool kept = s->file[0];
    s->dossier = d;
    s->screen = screen_memory_open(cols, rows);
    s->theme = theme_open();
    s->store = kept ? store_open(s->file, true) : NULL;
    s->notes = kept ? notes_open(s->store, STR("me"), STR("/case")) : NULL;
    s->keep = keep_open(kept ? store_keep(s->store) : NULL, STR("case"), STR("me"));
    s->app = app_open(&(struct app_setup){.dossier = d, .screen = s->screen, .theme = s->theme, .notes = s->notes,
                                          .keep = s->keep, .state_folder = kept ? s->folder : NULL});
    app_take(s->app);
    app_draw(s->app);
    app_notes_take(s->app);
    app_draw(s->app);
}

void session_stop(struct session *s)
{
    app_close(s->app);
    keep_close(s->keep);
    if (s->store) {
        notes_close(s->notes);
        s->store->ops->close(s->store);
    }
    s->screen->ops->close(s->screen);
    theme_close(s->theme);
    dossier_close(s->dossier);
}

void session_settle(struct session *s)
{
    do {
        struct pollfd fd = {.fd = dossier_fd(s->dossier), .events = POLLIN};
        poll(&fd, 1, 50);
        app_take(s->app);
    } while (!dossier_progress(s->dossier).done || dossier_progress(s->dossier).linking);
    app_draw(s->app);
}

void session_type(struct session *s, const char *keys)
{
    for (const char *k = keys; *k; k++)
        app_key(s->app, *k == '\n' ? (uint32_t)K_ENTER : (uint32_t)*k);
    app_draw(s->app);
}

void session_keys(struct session *s, const char *script)
{
    for (const char *p = script; *p;) {
        size_t n = strcspn(p, p[0] == '`' ? "" : " ");
        if (p[0] == '`') {
            const char *end = strchr(p + 1, '`');
            for (const char *at = p + 1; at < end;)
                app_key(s->app, utf8_decode(at, &at));
            n = (size_t)(end + 1 - p);
        } else {
            uint32_t sequence[KEYMAP_KEYS];
            size_t length;
            assert_null(keys_parse(str_from(p, n), sequence, &length));
            for (size_t i = 0; i < length; i++)
                app_key(s->app, sequence[i]);
        }
        app_draw(s->app);
        p += n + (p[n] == ' ');
    }
}

bool session_shows(const struct session *s, const char *words)
{
    char *dump = screen_memory_dump(s->screen, false);
    bool found = strstr(dump, words) != NULL;
    free(dump);
    return found;
}

static void must(const struct session *s, const char *words, bool shown)
{
    if (session_shows(s, words) != shown)
        fail_msg("'%s' is %son the screen:\n%s", words, shown ? "not " : "", screen_memory_dump(s->screen, false));
}

void session_must_show(const struct session *s, const char *words)
{
    must(s, words, true);
}

void session_must_hide(const struct session *s, const char *words)
{
    must(s, words, false);
}

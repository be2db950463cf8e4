/* Notes by keyboard: scripts of keys on the memory screen, over a real store in a folder of its
 * own; what is on the disk is asked of a second session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/text.h"
#include "corpus/store.h"
#include "tests/support/memory_store.h"
#include "tests/support/reader_case.h"
#include "tui/app.h"

struct session {
    char folder[64], file[96];
    struct dossier *dossier;
    struct screen *screen;
    struct theme *theme;
    struct notes_store *store;
    struct notes *notes;
    struct keep *keep;
    struct app *app;
    char *shown;
};

static void start_on(struct session *s, struct dossier *d)
{
    s->dossier = d;
    s->screen = screen_memory_open(100, 30);
    s->theme = theme_open();
    s->store = store_open(s->file, true);
    s->notes = notes_open(s->store, STR("me"), STR("/case"));
    s->keep = keep_open(store_keep(s->store), STR("case"), STR("me"));
    s->app = app_open(&(struct app_setup){.dossier = s->dossier, .screen = s->screen, .theme = s->theme,
                                          .notes = s->notes, .keep = s->keep, .state_folder = s->folder});
    app_take(s->app);
    app_draw(s->app);
    app_notes_take(s->app);
    app_draw(s->app);
}

static void start(struct session *s)
{
    start_on(s, reader_case());
}

static void stop(struct session *s)
{
    app_close(s->app);
    notes_close(s->notes);
    keep_close(s->keep);
    s->store->ops->close(s->store);
    s->screen->ops->close(s->screen);
    theme_close(s->theme);
    dossier_close(s->dossier);
    free(s->shown);
    s->shown = NULL;
}

static int open_session(void **state)
{
    struct session *s = mem_zalloc(sizeof *s);
    strcpy(s->folder, "/tmp/dossier-notes-XXXXXX");
    if (!mkdtemp(s->folder))
        return 1;
    snprintf(s->file, sizeof s->file, "%s/sub/notes.db", s->folder);
    start(s);
    *state = s;
    return 0;
}

static int close_session(void **state)
{
    struct session *s = *state;
    char line[128];
    stop(s);
    snprintf(line, sizeof line, "rm -rf %s", s->folder);
    int status = system(line);
    free(s);
    return status;
}

/* "a `some words` <Enter>": keys in the notation of keymap.h, and words to be typed in backquotes. */
static void keys(struct session *s, const char *script)
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
    free(s->shown);
    s->shown = screen_memory_dump(s->screen, false);
}

static void shows(struct session *s, const char *what)
{
    if (!strstr(s->shown, what))
        fail_msg("does not show '%s':\n%s", what, s->shown);
}

static void shows_not(struct session *s, const char *what)
{
    if (strstr(s->shown, what))
        fail_msg("shows '%s':\n%s", what, s->shown);
}

/* What another session finds on the disk. */
static uint32_t on_disk(struct session *s, const char *comment)
{
    struct notes_store *store = store_open(s->file, false);
    struct notes *n = notes_open(store, STR("me"), STR("/case"));
    uint32_t count = 0;
    notes_sync(n, s->dossier);
    struct noted_run all = notes_all(n);
    for (uint32_t i = 0; i < all.n; i++)
        count += !comment || str_eq(all.v[i].note->comment, str_of(comment));
    notes_close(n);
    store->ops->close(store);
    return count;
}

static void annotate(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]q v iq a `tears? #hull #ask`");
    shows(s, "Note: tears? #hull #ask");
    assert_int_equal(on_disk(s, NULL), 0);
    keys(s, "<Enter>");
    shows(s, "Saved");
    assert_int_equal(on_disk(s, "tears?"), 1);
    shows(s, "●");
    shows(s, "#hull #ask tears?");
    keys(s, "j k [n");
    /* Editing brings the words back, and saves them changed. */
    keys(s, "gg ]n a");
    shows(s, "Change note: tears? #hull #ask");
    keys(s, "^U `torn` <Enter>");
    assert_int_equal(on_disk(s, "torn"), 1);
    assert_int_equal(on_disk(s, NULL), 1);
    /* Cancelling changes nothing. */
    keys(s, "a `xx` ^C");
    assert_int_equal(on_disk(s, "torn"), 1);
}

static void without_a_selection(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]e a `the name` <Enter>");
    assert_int_equal(on_disk(s, "the name"), 1);
    struct noted_run all = notes_all(s->notes);
    assert_int_equal(all.n, 1);
    assert_true(all.v[0].note->anchor.exact.n < 30);
    /* On nothing in particular: the sentence. */
    keys(s, "G k `:note the sentence` <Enter>");
    assert_int_equal(on_disk(s, "the sentence"), 1);
}

/* Two that begin at one place, and one at the first byte of its article: each is stepped to once. */
static void stepped_through(void **state)
{
    struct session *s = *state;
    static const char *const shown[] = {"Note 1 of 3", "Note 2 of 3", "Note 3 of 3", "No note after"};
    keys(s, "<Enter> gg v e e a `whole` <Enter> gg v e a `part` <Enter> } } v e a `last` <Enter> gg");
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        keys(s, "]n");
        shows(s, shown[i]);
    }
    keys(s, "[n");
    shows(s, "Note 2 of 3");
    keys(s, "[n");
    shows(s, "Note 1 of 3");
}

/* By its words, an end moved, and put on them: larger, smaller, and back by undo. */
static void grown_and_shrunk(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]e a `who` <Enter>");
    struct span at = notes_all(s->notes).v[0].at;
    keys(s, "v in e e gR");
    shows(s, "The note is on these words now");
    struct span grown = notes_all(s->notes).v[0].at;
    assert_true(grown.begin == at.begin && grown.end > at.end);
    keys(s, "v in b gR");
    assert_true(notes_all(s->notes).v[0].at.end < grown.end);
    assert_int_equal(notes_all(s->notes).n, 1);
    keys(s, "u u");
    assert_true(notes_all(s->notes).v[0].at.end == at.end);
    /* Words that touch one note need not say which. */
    keys(s, "gg ]n v e e e e gR");
    assert_true(notes_all(s->notes).v[0].at.end > at.end);
    assert_int_equal(notes_all(s->notes).n, 1);
    keys(s, "} } v e gR");
    shows(s, "Which note?");
}

static void undo_and_redo(void **state)
{
    struct session *s = *state;
    keys(s, "u");
    shows(s, "Nothing to undo");
    keys(s, "<Enter> ]q a `one` <Enter> A x");
    shows(s, "Labelled x");
    assert_int_equal(notes_all(s->notes).v[0].note->label, 'x');
    keys(s, "D");
    shows(s, "Deleted");
    assert_int_equal(on_disk(s, NULL), 0);
    keys(s, "u");
    assert_int_equal(on_disk(s, "one"), 1);
    assert_int_equal(notes_all(s->notes).v[0].note->label, 'x');
    keys(s, "u");
    assert_int_equal(notes_all(s->notes).v[0].note->label, 0);
    keys(s, "u");
    assert_int_equal(on_disk(s, NULL), 0);
    keys(s, "^R ^R");
    assert_int_equal(notes_all(s->notes).v[0].note->label, 'x');
    keys(s, "^R");
    assert_int_equal(on_disk(s, NULL), 0);
    keys(s, "^R");
    shows(s, "Nothing to do again");
}

static void survives_a_restart(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]q a `kept` <Enter> ]q a `kept too #tag` <Enter> `:tag wreck` <Enter>");
    shows(s, "Tagged");
    stop(s);
    start(s);
    assert_int_equal(notes_all(s->notes).n, 3);
    keys(s, "ga gg ]n ]n");
    shows(s, "kept");
    keys(s, "gn");
    shows(s, "Notes · 3");
    shows(s, "#wreck");
    keys(s, "`:notes too` <Enter>");
    shows(s, "Notes · 1 of 3");
    keys(s, "F ^U `#wreck` <Enter>");
    shows(s, "Notes · 1 of 3 · #wreck");
    keys(s, "F ^U <Enter> o");
    shows(s, "Notes by date");
    keys(s, "<Enter>");
    assert_int_equal(app_focused(s->app)->context, IN_TEXT);
}

/* The query language of the list, asked of notes. */
static void filtered_by_queries(void **state)
{
    struct session *s = *state;
    static const struct {
        const char *query, *shown;
    } rows[] = {
        {"", "Notes · 3 by"},        {"state:exact", "Notes · 3 of 3"}, {"NOT state:exact", "Notes · 0 of 3"},
        {"label:k", "Notes · 1 of"}, {"#TEARS", "Notes · 1 of"},        {"tag:tears", "Notes · 1 of"},
        {"tears", "Notes · 1 of"},   {"torn OR label:k", "Notes · 2"},  {"/to?rn/i", "Notes · 1 of"},
        {"outlet:gazette", "Notes ·"}, {"note", "Notes · 3 of"},        {"date:..1900", "Notes · 0 of"},
        {"me NEAR/3 x", "Notes · 0"}, {"author:me", "Notes · 3 of 3"},  {"unread", "Notes · 0 of"},
    };
    keys(s, "<Enter> ]q a `torn #tears #hull` <Enter> ]q a `other` <Enter> A k J ]q a `third` <Enter> gn");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char script[80];
        snprintf(script, sizeof script, "F ^U `%s` <Enter>", rows[i].query);
        keys(s, rows[i].query[0] ? script : "F ^U <Enter>");
        shows(s, rows[i].shown);
    }
    keys(s, "F ^U `state:sure` <Enter>");
    shows(s, "a note is exact, moved, weak or orphan");
    shows(s, "Notes · 0 of 3 · unread"); /* as it was */
    /* By tag, a note stands under each of its tags. */
    keys(s, "F ^U <Enter> o o gg");
    shows(s, " #hull\n");
    shows(s, " #tears\n");
    shows(s, " untagged\n");
    shows(s, "Notes · 3 by tag");
    keys(s, "o");
    shows(s, "no label");
}

static void labels_have_faces(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]q a `x` <Enter> A k");
    char *dump = screen_memory_dump(s->screen, true);
    assert_non_null(strstr(dump, "5")); /* label-5, by the alphabet */
    free(dump);
    keys(s, "`:labels q k` <Enter>");
    dump = screen_memory_dump(s->screen, true);
    assert_null(strstr(strstr(dump, "faces") ? strstr(dump, "faces") : dump, "555"));
    free(dump);
    keys(s, "`:labels` <Enter>");
    shows(s, "q label-1  k label-2");
    keys(s, "`:labels a b c d e f g` <Enter>");
    shows(s, "at most six letters");
}

static void put_text(struct session *s, const char *text)
{
    char line[400];
    snprintf(line, sizeof line, "mkdir -p %s/c; printf '%%s' '%s' >%s/c/a.txt", s->folder, text, s->folder);
    assert_int_equal(system(line), 0);
}

/* A case of one article, in its state of now. */
static void reopen_on(struct session *s, const char *text)
{
    stop(s);
    put_text(s, text);
    struct dossier *d = dossier_open(&(struct dossier_options){0});
    dossier_add(d, &(struct article){.path = STR("/case/a.txt"), .text = str_of(text), .published = DAY_NONE,
                                     .not_before = DAY_NONE});
    dossier_end(d);
    dossier_wait(d);
    start_on(s, d);
}

/* What stood there and what stands there, side by side, the changed words with their signs. */
static void the_review(void **state)
{
    struct session *s = *state;
    reopen_on(s, "On Monday the keeper lit the lamp at dusk. Nobody saw him come down again that night.");
    keys(s, "<Enter> `:note why?` <Enter>");
    assert_int_equal(notes_all(s->notes).n, 1);
    reopen_on(s, "On Monday the keeper lit a lantern at dusk. Nobody saw him come down again that night.");
    assert_int_equal(notes_all(s->notes).v[0].state, NOTE_WEAK);
    keys(s, "`:review` <Enter>");
    shows(s, "Notes to confirm · 1");
    shows(s, "-the lamp");
    shows(s, "+a lantern");
    shows(s, "│");
    screen_memory_resize(s->screen, 60, 30);
    app_key(s->app, K_RESIZE);
    keys(s, "^L");
    shows(s, "was  ");
    shows(s, "now  ");
    keys(s, "+");
    shows(s, "all are where they were");
    assert_int_equal(notes_all(s->notes).v[0].state, NOTE_EXACT);
}

static void the_list_of_articles_knows(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]q a `x #salvage` <Enter> ga F `note` <Enter>");
    shows(s, "1 of 7");
    keys(s, "F ^U `tag:salvage` <Enter>");
    shows(s, "1 of 7");
    keys(s, "F ^U `NOT note` <Enter>");
    shows(s, "6 of 7");
}

/* What is refused is said, and what was typed comes back. */
static void a_refusal_keeps_the_words(void **state)
{
    struct session *s = *state;
    struct notes_store *memory = memory_store_open();
    struct notes *own = s->app->notes;
    s->app->notes = notes_open(memory, STR("me"), STR("/case"));
    app_notes_take(s->app);
    memory_store_fail(memory, ERR_IO);
    keys(s, "<Enter> ]q a `precious` <Enter>");
    shows(s, "Not saved: the memory is full · Note: precious");
    shows_not(s, "Saved");
    memory_store_fail(memory, OK);
    keys(s, "<Enter>");
    shows(s, "Saved");
    notes_close(s->app->notes);
    s->app->notes = own;
    memory->ops->close(memory);
    app_notes_changed(s->app);
}

static void nowhere_to_keep_them(void **state)
{
    struct session *s = *state;
    stop(s);
    strcpy(s->file, "/proc/nowhere/notes.db");
    start(s);
    keys(s, "<Enter> ]q a `x` <Enter>");
    shows(s, "Not saved: the file of notes cannot be opened");
    keys(s, "^C");
    assert_int_equal(notes_all(s->notes).n, 0);
}

static void a_dropped_line_keeps_the_draft(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]q a `half a thou`");
    app_notes_keep_draft(s->app);
    app_keep(s->app, KEEP_LAST);
    stop(s);
    start(s);
    free(s->shown);
    app_draw(s->app);
    s->shown = screen_memory_dump(s->screen, false);
    shows(s, ":draft takes it up");
    assert_int_equal(notes_all(s->notes).n, 0);
    keys(s, "`:draft` <Enter>");
    shows(s, "Note: half a thou");
    keys(s, "`ght` <Enter>");
    assert_int_equal(on_disk(s, "half a thought"), 1);
    keys(s, "`:draft` <Enter>");
    shows(s, "No note was left unfinished");
}

/* Nobody came to keep anything: what a pause kept is there. */
static void killed(struct session *s)
{
    stop(s);
    start(s);
    keys(s, "`:draft` <Enter>");
}

static void a_pause_keeps_the_draft(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]q a `half`");
    assert_true(s->app->noting.unsaved);
    app_notes_keep_draft(s->app);
    assert_false(s->app->noting.unsaved);
    keys(s, "` a thou`");
    app_notes_keep_draft(s->app);
    killed(s);
    shows(s, "Note: half a thou");
    keys(s, "`ght`");
    app_notes_keep_draft(s->app);
    killed(s);
    shows(s, "Note: half a thought");
    keys(s, "<Enter> `:draft` <Enter>");
    shows(s, "No note was left unfinished");
    assert_int_equal(on_disk(s, "half a thought"), 1);
}

/* Finished or given up, nothing is left of what a pause kept; a kept note is as it was until then. */
static void a_pause_leaves_nothing(void **state)
{
    struct session *s = *state;
    keys(s, "<Enter> ]q a `one`");
    app_notes_keep_draft(s->app);
    keys(s, "` and all` <Enter> `:draft` <Enter>");
    shows(s, "No note was left unfinished");
    assert_int_equal(notes_all(s->notes).n, 1);
    assert_int_equal(on_disk(s, "one and all"), 1);
    keys(s, "a `, changed`");
    app_notes_keep_draft(s->app);
    assert_int_equal(on_disk(s, "one and all"), 1);
    keys(s, "^C `:draft` <Enter>");
    shows(s, "No note was left unfinished");
    assert_string_equal(notes_all(s->notes).v[0].note->comment.p, "one and all");
}

/* Another session typing at the same time has a draft of its own. */
static void two_drafts(void **state)
{
    struct session *s = *state;
    struct arena a = {0};
    struct noted mine;
    struct note other;
    int64_t id;
    const char *why;
    keys(s, "<Enter> ]q a `mine`");
    app_notes_keep_draft(s->app);
    assert_true(notes_draft(s->notes, &mine));
    other = note_copy(&a, mine.note);
    other.id = 0, other.revision = 0, other.uid[0] = 0;
    assert_int_equal(notes_put(s->notes, s->dossier, &other, &id, &why), OK);
    keys(s, "` alone`");
    app_notes_keep_draft(s->app);
    keys(s, "<Enter>");
    shows(s, "Saved");
    assert_int_equal(on_disk(s, "mine alone"), 1);
    assert_true(notes_draft_by_id(s->notes, id, &mine));
    arena_finish(&a);
}

/* Another session's note is seen as soon as it is asked for. */
static void two_sessions(void **state)
{
    struct session *s = *state, other = *s;
    int wait_ms, fd = notes_fd(s->notes, &wait_ms);
    assert_true(fd >= 0 && wait_ms == -1);
    start(&other);
    keys(&other, "<Enter> ]q a `from elsewhere` <Enter>");
    app_notes_take(s->app);
    assert_int_equal(notes_all(s->notes).n, 1);
    keys(s, "<Enter>");
    shows(s, "●");
    /* Both change it: the second is told. */
    int64_t id = notes_all(s->notes).v[0].note->id;
    keys(&other, "A x");
    struct arena a = {0};
    struct note mine = note_copy(&a, notes_by_id(s->notes, id)->note);
    mine.comment = STR("mine");
    const char *why = NULL;
    assert_int_equal(notes_put(s->notes, s->dossier, &mine, &id, &why), ERR_ABSENT);
    assert_non_null(strstr(why, "Another session"));
    assert_int_equal(notes_by_id(s->notes, id)->note->label, 'x');
    arena_finish(&a);
    stop(&other);
    keys(s, "j");
}

/* ---- the editor ---- */

static const char *editor(struct session *s, const char *script)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/my editor", s->folder);
    FILE *f = fopen(path, "w");
    fprintf(f, "#!/bin/sh\n%s\n", script);
    fclose(f);
    chmod(path, 0700);
    static char line[160];
    snprintf(line, sizeof line, "'%s' -x", path);
    setenv("VISUAL", line, 1);
    return path;
}

static void in_an_editor(void **state)
{
    struct session *s = *state;
    umask(0);
    editor(s, "stat -c %a \"$2\" \"$(dirname \"$2\")\" >\"$0.modes\"; echo 'two lines #ed' >\"$2.new\"; "
              "echo 'of words' >>\"$2.new\"; mv \"$2.new\" \"$2\"");
    keys(s, "<Enter> ]q gA");
    umask(022);
    shows(s, "Saved");
    assert_int_equal(on_disk(s, "two lines\nof words"), 1);
    char modes[160], read[32] = "";
    snprintf(modes, sizeof modes, "%s/my editor.modes", s->folder);
    FILE *f = fopen(modes, "r");
    assert_non_null(f);
    assert_int_equal(fread(read, 1, sizeof read - 1, f), 8);
    fclose(f);
    assert_string_equal(read, "600\n700\n");
    /* a on words of two lines opens the editor again; an emptied draft changes nothing. */
    editor(s, ": >\"$2\"");
    keys(s, "a");
    shows(s, "The draft is empty: the note stays as it was");
    assert_int_equal(on_disk(s, "two lines\nof words"), 1);
    /* One that fails loses nothing. */
    editor(s, "echo changed >\"$2\"; exit 3");
    keys(s, "a");
    shows(s, "The editor failed");
    assert_int_equal(on_disk(s, "two lines\nof words"), 1);
    unsetenv("VISUAL");
}

static void an_editor_that_dies(void **state)
{
    struct session *s = *state;
    editor(s, "echo 'all I wrote' >\"$2\"; kill -9 $$");
    keys(s, "<Enter> ]q gA");
    shows(s, "The editor failed: nothing is saved, :draft takes the words up");
    assert_int_equal(on_disk(s, NULL), 0);
    stop(s);
    start(s);
    keys(s, "`:draft` <Enter>");
    shows(s, "Note: all I wrote");
    keys(s, "<Enter>");
    assert_int_equal(on_disk(s, "all I wrote"), 1);
    setenv("VISUAL", "/nowhere/to/be/found", 1);
    keys(s, "]q gA");
    shows(s, "The editor could not be run");
    keys(s, "`:draft` <Enter>");
    shows(s, "No note was left unfinished");
    unsetenv("VISUAL");
}

/* ---- from a shell ---- */

/* The exit status of `dossier --quiet ARGUMENTS`, $d the session's folder. */
static int run(struct session *s, const char *arguments)
{
    const char *program = getenv("DOSSIER");
    char line[800];
    int n = snprintf(line, sizeof line, "d=%s; %s --quiet --notes=$d/notes.db %s >$d/out 2>$d/said", s->folder,
                     program ? program : ".build/plain/dossier", arguments);
    assert_true(n > 0 && n < (int)sizeof line);
    int status = system(line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void headless(void **state)
{
    struct session *s = *state;
    static const struct {
        const char *arguments;
        int status;
    } rows[] = {
        {"notes $d/c", 1},
        {"note $d/c/a.txt 4 10 --label=k --tag=lamp --comment='=1+1 <b>' $d/c", 0},
        {"note $d/c/a.txt 10 4 $d/c", 2},
        {"note $d/c/a.txt 0 99999 $d/c", 2},
        {"note $d/c/a.txt 3 4 $d/c", 2}, /* a blank */
        {"note $d/c/none.txt 0 4 $d/c", 2},
        {"note $d/c/a.txt 4 10 --label=too-long $d/c", 2},
        {"notes --json $d/c", 0},
        {"search tag:lamp $d/c", 0},
        {"search tag:other $d/c", 1},
        {"search note $d/c", 0},
        {"export --format=w3c $d/c", 0},
        {"import $d/out.w3c $d/c", 0},
        {"export --format=nothing $d/c", 2},
        {"check $d/out.w3c $d/c", 0},
        {"check $d/out.md $d/c", 0},
        {"check $d/out.csv $d/c", 0},
        {"check $d/out.w3c $d/altered", 4},
        {"check $d/out.md $d/altered", 4},
        {"check $d/out.csv $d/altered", 4},
        {"check $d/nothing $d/c", 2},
        {"note $d/c/a.txt 5 5 $d/c", 2}, /* no words, and not 0 0, the article */
        {"stat $d/nothing", 2},
        {"stat $d/c $d/nothing", 3},
        {"stat --files-from=/dev/null", 2},
        {"stat --files-from=$d/nothing", 2},
    };
    char line[700];
    snprintf(line, sizeof line,
             "d=%s; mkdir $d/c $d/altered; echo 'The keeper lit the lamp.' >$d/c/a.txt; "
             "echo 'The Keeper lit the lamp.' >$d/altered/a.txt", s->folder);
    assert_int_equal(system(line), 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        static const char *const formats[] = {"w3c", "md", "csv"};
        for (size_t f = 0; i == 12 && f < COUNT_OF(formats); f++) {
            snprintf(line, sizeof line, "export --format=%s $d/c", formats[f]);
            assert_int_equal(run(s, line), 0);
            snprintf(line, sizeof line, "cp %s/out %s/out.%s", s->folder, s->folder, formats[f]);
            assert_int_equal(system(line), 0);
        }
        int status = run(s, rows[i].arguments);
        if (status != rows[i].status)
            fail_msg("'%s' ends with %d", rows[i].arguments, status);
    }
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_session, close_session)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(annotate),
        WITH(without_a_selection),
        WITH(stepped_through),
        WITH(grown_and_shrunk),
        WITH(undo_and_redo),
        WITH(survives_a_restart),
        WITH(filtered_by_queries),
        WITH(labels_have_faces),
        WITH(the_review),
        WITH(the_list_of_articles_knows),
        WITH(a_refusal_keeps_the_words),
        WITH(nowhere_to_keep_them),
        WITH(a_dropped_line_keeps_the_draft),
        WITH(a_pause_keeps_the_draft),
        WITH(a_pause_leaves_nothing),
        WITH(two_drafts),
        WITH(two_sessions),
        WITH(in_an_editor),
        WITH(an_editor_that_dies),
        WITH(headless),
    };
    setlocale(LC_ALL, "C.UTF-8");
    glyph_init(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

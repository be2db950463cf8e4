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

#include "tests/support/memory_store.h"
#include "tests/support/reader_case.h"
#include "tests/support/session.h"

static void start(struct session *s)
{
    session_start(s, reader_case(), 100, 30);
}

static int open_session(void **state)
{
    struct session *s = mem_zalloc(sizeof *s);
    if (!session_folder(s))
        return 1;
    snprintf(s->file, sizeof s->file, "%s/sub/notes.db", s->folder);
    start(s);
    *state = s;
    return 0;
}

static int close_session(void **state)
{
    struct session *s = *state;
    session_stop(s);
    int status = session_folder_remove(s);
    free(s);
    return status;
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
    session_keys(s, "<Enter> ]q v iq a `tears? #hull #ask`");
    session_must_show(s, "Note: tears? #hull #ask");
    assert_int_equal(on_disk(s, NULL), 0);
    session_keys(s, "<Enter>");
    session_must_show(s, "Saved");
    assert_int_equal(on_disk(s, "tears?"), 1);
    session_must_show(s, "●");
    session_must_show(s, "#hull #ask tears?");
    session_keys(s, "j k [n");
    /* Editing brings the words back, and saves them changed. */
    session_keys(s, "gg ]n a");
    session_must_show(s, "Change note: tears? #hull #ask");
    session_keys(s, "^U `torn` <Enter>");
    assert_int_equal(on_disk(s, "torn"), 1);
    assert_int_equal(on_disk(s, NULL), 1);
    /* Cancelling changes nothing. */
    session_keys(s, "a `xx` ^C");
    assert_int_equal(on_disk(s, "torn"), 1);
}

static void without_a_selection(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]e a `the name` <Enter>");
    assert_int_equal(on_disk(s, "the name"), 1);
    struct noted_run all = notes_all(s->notes);
    assert_int_equal(all.n, 1);
    assert_true(all.v[0].note->anchor.exact.n < 30);
    /* On nothing in particular: the sentence. */
    session_keys(s, "G k `:note the sentence` <Enter>");
    assert_int_equal(on_disk(s, "the sentence"), 1);
}

/* Two that begin at one place, and one at the first byte of its article: each is stepped to
 * once. */
static void stepped_through(void **state)
{
    struct session *s = *state;
    static const char *const shown[] = {"Note 1 of 3", "Note 2 of 3", "Note 3 of 3", "No note after"};
    session_keys(s, "<Enter> gg v e e a `whole` <Enter> gg v e a `part` <Enter> } } v e a `last` <Enter> gg");
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        session_keys(s, "]n");
        session_must_show(s, shown[i]);
    }
    session_keys(s, "[n");
    session_must_show(s, "Note 2 of 3");
    session_keys(s, "[n");
    session_must_show(s, "Note 1 of 3");
}

/* By its words, an end moved, and put on them: larger, smaller, and back by undo. */
static void grown_and_shrunk(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]e a `who` <Enter>");
    struct span at = notes_all(s->notes).v[0].at;
    session_keys(s, "v in e e gR");
    session_must_show(s, "The note is on these words now");
    struct span grown = notes_all(s->notes).v[0].at;
    assert_true(grown.begin == at.begin && grown.end > at.end);
    session_keys(s, "v in b gR");
    assert_true(notes_all(s->notes).v[0].at.end < grown.end);
    assert_int_equal(notes_all(s->notes).n, 1);
    session_keys(s, "u u");
    assert_true(notes_all(s->notes).v[0].at.end == at.end);
    /* Words that touch one note need not say which. */
    session_keys(s, "gg ]n v e e e e gR");
    assert_true(notes_all(s->notes).v[0].at.end > at.end);
    assert_int_equal(notes_all(s->notes).n, 1);
    session_keys(s, "} } v e gR");
    session_must_show(s, "Which note?");
}

static void undo_and_redo(void **state)
{
    struct session *s = *state;
    session_keys(s, "u");
    session_must_show(s, "Nothing to undo");
    session_keys(s, "<Enter> ]q a `one` <Enter> A x");
    session_must_show(s, "Labelled x");
    assert_int_equal(notes_all(s->notes).v[0].note->label, 'x');
    session_keys(s, "D");
    session_must_show(s, "Deleted");
    assert_int_equal(on_disk(s, NULL), 0);
    session_keys(s, "u");
    assert_int_equal(on_disk(s, "one"), 1);
    assert_int_equal(notes_all(s->notes).v[0].note->label, 'x');
    session_keys(s, "u");
    assert_int_equal(notes_all(s->notes).v[0].note->label, 0);
    session_keys(s, "u");
    assert_int_equal(on_disk(s, NULL), 0);
    session_keys(s, "^R ^R");
    assert_int_equal(notes_all(s->notes).v[0].note->label, 'x');
    session_keys(s, "^R");
    assert_int_equal(on_disk(s, NULL), 0);
    session_keys(s, "^R");
    session_must_show(s, "Nothing to do again");
}

static void survives_a_restart(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]q a `kept` <Enter> ]q a `kept too #tag` <Enter> `:tag wreck` <Enter>");
    session_must_show(s, "Tagged");
    session_stop(s);
    start(s);
    assert_int_equal(notes_all(s->notes).n, 3);
    session_keys(s, "ga gg ]n ]n");
    session_must_show(s, "kept");
    session_keys(s, "gn");
    session_must_show(s, "Notes · 3");
    session_must_show(s, "#wreck");
    session_keys(s, "`:notes too` <Enter>");
    session_must_show(s, "Notes · 1 of 3");
    session_keys(s, "F ^U `#wreck` <Enter>");
    session_must_show(s, "Notes · 1 of 3 · #wreck");
    session_keys(s, "F ^U <Enter> o");
    session_must_show(s, "Notes by date");
    session_keys(s, "<Enter>");
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
    session_keys(s, "<Enter> ]q a `torn #tears #hull` <Enter> ]q a `other` <Enter> A k J ]q a `third` <Enter> gn");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char script[80];
        snprintf(script, sizeof script, "F ^U `%s` <Enter>", rows[i].query);
        session_keys(s, rows[i].query[0] ? script : "F ^U <Enter>");
        session_must_show(s, rows[i].shown);
    }
    session_keys(s, "F ^U `state:sure` <Enter>");
    session_must_show(s, "a note is exact, moved, weak or orphan");
    session_must_show(s, "Notes · 0 of 3 · unread"); /* as it was */
    /* By tag, a note stands under each of its tags. */
    session_keys(s, "F ^U <Enter> o o gg");
    session_must_show(s, " #hull\n");
    session_must_show(s, " #tears\n");
    session_must_show(s, " untagged\n");
    session_must_show(s, "Notes · 3 by tag");
    session_keys(s, "o");
    session_must_show(s, "no label");
}

static void labels_have_faces(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]q a `x` <Enter> A k");
    char *dump = screen_memory_dump(s->screen, true);
    assert_non_null(strstr(dump, "5")); /* label-5, by the alphabet */
    free(dump);
    session_keys(s, "`:labels q k` <Enter>");
    dump = screen_memory_dump(s->screen, true);
    assert_null(strstr(strstr(dump, "faces") ? strstr(dump, "faces") : dump, "555"));
    free(dump);
    session_keys(s, "`:labels` <Enter>");
    session_must_show(s, "q label-1  k label-2");
    session_keys(s, "`:labels a b c d e f g` <Enter>");
    session_must_show(s, "at most six letters");
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
    session_stop(s);
    put_text(s, text);
    struct dossier *d = dossier_open(&(struct dossier_options){0});
    dossier_add(d, &(struct article){.path = STR("/case/a.txt"), .text = str_of(text), .published = DAY_NONE,
                                     .not_before = DAY_NONE});
    dossier_end(d);
    dossier_wait(d);
    session_start(s, d, 100, 30);
}

/* What stood there and what stands there, side by side, the changed words with their signs. */
static void the_review(void **state)
{
    struct session *s = *state;
    reopen_on(s, "On Monday the keeper lit the lamp at dusk. Nobody saw him come down again that night.");
    session_keys(s, "<Enter> `:note why?` <Enter>");
    assert_int_equal(notes_all(s->notes).n, 1);
    reopen_on(s, "On Monday the keeper lit a lantern at dusk. Nobody saw him come down again that night.");
    assert_int_equal(notes_all(s->notes).v[0].state, NOTE_WEAK);
    session_keys(s, "`:review` <Enter>");
    session_must_show(s, "Notes to confirm · 1");
    session_must_show(s, "-the lamp");
    session_must_show(s, "+a lantern");
    session_must_show(s, "│");
    screen_memory_resize(s->screen, 60, 30);
    app_key(s->app, K_RESIZE);
    session_keys(s, "^L");
    session_must_show(s, "was  ");
    session_must_show(s, "now  ");
    session_keys(s, "+");
    session_must_show(s, "all are where they were");
    assert_int_equal(notes_all(s->notes).v[0].state, NOTE_EXACT);
}

static void the_list_of_articles_knows(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]q a `x #salvage` <Enter> ga F `note` <Enter>");
    session_must_show(s, "1 of 7");
    session_keys(s, "F ^U `tag:salvage` <Enter>");
    session_must_show(s, "1 of 7");
    session_keys(s, "F ^U `NOT note` <Enter>");
    session_must_show(s, "6 of 7");
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
    session_keys(s, "<Enter> ]q a `precious` <Enter>");
    session_must_show(s, "Not saved: the memory is full · Note: precious");
    session_must_hide(s, "Saved");
    memory_store_fail(memory, OK);
    session_keys(s, "<Enter>");
    session_must_show(s, "Saved");
    notes_close(s->app->notes);
    s->app->notes = own;
    memory->ops->close(memory);
    app_notes_changed(s->app);
}

static void nowhere_to_keep_them(void **state)
{
    struct session *s = *state;
    session_stop(s);
    strcpy(s->file, "/proc/nowhere/notes.db");
    start(s);
    session_keys(s, "<Enter> ]q a `x` <Enter>");
    session_must_show(s, "Not saved: the file of notes cannot be opened");
    session_keys(s, "^C");
    assert_int_equal(notes_all(s->notes).n, 0);
}

static void a_dropped_line_keeps_the_draft(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]q a `half a thou`");
    app_notes_keep_draft(s->app);
    app_keep(s->app, KEEP_LAST);
    session_stop(s);
    start(s);
    app_draw(s->app);
    session_must_show(s, ":draft takes it up");
    assert_int_equal(notes_all(s->notes).n, 0);
    session_keys(s, "`:draft` <Enter>");
    session_must_show(s, "Note: half a thou");
    session_keys(s, "`ght` <Enter>");
    assert_int_equal(on_disk(s, "half a thought"), 1);
    session_keys(s, "`:draft` <Enter>");
    session_must_show(s, "No note was left unfinished");
}

/* Nobody came to keep anything: what a pause kept is there. */
static void killed(struct session *s)
{
    session_stop(s);
    start(s);
    session_keys(s, "`:draft` <Enter>");
}

static void a_pause_keeps_the_draft(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]q a `half`");
    assert_true(s->app->noting.unsaved);
    app_notes_keep_draft(s->app);
    assert_false(s->app->noting.unsaved);
    session_keys(s, "` a thou`");
    app_notes_keep_draft(s->app);
    killed(s);
    session_must_show(s, "Note: half a thou");
    session_keys(s, "`ght`");
    app_notes_keep_draft(s->app);
    killed(s);
    session_must_show(s, "Note: half a thought");
    session_keys(s, "<Enter> `:draft` <Enter>");
    session_must_show(s, "No note was left unfinished");
    assert_int_equal(on_disk(s, "half a thought"), 1);
}

/* Finished or given up, nothing is left of what a pause kept; a kept note is as it was until
 * then. */
static void a_pause_leaves_nothing(void **state)
{
    struct session *s = *state;
    session_keys(s, "<Enter> ]q a `one`");
    app_notes_keep_draft(s->app);
    session_keys(s, "` and all` <Enter> `:draft` <Enter>");
    session_must_show(s, "No note was left unfinished");
    assert_int_equal(notes_all(s->notes).n, 1);
    assert_int_equal(on_disk(s, "one and all"), 1);
    session_keys(s, "a `, changed`");
    app_notes_keep_draft(s->app);
    assert_int_equal(on_disk(s, "one and all"), 1);
    session_keys(s, "^C `:draft` <Enter>");
    session_must_show(s, "No note was left unfinished");
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
    session_keys(s, "<Enter> ]q a `mine`");
    app_notes_keep_draft(s->app);
    assert_true(notes_draft(s->notes, &mine));
    other = note_copy(&a, mine.note);
    other.id = 0, other.revision = 0, other.uid[0] = 0;
    assert_int_equal(notes_put(s->notes, s->dossier, &other, &id, &why), OK);
    session_keys(s, "` alone`");
    app_notes_keep_draft(s->app);
    session_keys(s, "<Enter>");
    session_must_show(s, "Saved");
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
    session_keys(&other, "<Enter> ]q a `from elsewhere` <Enter>");
    app_notes_take(s->app);
    assert_int_equal(notes_all(s->notes).n, 1);
    session_keys(s, "<Enter>");
    session_must_show(s, "●");
    /* Both change it: the second is told. */
    int64_t id = notes_all(s->notes).v[0].note->id;
    session_keys(&other, "A x");
    struct arena a = {0};
    struct note mine = note_copy(&a, notes_by_id(s->notes, id)->note);
    mine.comment = STR("mine");
    const char *why = NULL;
    assert_int_equal(notes_put(s->notes, s->dossier, &mine, &id, &why), ERR_ABSENT);
    assert_non_null(strstr(why, "Another session"));
    assert_int_equal(notes_by_id(s->notes, id)->note->label, 'x');
    arena_finish(&a);
    session_stop(&other);
    session_keys(s, "j");
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
    session_keys(s, "<Enter> ]q gA");
    umask(022);
    session_must_show(s, "Saved");
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
    session_keys(s, "a");
    session_must_show(s, "The draft is empty: the note stays as it was");
    assert_int_equal(on_disk(s, "two lines\nof words"), 1);
    /* One that fails loses nothing. */
    editor(s, "echo changed >\"$2\"; exit 3");
    session_keys(s, "a");
    session_must_show(s, "The editor failed");
    assert_int_equal(on_disk(s, "two lines\nof words"), 1);
    unsetenv("VISUAL");
}

static void an_editor_that_dies(void **state)
{
    struct session *s = *state;
    editor(s, "echo 'all I wrote' >\"$2\"; kill -9 $$");
    session_keys(s, "<Enter> ]q gA");
    session_must_show(s, "The editor failed: nothing is saved, :draft takes the words up");
    assert_int_equal(on_disk(s, NULL), 0);
    session_stop(s);
    start(s);
    session_keys(s, "`:draft` <Enter>");
    session_must_show(s, "Note: all I wrote");
    session_keys(s, "<Enter>");
    assert_int_equal(on_disk(s, "all I wrote"), 1);
    setenv("VISUAL", "/nowhere/to/be/found", 1);
    session_keys(s, "]q gA");
    session_must_show(s, "The editor could not be run");
    session_keys(s, "`:draft` <Enter>");
    session_must_show(s, "No note was left unfinished");
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

/* Commands on notes.  "Saved" is said when the store has committed, and not before; when it could
 * not, what was typed comes back into the prompt. */
#include "tui/app.h"

#include "core/text.h"
#include "tui/editor.h"
#include "tui/noting.h"
#include "tui/panes.h"

static struct pane *text_pane(const struct app *app)
{
    return app->slots[SLOT_TEXT].v[0];
}

/* The note that is meant: selected in a list of them, or at the cursor of the text. */
static const struct noted *note_here(struct app *app)
{
    struct thing thing;
    if (app_focused(app)->context & (IN_NOTES | IN_TIMELINE))
        return app_thing(app, &thing) && thing.kind == THING_NOTE
                   ? notes_by_id(app->notes, thing.note)
                   : NULL;
    return app_article(app).v ? notes_by_id(app->notes, text_note(text_pane(app))) : NULL;
}

/* The words a new note would be on: selected, the thing under the cursor, or its sentence. */
static bool words_here(struct app *app, struct passage *out)
{
    struct thing thing;
    if (app_selection(app, out))
        return true;
    if (app_thing(app, &thing) && thing.where.article.v && !span_is_empty(thing.where.at)) {
        *out = thing.where;
        return true;
    }
    *out = (struct passage){app_article(app), text_object(text_pane(app), OBJECT_SENTENCE)};
    return out->article.v && !span_is_empty(out->at);
}

/* Blanks at the ends are nobody's words. */
static bool trimmed(struct app *app, struct passage *p)
{
    const struct article *a = dossier_article(app->dossier, p->article);
    struct str words = str_at(a->text, p->at), bare = str_trim(words);
    if (bare.n == 0)
        return false;
    p->at.begin += (uint32_t)(bare.p - words.p);
    p->at.end = p->at.begin + (uint32_t)bare.n;
    return bare.n <= ANCHOR_WORDS_BYTES_MAX;
}

/* ---- saving ---- */

/* True when it was; the panes are told, and what comes after is said. */
static bool save(struct app *app, const struct note *note, const char *said, const char **why)
{
    int64_t id = 0;
    enum status status = notes_put(app->notes, app->dossier, note, &id, why);
    app_notes_changed(app);
    if (status != OK)
        return false;
    app_say(app, FACE_MESSAGE, "%s", said);
    app->message.carded = true;
    return true;
}

/* What the note asked about is as it stands: a kept one, or a new one on its words. */
bool noting_note(struct app *app, struct arena *a, struct note *out)
{
    struct noted draft;
    const struct noted *kept = app->noting.id ? notes_by_id(app->notes, app->noting.id) : NULL;
    if (!kept && notes_draft_by_id(app->notes, app->noting.id, &draft))
        kept = &draft;
    if (kept) {
        *out = note_copy(a, kept->note);
        return true;
    }
    const struct article *row = dossier_article(app->dossier, app->noting.where.article);
    if (app->noting.id || !row)
        return false;
    *out = note_on(app->notes, a, row, app->noting.where.at);
    return true;
}

static void say_no_words(struct app *app)
{
    app_say(app, FACE_MESSAGE,
            dossier_progress(app->dossier).done
                ? "There are no words here to note, or too many"
                : "There are no words here to note yet: the case is still being read");
}

/* Settles what is asked about: the note here, or a new one. False, said: there is nothing. */
bool noting_begin(struct app *app)
{
    const struct noted *here = app_selection(app, NULL) ? NULL : note_here(app);
    struct passage where = {NO_ARTICLE, {0, 0}};
    const char *no = notes_refusal(app->notes, here ? here->note : NULL);
    noting_cancel(app);
    if (no) {
        app_error(app, "%s", no);
        return false;
    }
    if (!here && (!words_here(app, &where) || !trimmed(app, &where))) {
        say_no_words(app);
        return false;
    }
    app->noting.set = true;
    app->noting.id = here ? here->note->id : 0;
    app->noting.where = where;
    return true;
}

/* The row that kept what was typed is not needed any more. */
static void forget_draft(struct app *app)
{
    const char *why;
    if (app->noting.draft)
        notes_remove(app->notes, app->dossier, app->noting.draft, &why);
    app->noting.draft = 0;
    app->noting.unsaved = false;
}

void noting_cancel(struct app *app)
{
    app->noting.set = false;
    forget_draft(app);
}

static void ask_words(struct app *app, const char *label, struct str typed)
{
    bool set = app->noting.set;
    app_ask(app, CMD_NOTE, label, typed);
    app->noting.set = set;
}

/* Saves the words typed; what could not be saved is asked for again. */
void noting_finish(struct app *app, struct str typed)
{
    struct arena a = {0};
    struct note note;
    const char *why = "The note is gone";
    bool fresh = !app->noting.id;
    if (noting_note(app, &a, &note)) {
        note_set_words(&note, &a, typed);
        fresh |= note.draft;
        note.draft = false;
        if (save(app, &note, fresh ? "Saved" : "Saved, changed", &why)) {
            noting_cancel(app);
            text_let_go(text_pane(app), app);
            arena_finish(&a);
            return;
        }
    }
    app_error(app, "%s", why);
    ask_words(app, arena_printf(&a, "%s · Note: ", why).p, typed);
    arena_finish(&a);
}

void do_note(struct app *app, const struct call *call)
{
    struct arena a = {0};
    struct note note;
    if (call->has_argument) {
        if (app->noting.set || noting_begin(app))
            noting_finish(app, call->argument);
        return;
    }
    if (!noting_begin(app) || !noting_note(app, &a, &note))
        return;
    if (memchr(note.comment.p ? note.comment.p : "", '\n', note.comment.n))
        do_note_editor(app, call);
    else
        ask_words(app, app->noting.id ? "Change note: " : "Note: ", note_words(&a, &note));
    arena_finish(&a);
}

/* ---- in an editor ---- */

/* The note as a draft, so that neither a dropped line nor a lost machine takes it along. */
static bool keep_draft(struct app *app, struct note *note, const char **why)
{
    int64_t id;
    if (note->id)
        return true; /* the kept one stays as it is */
    note->draft = true;
    if (notes_put(app->notes, app->dossier, note, &id, why) != OK)
        return false;
    app->noting.id = id;
    struct noted draft;
    if (notes_draft_by_id(app->notes, id, &draft))
        memcpy(note->uid, draft.note->uid, sizeof note->uid);
    return true;
}

void do_note_editor(struct app *app, const struct call *call)
{
    struct arena a = {0};
    struct note note;
    const char *why = NULL;
    struct str typed = {NULL, 0};
    (void)call;
    if (!app->noting.set && !noting_begin(app))
        return;
    if (noting_note(app, &a, &note) && keep_draft(app, &note, &why)) {
        enum edited how = editor_run(app, note.uid, note_words(&a, &note), &a, &typed, &why);
        if (how == EDITED)
            noting_finish(app, typed);
        if (how == EDITED && !app->noting.set)
            editor_forget(app, note.uid);
        else if (how == EDITED_NOT && note.draft)
            notes_remove(app->notes, app->dossier, app->noting.id, &why);
    }
    if (why)
        app_error(app, "%s", why);
    app->noting.set = app->asking.command == CMD_NOTE;
    arena_finish(&a);
}

/* ---- drafts ---- */

/* The row that is to keep what is typed: the draft that was taken up, or one beside the note, which
 * stays as it is until the words are finished. */
static bool draft_row(struct app *app, struct arena *a, struct note *out)
{
    struct noted kept;
    if (notes_draft_by_id(app->notes, app->noting.draft, &kept)) {
        *out = note_copy(a, kept.note);
        return true;
    }
    if (!noting_note(app, a, out))
        return false;
    if (out->id && !out->draft) {
        out->id = 0, out->revision = 0, out->uid[0] = 0;
        out->created = out->changed = 0;
    }
    out->draft = true;
    return true;
}

void app_notes_keep_draft(struct app *app)
{
    struct arena a = {0};
    struct note note;
    const char *why;
    int64_t id;
    struct str typed = prompt_text(app->prompt);
    bool asked = app->asking.command == CMD_NOTE || app->asking.command == CMD_EVENT;
    app->noting.unsaved = false;
    if (asked && app->noting.set && typed.n && draft_row(app, &a, &note)) {
        note_set_words(&note, &a, typed);
        if (notes_put(app->notes, app->dossier, &note, &id, &why) == OK) {
            if (id != app->noting.id)
                app->noting.draft = id;
            app_notes_changed(app);
        }
    }
    arena_finish(&a);
}

void do_draft(struct app *app, const struct call *call)
{
    struct arena a = {0};
    struct noted draft;
    const char *why = NULL;
    if (!notes_draft(app->notes, &draft)) {
        app_say(app, FACE_MESSAGE, "No note was left unfinished");
    } else if (str_eq(call->argument, STR("drop"))) {
        char uid[NOTE_UID_BYTES + 1];
        memcpy(uid, draft.note->uid, sizeof uid);
        if (notes_remove(app->notes, app->dossier, draft.note->id, &why) == OK)
            editor_forget(app, uid);
        app_say(app, why ? FACE_ERROR : FACE_MESSAGE, "%s", why ? why : "Forgotten");
    } else {
        struct str typed = note_words(&a, draft.note);
        editor_left(app, draft.note->uid, &a, &typed);
        noting_cancel(app);
        app->noting.set = true;
        app->noting.id = draft.note->id;
        app_go(app, (struct passage){draft.article, draft.at}, GO_JUMP | GO_FOCUS);
        ask_words(app, "Note: ", typed);
    }
    arena_finish(&a);
}

void app_notes_take(struct app *app)
{
    struct noted draft;
    uint64_t before = notes_generation(app->notes);
    app->notes_taken = true;
    notes_sync(app->notes, app->dossier);
    if (notes_generation(app->notes) != before)
        app_notes_changed(app);
    app_sync(app);
    if (app->draft_offered || !dossier_progress(app->dossier).done)
        return;
    app->draft_offered = true;
    if (notes_warning(app->notes))
        app_error(app, "%s", notes_warning(app->notes));
    else if (notes_draft(app->notes, &draft))
        app_say(app, FACE_MESSAGE,
                "A note was left unfinished: :draft takes it up, :draft drop forgets it");
}

/* ---- label, delete ---- */

void do_note_label(struct app *app, const struct call *call)
{
    struct arena a = {0};
    struct note note;
    const char *why = NULL;
    uint32_t c = call->letter;
    if (!char_is_letter(c) && !char_is_digit(c) && !(c > ' ' && c < 127)) {
        app_error(app, "A label is one letter");
    } else if (noting_begin(app) && noting_note(app, &a, &note)) {
        note.label = note.label == c ? 0 : c;
        char said[16] = "Labelled ";
        said[9 + utf8_encode(c, said + 9)] = 0;
        if (!save(app, &note, note.label ? said : "Label taken off", &why))
            app_error(app, "%s", why);
        else
            text_let_go(text_pane(app), app);
    }
    app->noting.set = false;
    arena_finish(&a);
}

void do_note_delete(struct app *app, const struct call *call)
{
    const struct noted *here = note_here(app);
    const char *why = NULL;
    (void)call;
    if (!here) {
        app_say(app, FACE_MESSAGE, "No note is here: ]n goes to one");
        return;
    }
    if (notes_remove(app->notes, app->dossier, here->note->id, &why) == OK)
        app_say(app, FACE_MESSAGE, "Deleted: u brings it back");
    else
        app_error(app, "%s", why);
    app_notes_changed(app);
}

/* ---- places ---- */

/* -1, 0, 1: the note begins before, at or after this place. */
static int compare_place(const struct noted *n, struct passage p)
{
    if (n->article.v != p.article.v)
        return n->article.v < p.article.v ? -1 : 1;
    return (n->at.begin > p.at.begin) - (n->at.begin < p.at.begin);
}

/* The n-th note on (back) from the cursor: its index, or what is out of range.  Several may begin
 * where the cursor is: then it is on the one that it was stepped to. */
static int64_t note_after(struct app *app, const struct noted *const *v, int64_t count, int64_t n)
{
    struct passage here = app_here(app);
    int64_t first = 0, at;
    while (first < count && compare_place(v[first], here) < 0)
        first++;
    for (at = first; at < count && compare_place(v[at], here) == 0; at++)
        if (v[at]->note->id == app->stepped_note)
            return at + n;
    /* From the top of an article, one at its first byte is next. */
    bool on_one = at > first && here.at.begin > 0;
    return n > 0 ? first + n - 1 + on_one : first + n;
}

/* Notes that have a place, in order of the case. */
void do_note_step(struct app *app, const struct call *call)
{
    struct noted_run all = notes_all(app->notes);
    VEC(const struct noted *) placed = {0};
    int64_t n = call->count ? call->count : 1;
    bool on = call->command == CMD_NOTE_NEXT;
    for (uint32_t k = 0; k < all.n; k++)
        if (!span_is_empty(all.v[k].at))
            vec_push(&placed, &all.v[k]);
    int64_t count = (int64_t)placed.n, i = note_after(app, placed.v, count, on ? n : -n);
    if (i >= 0 && i < count) {
        app->stepped_note = placed.v[i]->note->id;
        app_go(app, (struct passage){placed.v[i]->article, placed.v[i]->at}, GO_JUMP | GO_FOCUS);
        app_say(app, FACE_MESSAGE, "Note %lld of %lld", (long long)i + 1, (long long)count);
        app->message.carded = true;
    } else {
        app_say(app, FACE_MESSAGE,
                count ? "No note %s here" : "There are no notes yet: a makes one",
                on ? "after" : "before");
    }
    vec_free(&placed);
}

/* The note gets a new anchor on these words. */
static void put_on(struct app *app, const struct noted *n, struct passage where, const char *said)
{
    struct arena a = {0};
    const char *why = NULL;
    struct note fresh =
        note_on(app->notes, &a, dossier_article(app->dossier, where.article), where.at);
    struct note note = note_copy(&a, n->note);
    note.key = fresh.key;
    note.path = fresh.path, note.url = fresh.url, note.title = fresh.title,
    note.outlet = fresh.outlet;
    note.published = fresh.published;
    note.anchor = fresh.anchor;
    if (!save(app, &note, said, &why))
        app_error(app, "%s", why);
    arena_finish(&a);
}

void do_note_accept(struct app *app, const struct call *call)
{
    const struct noted *here = note_here(app);
    (void)call;
    if (!here)
        app_say(app, FACE_MESSAGE, "No note is here: :review lists those to confirm");
    else if (here->state == NOTE_EXACT)
        app_say(app, FACE_MESSAGE, "Its place is sure already");
    else if (here->state == NOTE_ORPHAN)
        app_say(app, FACE_MESSAGE, "No place was found: select words in the text, then gR");
    else
        put_on(app, here, (struct passage){here->article, here->at}, "Confirmed");
}

/* The one note that these words touch; none, or several: null. */
static const struct noted *only_note_on(struct app *app, struct passage where)
{
    struct noted_run run = notes_in_article(app->notes, app->dossier, where.article);
    const struct noted *found = NULL;
    for (uint32_t i = 0; i < run.n; i++) {
        if (!span_touches(run.v[i].at, where.at))
            continue;
        if (found)
            return NULL;
        found = &run.v[i];
    }
    return found;
}

static const struct noted *note_to_move(struct app *app, struct passage where)
{
    struct thing thing;
    struct pane *view = app_find(app, IN_NOTES);
    if (app->held_note)
        return notes_by_id(app->notes, app->held_note);
    if (view && view->ops->thing(view, app, &thing))
        return notes_by_id(app->notes, thing.note);
    return only_note_on(app, where);
}

void do_note_selection(struct app *app, const struct call *call)
{
    struct passage where;
    (void)call;
    if (!app_selection(app, &where) || !trimmed(app, &where)) {
        say_no_words(app);
        return;
    }
    const struct noted *n = note_to_move(app, where);
    if (!n) {
        app_say(app, FACE_MESSAGE,
                "Which note? Select it by its words with vin, or in gn or :review");
        return;
    }
    put_on(app, n, where, "The note is on these words now");
    text_let_go(text_pane(app), app);
    app->held_note = 0;
}

/* ---- tags of articles, and the view ---- */

static const struct noted *note_on_article(struct app *app, article_id a)
{
    struct noted_run run = notes_in_article(app->notes, app->dossier, a);
    for (uint32_t i = 0; i < run.n; i++)
        if (run.v[i].note->anchor.exact.n == 0 && !notes_refusal(app->notes, run.v[i].note))
            return &run.v[i];
    return NULL;
}

static void take_tag_off(struct note *note, struct arena *a, struct str tag)
{
    struct str all = note->tags;
    note->tags = STR("");
    for (size_t i = 0; i < all.n;) {
        const char *blank = memchr(all.p + i, ' ', all.n - i);
        size_t n = blank ? (size_t)(blank - all.p) - i : all.n - i;
        if (!str_eq(str_from(all.p + i, n), tag))
            note_add_tags(note, a, str_from(all.p + i, n));
        i += n + 1;
    }
}

void do_tag(struct app *app, const struct call *call)
{
    struct arena a = {0};
    const struct noted *kept = note_on_article(app, app_article(app));
    const char *why = notes_refusal(app->notes, NULL);
    bool off = call->argument.n && call->argument.p[0] == '-';
    struct str tag = tag_clean(&a, str_from(call->argument.p + off, call->argument.n - off));
    struct note note =
        kept ? note_copy(&a, kept->note)
             : note_on(app->notes, &a, dossier_article(app->dossier, app_article(app)),
                       span_of(0, 0));
    bool had = note_has_tag(&note, tag), done = false;
    if (why || tag.n == 0 || had != off) {
        app_say(app, FACE_MESSAGE, "%s",
                why      ? why
                : !tag.n ? "That is no tag"
                : off    ? "It has no such tag"
                         : "It has this tag");
        arena_finish(&a);
        return;
    }
    if (off)
        take_tag_off(&note, &a, tag);
    else
        note_add_tags(&note, &a, tag);
    if (off && !note.tags.n && !note.comment.n && !note.label)
        done = notes_remove(app->notes, app->dossier, note.id, &why) == OK;
    else
        done = save(app, &note, "", &why);
    app_notes_changed(app);
    app_say(app, done ? FACE_MESSAGE : FACE_ERROR, "%s",
            !done ? why
            : off ? "Tag taken off"
                  : "Tagged");
    arena_finish(&a);
}

void do_view_notes(struct app *app, const struct call *call)
{
    bool review = call->command == CMD_REVIEW;
    struct pane *view = notes_view_open(app, call->has_argument ? call->argument : STR(""), review);
    if (view)
        app_push(app, SLOT_LIST, view);
}

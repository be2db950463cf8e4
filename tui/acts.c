/* A list and a place in it.  Acts undo themselves by what they put back; a second session's changes
 * in between are overwritten where they are about the same thing, as by any later act. */
#include "tui/acts.h"

#include "tui/app.h"

void acts_finish(struct acts *acts)
{
    vec_free(&acts->v);
    arena_finish(&acts->memory);
}

static struct str kept(struct arena *a, struct str s)
{
    return s.p ? arena_str(a, s) : s;
}

void acts_add(struct app *app, const struct act *act)
{
    struct acts *acts = &app->acts;
    struct act copy = *act;
    copy.said = kept(&acts->memory, act->said);
    copy.a = kept(&acts->memory, act->a), copy.b = kept(&acts->memory, act->b);
    copy.was = kept(&acts->memory, act->was), copy.is = kept(&acts->memory, act->is);
    acts->v.n = acts->at;
    vec_push(&acts->v, copy);
    acts->at = acts->v.n;
}

void acts_notes(struct app *app)
{
    uint32_t now = notes_changes(app->notes);
    while (app->acts.notes < now) {
        acts_add(app, &(struct act){.kind = ACT_NOTE});
        app->acts.notes++;
    }
}

/* ---- undo ---- */

/* False, said: the store refused, and the act stays where it is in the list. */
static bool turn_notes(struct app *app, bool back, struct str *name, struct arena *a)
{
    const char *why = NULL;
    *name = notes_undo_name(app->notes, a, !back);
    enum status status = (back ? notes_undo : notes_redo)(app->notes, app->dossier, &why);
    if (status != OK)
        app_error(app, "%s", why ? why : "The note is gone");
    app_notes_changed(app);
    return status == OK;
}

static void turn_state(struct app *app, const struct act *act, bool back)
{
    if (act->kind == ACT_NAMES)
        state_decide(&app->state, act->a, act->b, back ? act->before : act->after);
    else if (act->kind == ACT_STRUCK)
        state_toggle_struck(&app->state, act->place);
    else {
        struct conflict_decision d = act->conflict;
        d.right = back ? act->was : act->is;
        state_decide_conflict(&app->state, &d);
    }
    if (act->kind != ACT_STRUCK)
        app_decided(app);
    app_keep(app, KEEP_NOW);
    app_refill(app);
}

void do_undo(struct app *app, const struct call *call)
{
    struct acts *acts = &app->acts;
    bool back = call->command == CMD_UNDO;
    struct arena memory = {0};
    if (back ? !acts->at : acts->at == acts->v.n) {
        app_say(app, FACE_MESSAGE, back ? "Nothing to undo" : "Nothing to do again");
        return;
    }
    const struct act *act = &acts->v.v[back ? acts->at - 1 : acts->at];
    struct str said = act->said;
    bool done = true;
    if (act->kind == ACT_NOTE)
        done = turn_notes(app, back, &said, &memory);
    else
        turn_state(app, act, back);
    if (done) {
        acts->at = back ? acts->at - 1 : acts->at + 1;
        app_say(app, FACE_MESSAGE, "%s · %.*s", back ? "Undone" : "Done again", (int)said.n,
                said.p ? said.p : "");
    }
    arena_finish(&memory);
}

/* Commands on the text under the cursor: motions, selecting, copying. */
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

static struct pane *text_pane(const struct app *app)
{
    return app->slots[SLOT_TEXT].v[0];
}

void do_select(struct app *app, const struct call *call)
{
    app->held_note = 0;
    text_select(text_pane(app), app,
                call->command == CMD_SELECT_LINES ? SELECT_LINES : SELECT_CHARS);
}

void do_motion(struct app *app, const struct call *call)
{
    static const struct {
        enum motion motion;
        int sign;
    } motions[COMMANDS] = {
        [CMD_CHAR_NEXT] = {MOTION_CHAR, 1},
        [CMD_CHAR_BACK] = {MOTION_CHAR, -1},
        [CMD_WORD_NEXT] = {MOTION_WORD, 1},
        [CMD_WORD_BACK] = {MOTION_WORD, -1},
        [CMD_WORD_END] = {MOTION_WORD_END, 1},
        [CMD_SENTENCE_NEXT] = {MOTION_SENTENCE, 1},
        [CMD_SENTENCE_BACK] = {MOTION_SENTENCE, -1},
        [CMD_PARAGRAPH_NEXT] = {MOTION_PARAGRAPH, 1},
        [CMD_PARAGRAPH_BACK] = {MOTION_PARAGRAPH, -1},
    };
    long n = call->count ? (long)call->count : 1;
    text_motion(text_pane(app), app, motions[call->command].motion,
                motions[call->command].sign * n);
}

void do_other_end(struct app *app, const struct call *call)
{
    (void)call;
    text_other_end(text_pane(app), app);
}

void do_object(struct app *app, const struct call *call)
{
    enum text_object what = call->command == CMD_OBJECT_SENTENCE    ? OBJECT_SENTENCE
                            : call->command == CMD_OBJECT_PARAGRAPH ? OBJECT_PARAGRAPH
                            : call->command == CMD_OBJECT_QUOTE     ? OBJECT_QUOTE
                            : call->command == CMD_OBJECT_NOTE      ? OBJECT_NOTE
                                                                    : OBJECT_ENTITY;
    struct span at = text_object(text_pane(app), what);
    if (span_is_empty(at))
        app_say(app, FACE_MESSAGE, "The cursor is in no such thing");
    else if (what == OBJECT_NOTE)
        app->held_note = text_note(text_pane(app));
    if (!span_is_empty(at))
        text_select_span(text_pane(app), app, at);
}

/* The words that would be copied; false: those of the line. */
static bool words_here(struct app *app, struct passage *out)
{
    struct thing thing;
    if (app_selection(app, out))
        return true;
    if (!app_thing(app, &thing) || thing.where.article.v == 0 || span_is_empty(thing.where.at))
        return false;
    *out = thing.where;
    return true;
}

static void cite(struct app *app, struct passage where, struct line *out)
{
    const struct article *a = dossier_article(app->dossier, where.article);
    line_put(out, STR(" ("), FACE_TEXT);
    put_source(app, where.article, out, FACE_TEXT);
    line_put(out, STR(", \""), FACE_TEXT);
    line_put_flat(out, a->title, look_of(FACE_TEXT));
    line_put(out, STR("\", "), FACE_TEXT);
    line_put(out, a->path, FACE_TEXT);
    line_printf(out, FACE_TEXT, ":%u-%u)", where.at.begin, where.at.end);
}

/* Where the terminal has no clipboard, or the text is too long for it: a file, and its name. */
static void put_aside(struct app *app, struct str text)
{
    char *path = NULL;
    if (app->state_folder && state_put_aside(app->state_folder, text, &path) == OK)
        app_say(app, FACE_MESSAGE, "The terminal takes no text, or not this much: it is in %s",
                path);
    else
        app_error(app, "The terminal takes no text, or not this much");
    free(path);
}

void do_copy(struct app *app, const struct call *call)
{
    struct passage where;
    struct line out = {0};
    struct pane *p = app_focused(app);
    if (words_here(app, &where)) {
        line_put(&out, str_at(dossier_article(app->dossier, where.article)->text, where.at),
                 FACE_TEXT);
        if (call->command == CMD_COPY_CITED)
            cite(app, where, &out);
    } else if (p->ops->copy) {
        p->ops->copy(p, app, &out);
    }
    struct str text = line_text(&out);
    if (text.n == 0)
        app_say(app, FACE_MESSAGE, "There is nothing here to copy");
    else if (!app->settings.v[SETTING_CLIPBOARD] || !app->screen->ops->copy(app->screen, text))
        put_aside(app, text);
    else
        app_say(app, FACE_MESSAGE, "Copied%s, %zu bytes",
                call->command == CMD_COPY_CITED ? " with the citation" : "", text.n);
    line_free(&out);
    text_let_go(text_pane(app), app);
}

/* A table of six letters, asked for each note that is drawn. */
#include "tui/label.h"

#include "core/text.h"
#include "tui/app.h"

enum face label_face(const struct app *app, uint32_t label)
{
    if (label == 0)
        return FACE_NOTE;
    if (app->label_letters[0] == 0)
        return (enum face)(FACE_LABEL1 + (label >= 'a' ? label - 'a' : label) % LABEL_FACES);
    for (int i = 0; i < LABEL_FACES; i++)
        if (app->label_letters[i] == label)
            return (enum face)(FACE_LABEL1 + i);
    return FACE_NOTE;
}

static void say_letters(struct app *app)
{
    struct arena a = {0};
    struct str said = STR("");
    for (int i = 0; i < LABEL_FACES && app->label_letters[i]; i++) {
        char letter[5] = "";
        utf8_encode(app->label_letters[i], letter);
        said = arena_printf(&a, "%.*s  %s label-%d", (int)said.n, said.p, letter, i + 1);
    }
    if (said.n)
        app_say(app, FACE_MESSAGE, "Labels:%.*s", (int)said.n, said.p);
    else
        app_say(app, FACE_MESSAGE,
                "Labels: by the alphabet, a label-1 to f label-6, g label-1 and so on");
    arena_finish(&a);
}

void do_labels(struct app *app, const struct call *call)
{
    uint32_t letters[LABEL_FACES] = {0};
    int n = 0;
    if (!call->has_argument) {
        say_letters(app);
        return;
    }
    for (size_t i = 0; i < call->argument.n;) {
        const char *next;
        uint32_t c = utf8_decode(call->argument.p + i, &next);
        i = (size_t)(next - call->argument.p);
        if (char_is_blank(c))
            continue;
        if (n == LABEL_FACES) {
            app_error(app, "There are six faces for labels: name at most six letters");
            return;
        }
        letters[n++] = c;
    }
    memcpy(app->label_letters, letters, sizeof letters);
    app_refill(app);
}

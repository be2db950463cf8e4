/* The session under any keys at any size: bytes are keys, a few of them sizes. */
#include <locale.h>
#include <stdint.h>

#include "tests/support/reader_case.h"
#include "tui/app.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define KEYS_MAX 400

static const uint32_t special[] = {K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PAGE_UP,
                                   K_PAGE_DOWN, K_DELETE, K_BACKSPACE, K_BACKTAB, K_ENTER, K_F1,
                                   K_PASTE_BEGIN, K_PASTE_END, 0x2026, 0x1f469, 0x202e};

static void press(struct app *app, struct screen *screen, uint8_t byte, uint8_t next)
{
    uint32_t key = byte & 0x7f;
    if (byte >= 0xf0) {
        screen_memory_resize(screen, 1 + next % 130, 1 + next % 45);
        key = K_RESIZE;
    } else if (byte >= 0x80) {
        key = special[byte % COUNT_OF(special)];
    }
    app_key(app, key ? key : K_ENTER);
    app->quit = app->suspend = false;
    app_draw(app);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dossier *d;
    if (!d) {
        setlocale(LC_ALL, "C.UTF-8");
        glyph_init(true);
        d = reader_case(); /* read by every run, changed by none */
    }
    struct screen *screen = screen_memory_open(80, 24);
    struct theme *theme = theme_open();
    struct app *app = app_open(&(struct app_setup){.dossier = d, .screen = screen, .theme = theme});
    for (size_t i = 0; i < size && i < KEYS_MAX; i++)
        press(app, screen, data[i], data[(i + 1) % size]);
    app_close(app);
    screen->ops->close(screen);
    theme_close(theme);
    return 0;
}

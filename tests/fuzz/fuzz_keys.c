/* Keys: notation read and printed again, bindings made of it, and raw input made into keys. */
#include <assert.h>

#include "tui/input.h"
#include "tui/keymap.h"
#include "tui/screen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct source {
    const uint8_t *p;
    size_t n;
};

static uint32_t read_byte(void *context)
{
    struct source *s = context;
    if (s->n == 0)
        return KEY_NONE_;
    s->n--;
    uint8_t b = *s->p++;
    return b == 0xfe ? (uint32_t)K_PASTE_BEGIN : b == 0xff ? (uint32_t)K_PASTE_END : b;
}

static bool no_wait(void *context, int ms)
{
    (void)context;
    (void)ms;
    return false;
}

static void check_notation(struct str text)
{
    uint32_t keys[KEYMAP_KEYS], again[KEYMAP_KEYS];
    size_t n, again_n;
    char printed[KEYMAP_TEXT];
    struct keymap *k = keymap_open();
    if (!keys_parse(text, keys, &n)) {
        keys_print(keys, n, printed);
        assert(!keys_parse(str_of(printed), again, &again_n) && n == again_n);
        assert(memcmp(keys, again, sizeof keys) == 0);
        int command;
        assert(!keymap_bind(k, 0, text, 7));
        assert(keymap_find(k, 3, keys, n, &command) == KEYMAP_COMMAND && command == 7);
    }
    keymap_close(k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source = {data, size};
    struct input in;
    bool pasting = false;
    check_notation(str_from((const char *)data, size > 200 ? 200 : size));
    input_init(&in, read_byte, no_wait, &source);
    for (uint32_t key; (key = input_next(&in)) != KEY_NONE_ || source.n > 0;) {
        assert(!pasting || key == K_PASTE_END || key == KEY_NONE_ || key == '\n' || key == '\t' || key >= 0x20);
        pasting = key == K_PASTE_BEGIN || (pasting && key != K_PASTE_END);
    }
    input_finish(&in);
    return 0;
}

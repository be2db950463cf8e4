/* Two small machines over a queue of what was read.
 *
 * Paste: terminals are told to strip the end marker from what is pasted, and some do not.  The real
 * marker is the last one, so at a marker everything that has already arrived, or comes within a
 * moment, is read ahead, and the marker counts only when no other follows.  Keys typed behind it
 * are kept and served as keys.
 *
 * Sequences: an ESC that comes together with "[", "O", "P", "]", "X", "^" or "_" begins a sequence
 * that no person types; curses has already taken out those that are keys, so it is read to its end
 * and dropped.  The price is an Esc followed by "[" within 25 ms; nothing in this program needs
 * Esc. */
#include "tui/input.h"

#include "tui/screen.h"

#define MOMENT_MS 25
#define ESC 27
#define SEQUENCE_MAX 4096     /* an unterminated one swallows no more than this */
#define AHEAD_MAX (1u << 20)  /* keys read ahead at the end of a paste */

void input_init(struct input *in, uint32_t (*read)(void *), bool (*wait)(void *, int ms),
                void *context)
{
    *in = (struct input){.read = read, .wait = wait, .context = context};
}

void input_finish(struct input *in)
{
    vec_free(&in->ahead);
}

/* ---- the queue ---- */

static void push(struct input *in, uint32_t key)
{
    if (in->next == in->ahead.n)
        in->next = in->ahead.n = 0;
    in->ends_ahead += key == K_PASTE_END;
    vec_push(&in->ahead, key);
}

static uint32_t take(struct input *in)
{
    if (in->next >= in->ahead.n)
        return in->read(in->context);
    uint32_t key = in->ahead.v[in->next++];
    in->ends_ahead -= key == K_PASTE_END;
    return key;
}

/* As take, but waits a moment for what belongs to a sequence. */
static uint32_t take_soon(struct input *in)
{
    uint32_t key = take(in);
    if (key == KEY_NONE_ && in->wait(in->context, MOMENT_MS))
        key = take(in);
    return key;
}

/* What was taken goes back to the front. */
static void put_back(struct input *in, uint32_t key)
{
    if (in->next == 0) {
        push(in, key);
        for (size_t i = in->ahead.n - 1; i > 0; i--)
            in->ahead.v[i] = in->ahead.v[i - 1];
        in->ahead.v[0] = key;
        return;
    }
    in->ahead.v[--in->next] = key;
    in->ends_ahead += key == K_PASTE_END;
}

/* ---- sequences ---- */

static void swallow_csi(struct input *in)
{
    for (int i = 0; i < SEQUENCE_MAX; i++) {
        uint32_t c = take_soon(in);
        if (c == KEY_NONE_ || (c >= 0x40 && c <= 0x7e))
            return;
        if (c < 0x20 || c > 0x7e) {
            put_back(in, c);
            return;
        }
    }
}

/* DCS, OSC and their like: to BEL or ST. */
static void swallow_string(struct input *in)
{
    for (int i = 0; i < SEQUENCE_MAX; i++) {
        uint32_t c = take_soon(in);
        if (c == KEY_NONE_ || c == 7)
            return;
        if (c != ESC)
            continue;
        c = take_soon(in);
        if (c != '\\' && c != KEY_NONE_)
            put_back(in, c);
        return;
    }
}

/* Behind an ESC: true when a sequence was there and is gone. */
static bool swallow_sequence(struct input *in)
{
    uint32_t c = take(in);
    if (c == '[') {
        swallow_csi(in);
    } else if (c == 'O') {
        take_soon(in);
    } else if (c == 'P' || c == ']' || c == 'X' || c == '^' || c == '_') {
        swallow_string(in);
    } else {
        if (c != KEY_NONE_)
            put_back(in, c);
        return false;
    }
    return true;
}

/* ---- pastes ---- */

/* True when this end marker is the last: nothing like it has come or comes within a moment. */
static bool is_last_end(struct input *in)
{
    while (in->ends_ahead == 0 && in->ahead.n - in->next < AHEAD_MAX) {
        uint32_t key = in->read(in->context);
        if (key == KEY_NONE_ && in->wait(in->context, MOMENT_MS))
            key = in->read(in->context);
        if (key == KEY_NONE_)
            return true;
        push(in, key);
    }
    return in->ends_ahead == 0;
}

/* What a key is inside a paste: text, or nothing. */
static uint32_t pasted(uint32_t key)
{
    if (key == '\r' || key == K_ENTER)
        return '\n';
    return key == '\n' || key == '\t' ||
                   (key >= 0x20 && key < KEY_SPECIAL_ && (key < 0x7f || key > 0x9f))
               ? key
               : KEY_NONE_;
}

static uint32_t next_pasted(struct input *in)
{
    for (;;) {
        uint32_t key = take(in);
        if (key == KEY_NONE_)
            return KEY_NONE_;
        if (key == K_PASTE_END && is_last_end(in)) {
            in->pasting = false;
            return K_PASTE_END;
        }
        uint32_t text = pasted(key);
        if (text != KEY_NONE_)
            return text;
    }
}

/* ---- the door ---- */

static uint32_t named(uint32_t key)
{
    return key == '\r' ? (uint32_t)K_ENTER : key == 0x7f ? (uint32_t)K_BACKSPACE : key;
}

uint32_t input_next(struct input *in)
{
    while (!in->pasting) {
        uint32_t key = take(in);
        if (key == K_PASTE_BEGIN)
            in->pasting = true;
        else if (key == ESC && swallow_sequence(in))
            continue;
        else if (key == INPUT_UNKNOWN || key == K_PASTE_END || (key >= 0x80 && key <= 0x9f))
            continue;
        return named(key);
    }
    return next_pasted(in);
}

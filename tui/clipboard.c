/* What a terminal is told so that its clipboard holds a text: OSC 52, in base64, plain or wrapped
 * for the multiplexer that stands between. */
#include "tui/clipboard.h"

#include "core/arena.h"
#include "tui/glyph.h"

static void add_base64(byte_vec *to, struct str s)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n; i += 3) {
        unsigned left = s.n - i < 3 ? (unsigned)(s.n - i) : 3;
        uint32_t v = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
                     (left > 2 ? p[i + 2] : 0u);
        char four[4] = {digit[v >> 18], digit[v >> 12 & 63], left > 1 ? digit[v >> 6 & 63] : '=',
                        left > 2 ? digit[v & 63] : '='};
        vec_append(to, four, 4);
    }
}

/* Text without controls: another program will paste it. */
static void add_clean(byte_vec *to, struct str s)
{
    struct glyph g;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool c1 = c == 0xc2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xa0;
        if ((c >= 0x20 && c != 0x7f && !c1) || c == '\n' || c == '\t') {
            vec_push(to, s.p[i]);
            continue;
        }
        glyph_at(s, i, &g);
        vec_append(to, g.bytes, g.n);
        i += c1;
    }
}

/* tmux hands a string on when every ESC in it is doubled; screen takes 768 bytes at a time. */
static void add_for_tmux(byte_vec *to, const byte_vec *sequence)
{
    bytes_put(to, STR("\033Ptmux;\033"));
    bytes_put(to, bytes_str(sequence));
    bytes_put(to, STR("\033\\"));
}

static void add_for_screen(byte_vec *to, const byte_vec *sequence)
{
    for (size_t at = 0; at < sequence->n; at += 512) {
        size_t n = sequence->n - at < 512 ? sequence->n - at : 512;
        bytes_put(to, STR("\033P"));
        vec_append(to, sequence->v + at, n);
        bytes_put(to, STR("\033\\"));
    }
}

/* With tmux both forms are sent: it takes the plain one when it keeps a clipboard for programs, and
 * hands the wrapped one on when that is allowed. */
char *clipboard_sequence(struct str text, bool tmux, bool screen, size_t *n)
{
    byte_vec clean = {0}, plain = {0}, sent = {0};
    add_clean(&clean, text);
    if (clean.n <= SCREEN_COPY_BYTES) {
        bytes_put(&plain, STR("\033]52;c;"));
        add_base64(&plain, bytes_str(&clean));
        bytes_put(&plain, STR("\a"));
        if (tmux || !screen)
            bytes_put(&sent, bytes_str(&plain));
        if (tmux)
            add_for_tmux(&sent, &plain);
        else if (screen)
            add_for_screen(&sent, &plain);
    }
    vec_free(&clean);
    vec_free(&plain);
    *n = sent.n;
    return sent.v;
}

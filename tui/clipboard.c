/* What a terminal is told so that its clipboard holds a text: OSC 52, in base64, plain or wrapped for
 * the multiplexer that stands between. */
#include "tui/clipboard.h"


#include "core/arena.h"
#include "tui/glyph.h"

struct bytes {
    VEC(char) b;
};

static void add(struct bytes *to, const char *p, size_t n)
{
    vec_reserve(&to->b, n);
    memcpy(to->b.v + to->b.n, p, n);
    to->b.n += n;
}

static void add_base64(struct bytes *to, struct str s)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n; i += 3) {
        unsigned left = s.n - i < 3 ? (unsigned)(s.n - i) : 3;
        uint32_t v = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0u);
        char four[4] = {digit[v >> 18], digit[v >> 12 & 63], left > 1 ? digit[v >> 6 & 63] : '=',
                        left > 2 ? digit[v & 63] : '='};
        add(to, four, 4);
    }
}

/* Text without controls: another program will paste it. */
static void add_clean(struct bytes *to, struct str s)
{
    struct glyph g;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool c1 = c == 0xc2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xa0;
        if ((c >= 0x20 && c != 0x7f && !c1) || c == '\n' || c == '\t') {
            add(to, s.p + i, 1);
            continue;
        }
        glyph_at(s, i, &g);
        add(to, g.bytes, g.n);
        i += c1;
    }
}

/* tmux hands a string on when every ESC in it is doubled; screen takes 768 bytes at a time. */
static void add_for_tmux(struct bytes *to, const struct bytes *sequence)
{
    add(to, "\033Ptmux;\033", 8);
    add(to, sequence->b.v, sequence->b.n);
    add(to, "\033\\", 2);
}

static void add_for_screen(struct bytes *to, const struct bytes *sequence)
{
    for (size_t at = 0; at < sequence->b.n; at += 512) {
        size_t n = sequence->b.n - at < 512 ? sequence->b.n - at : 512;
        add(to, "\033P", 2);
        add(to, sequence->b.v + at, n);
        add(to, "\033\\", 2);
    }
}

/* With tmux both forms are sent: it takes the plain one when it keeps a clipboard for programs, and
 * hands the wrapped one on when that is allowed. */
char *clipboard_sequence(struct str text, bool tmux, bool screen, size_t *n)
{
    struct bytes clean = {0}, plain = {0}, sent = {0};
    add_clean(&clean, text);
    if (clean.b.n <= SCREEN_COPY_BYTES) {
        add(&plain, "\033]52;c;", 7);
        add_base64(&plain, str_from(clean.b.v, clean.b.n));
        add(&plain, "\a", 1);
        if (tmux || !screen)
            add(&sent, plain.b.v, plain.b.n);
        if (tmux)
            add_for_tmux(&sent, &plain);
        else if (screen)
            add_for_screen(&sent, &plain);
    }
    vec_free(&clean.b);
    vec_free(&plain.b);
    *n = sent.b.n;
    return sent.b.v;
}

/* Nearly all files are UTF-8 without a carriage return, and those are handed on as they are: one
 * pass to prove it, no copy.  The rest is converted by iconv, but for two: UTF-8 with faults in
 * it, because iconv knows nothing of maximal subparts, and Windows-1252, because it is guessed.
 *
 * The guess asks whether the bytes that are not UTF-8 stand where a Western text has its accents,
 * quotes and dashes.  Counting alone was refused: a UTF-8 text with one damaged character, or a
 * short test of a decoder, would come out as "Ã€" and "Â¯". */
#include "corpus/decode.h"

#include <errno.h>
#include <iconv.h>

#include "core/text.h"

enum { HEAD_BYTES = 4096 };

static const struct mark {
    const char *bytes;
    size_t n;
    const char *charset;
} marks[] = {
    {"\xef\xbb\xbf", 3, "UTF-8"},
    {"\xff\xfe\0\0", 4, "UTF-32LE"}, /* before the mark that it begins with */
    {"\0\0\xfe\xff", 4, "UTF-32BE"},
    {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
};

static const struct mark *mark_of(struct str s)
{
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_starts(s, str_from(marks[i].bytes, marks[i].n)) &&
            (marks[i].n < 4 || s.n % 4 == 0))
            return &marks[i];
    return NULL;
}

size_t decode_mark_bytes(struct str bytes)
{
    const struct mark *m = mark_of(bytes);
    return m ? m->n : 0;
}

/* UTF-16 without a mark: of ASCII characters every other byte is NUL, and no text has so many. */
static const char *unmarked_utf16(struct str s)
{
    size_t n = s.n < HEAD_BYTES ? s.n : HEAD_BYTES, nul[2] = {0, 0};
    if (n < 16 || !memchr(s.p, '\0', n))
        return NULL;
    for (size_t i = 0; i < n; i++)
        nul[i % 2] += s.p[i] == '\0';
    if (nul[1] * 10 > n * 4 && nul[0] * 50 < n)
        return "UTF-16LE";
    if (nul[0] * 10 > n * 4 && nul[1] * 50 < n)
        return "UTF-16BE";
    return NULL;
}

/* ---- Windows-1252 ---- */

/* 0x80 to 0x9f; the five bytes without a character stay the controls they are in Latin-1. */
static const uint16_t upper_controls[32] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178,
};

static struct str from_windows_1252(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n * 3 + 1), *w = out;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        w += utf8_encode(c >= 0x80 && c < 0xa0 ? upper_controls[c - 0x80] : c, w);
    }
    return str_from(out, (size_t)(w - out));
}

static bool is_ascii_letter(unsigned char c)
{
    return (unsigned)(c | 32) - 'a' < 26;
}

static bool is_accented(unsigned char c)
{
    return c >= 0xc0 && c != 0xd7 && c != 0xf7;
}

/* The high byte at `i` stands where Windows-1252 would have it: an accented letter by a letter or
 * as a word, a quote, dash or sign among ASCII. */
static bool is_plausible_1252(struct str s, size_t i)
{
    static const unsigned char signs[] = "\x80\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa1\xa3"
                                         "\xa7\xa9\xab\xae\xb0\xb4\xb7\xba\xbb\xbc\xbd\xbe\xbf";
    static const unsigned char carons[] = "\x8a\x8c\x8e\x9a\x9c\x9e\x9f";
    unsigned char c = (unsigned char)s.p[i];
    unsigned char before = i ? (unsigned char)s.p[i - 1] : ' ';
    unsigned char after = i + 1 < s.n ? (unsigned char)s.p[i + 1] : ' ';
    if (is_accented(c) || memchr(carons, c, sizeof carons - 1))
        return is_ascii_letter(before) || is_ascii_letter(after) || (before == ' ' && after == ' ');
    return memchr(signs, c, sizeof signs - 1) && (before < 0x80 || after < 0x80);
}

/* From the first fault on: are the faults those of a Windows-1252 text, and is nothing else said
 * by sequences that are good UTF-8? */
static bool looks_like_1252(struct str s, size_t from)
{
    enum { LETTERS_MIN = 4 };
    size_t letters = 0, faults = 0, plausible = 0, sequences = 0;
    for (size_t i = 0; i < from; i++) {
        letters += is_ascii_letter((unsigned char)s.p[i]);
        sequences += (unsigned char)s.p[i] >= 0xc0;
    }
    for (size_t i = from; i < s.n;) {
        struct str rest = str_from(s.p + i, s.n - i < 4 ? s.n - i : 4);
        if ((unsigned char)s.p[i] < 0x80) {
            letters += is_ascii_letter((unsigned char)s.p[i++]);
        } else if (utf8_valid_prefix(rest) > 0) {
            i += (unsigned char)s.p[i] < 0xe0 ? 2 : (unsigned char)s.p[i] < 0xf0 ? 3 : 4;
            sequences++;
        } else {
            plausible += is_plausible_1252(s, i++);
            faults++;
        }
    }
    return letters >= LETTERS_MIN && sequences * 4 <= faults && plausible * 5 >= faults * 4;
}

/* ---- named charsets ---- */

/* Names as iconv takes them: nothing that could be read as a path, or ask for more than a
 * charset; no UTF-7, which hides letters.  Latin-1 means Windows-1252 everywhere on the web (WHATWG
 * Encoding, 4.2). */
static bool charset_name(struct str given, char out[48])
{
    static const char *const latin[] = {"iso-8859-1", "iso8859-1", "latin1", "latin-1",
                                        "us-ascii",   "ascii",     "cp1252"};
    given = str_trim(given);
    if (given.n == 0 || given.n >= 40)
        return false;
    for (size_t i = 0; i < given.n; i++) {
        unsigned char c = (unsigned char)given.p[i];
        if (!is_ascii_letter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.')
            return false;
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    out[given.n] = '\0';
    for (size_t i = 0; i < COUNT_OF(latin); i++)
        if (!strcmp(out, latin[i]))
            strcpy(out, "windows-1252");
    return strcmp(out, "utf-7") != 0;
}

/* Converts until the end, or until `limit` is well passed; what cannot be converted becomes
 * U+FFFD, a unit of `step` bytes each time. */
static struct str convert(struct arena *a, iconv_t cd, struct str s, size_t step, size_t limit,
                          size_t *bad)
{
    byte_vec out = {0};
    char *in = (char *)(uintptr_t)s.p;
    size_t left = s.n;
    *bad = SIZE_MAX;
    while (left && out.n <= limit) {
        vec_reserve(&out, left < 4096 ? left + 64 : left + left / 2 + 64);
        char *w = out.v + out.n;
        size_t room = out.cap - out.n;
        size_t result = iconv(cd, &in, &left, &w, &room);
        out.n = (size_t)(w - out.v);
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        *bad = *bad == SIZE_MAX ? s.n - left : *bad;
        step = step < left ? step : left;
        in += step, left -= step;
        bytes_put(&out, STR("\xef\xbf\xbd"));
    }
    struct str text = arena_str(a, bytes_str(&out));
    vec_free(&out);
    return text;
}

/* False when no such charset is known. */
static bool decode_named(struct arena *a, struct str bytes, const char *charset, size_t limit,
                         struct decoded *d)
{
    iconv_t cd = iconv_open("UTF-8", charset);
    if (cd == (iconv_t)-1)
        return false;
    size_t step = strstr(charset, "16") ? 2 : strstr(charset, "32") ? 4 : 1, bad;
    d->text = convert(a, cd, bytes, step, limit, &d->bad);
    d->text = utf8_repair(a, d->text, &bad); /* a converter of the system is not to be trusted */
    d->charset = charset;
    iconv_close(cd);
    return true;
}

/* ---- all of it ---- */

static void decode_utf8(struct arena *a, struct str bytes, bool sure, struct decoded *d)
{
    size_t good = utf8_valid_prefix(bytes);
    d->charset = "UTF-8";
    d->text = bytes;
    if (good == bytes.n)
        return;
    if (!sure && looks_like_1252(bytes, good)) {
        d->text = from_windows_1252(a, bytes);
        d->charset = "Windows-1252";
        d->last_resort = true;
        return;
    }
    d->text = utf8_repair(a, bytes, &d->bad);
}

struct str text_line_ends(struct arena *a, struct str s)
{
    const char *cr = s.n ? memchr(s.p, '\r', s.n) : NULL;
    if (!cr)
        return s;
    char *out = arena_alloc(a, s.n + 1), *w = out + (cr - s.p);
    memcpy(out, s.p, (size_t)(cr - s.p));
    for (const char *p = cr, *end = s.p + s.n; p < end;) {
        if (*p == '\r') {
            *w++ = '\n';
            p += p + 1 < end && p[1] == '\n' ? 2 : 1;
        }
        cr = memchr(p, '\r', (size_t)(end - p));
        size_t run = (size_t)((cr ? cr : end) - p);
        memcpy(w, p, run);
        w += run, p += run;
    }
    return str_from(out, (size_t)(w - out));
}

struct str text_cut(struct str s, size_t limit)
{
    if (s.n <= limit)
        return s;
    for (int i = 0; i < 3 && limit && ((unsigned char)s.p[limit] & 0xc0) == 0x80; i++)
        limit--;
    return str_from(s.p, limit);
}

static void decode_as(struct arena *a, struct str bytes, const char *charset, size_t limit,
                      struct decoded *d)
{
    bool utf8 = charset && (!strcmp(charset, "UTF-8") || !strcmp(charset, "utf-8") ||
                            !strcmp(charset, "utf8"));
    if (charset && !utf8 && decode_named(a, bytes, charset, limit, d))
        return;
    d->unknown = charset && !utf8;
    d->cut = bytes.n > limit; /* before decoding, or a gigabyte would be proven to be UTF-8 */
    decode_utf8(a, text_cut(bytes, limit), utf8, d);
}

struct decoded decode(struct arena *a, struct str bytes, struct str charset, size_t limit)
{
    struct decoded d = {.bad = SIZE_MAX};
    const struct mark *m = mark_of(bytes);
    char name[48];
    const char *known = m ? m->charset : NULL;
    if (!known && charset.n) {
        if (charset_name(charset, name))
            known = arena_str(a, str_of(name)).p;
        else
            d.unknown = true;
    }
    if (!known)
        known = unmarked_utf16(bytes);
    size_t skip = m ? m->n : 0;
    bool unknown = d.unknown;
    decode_as(a, str_from(bytes.p + skip, bytes.n - skip), known, limit, &d);
    d.unknown |= unknown;
    if (d.bad != SIZE_MAX)
        d.bad += skip;
    struct str whole = text_line_ends(a, d.text);
    d.text = text_cut(whole, limit);
    d.cut |= d.text.n < whole.n;
    return d;
}

/* ---- what is no text at all ---- */

static const struct mark magics[] = {
    {"\x1f\x8b", 2, "gzip"},         {"BZh", 3, "bzip2"},       {"\xfd" "7zXZ", 5, "xz"},
    {"(\xb5/\xfd", 4, "zstd"},       {"PK\3\4", 4, "zip"},      {"PK\5\6", 4, "zip"},
    {"7z\xbc\xaf", 4, "7z"},         {"Rar!\x1a", 5, "rar"},    {"\x89PNG\r\n", 6, "PNG"},
    {"\xff\xd8\xff", 3, "JPEG"},     {"GIF87a", 6, "GIF"},      {"GIF89a", 6, "GIF"},
    {"II*\0", 4, "TIFF"},            {"MM\0*", 4, "TIFF"},      {"%PDF-", 5, "PDF"},
    {"\xd0\xcf\x11\xe0", 4, "OLE"},  {"\x7f" "ELF", 4, "ELF"},  {"SQLite format 3", 15, "SQLite"},
    {"OggS", 4, "Ogg"},              {"ID3", 3, "MP3"},         {"fLaC", 4, "FLAC"},
    {"wOFF", 4, "font"},             {"wOF2", 4, "font"},       {"\0\1\0\0", 4, "font"},
};

static bool is_control(unsigned char c)
{
    return c < 0x20 && !(c >= 7 && c <= 13) && c != 0x1b;
}

bool decode_is_binary(struct str bytes)
{
    if (mark_of(bytes) || unmarked_utf16(bytes))
        return false;
    for (size_t i = 0; i < COUNT_OF(magics); i++)
        if (str_starts(bytes, str_from(magics[i].bytes, magics[i].n)))
            return true;
    struct str head = text_cut(bytes, HEAD_BYTES);
    bool has_nul = head.n && memchr(head.p, '\0', head.n);
    if (head.n < 64 || (!has_nul && utf8_valid_prefix(head) == head.n))
        return false; /* nearly always */
    size_t nul = 0, controls = 0, faults = 0;
    for (size_t i = 0; i < head.n; i++) {
        nul += head.p[i] == '\0';
        controls += is_control((unsigned char)head.p[i]);
    }
    for (size_t i = 0; (i += utf8_valid_prefix(str_from(head.p + i, head.n - i))) < head.n; i++)
        faults++;
    return nul * 8 > head.n || (controls * 20 > head.n && faults * 10 > head.n);
}

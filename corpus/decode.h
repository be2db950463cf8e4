/* decode: any charset to valid UTF-8 with '\n' line ends.
 *
 * What a file is written in is decided in this order: a byte order mark, the name the caller or
 * the page gives, UTF-8 when it is valid, UTF-8 with repairs when most of it is, Windows-1252 as
 * the last resort.  Byte order marks are looked at before anything is split into lines, since
 * U+4E0A holds the byte 0A. */
#ifndef CORPUS_DECODE_H
#define CORPUS_DECODE_H

#include "core/arena.h"
#include "core/base.h"

struct decoded {
    struct str text;     /* `bytes` itself where nothing had to change, else in the arena */
    const char *charset; /* what it was taken for: a name for people, static or the arena's */
    size_t bad;          /* the first byte of the source that had to be replaced by U+FFFD, or
                            SIZE_MAX; unknown offsets of a converted charset are 0 */
    bool last_resort;    /* nothing says so, but it is read as Windows-1252 */
    bool unknown;        /* the charset that was named is not known, and was passed over */
    bool cut;            /* there was more than `limit` */
};

/* At most `limit` bytes of text come out, cut between two characters.  `charset` may be empty.
 * NUL bytes are characters like others.  Linear; ASCII and UTF-8 at memory speed, no copy. */
struct decoded decode(struct arena *a, struct str bytes, struct str charset, size_t limit);

/* The bytes look like a picture, an archive or a program and not like text in any charset.
 * Reads the first few thousand bytes. */
bool decode_is_binary(struct str bytes);

/* Bytes of the mark at the head of a file, 0 for none. */
size_t decode_mark_bytes(struct str bytes);

/* `s` with CR LF and CR as LF: itself, or a copy in the arena. */
struct str text_line_ends(struct arena *a, struct str s);

/* At most `limit` bytes of valid UTF-8, cut between two characters. */
struct str text_cut(struct str s, size_t limit);

#endif

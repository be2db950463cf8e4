/* postings: a rising list of positions in few bits, with fast seeking (Elias-Fano).
 *
 * A list of n positions below `universe` takes about n * (2 + log2(universe / n)) bits.  Each
 * position is split: `low_bits` low bits lie packed one after another; the high part is told in
 * unary, as the number of zeros before the position's one in a row of bits:
 *
 *     [samples: 4 bytes for each POSTINGS_SAMPLE zeros][low parts, packed][ones and zeros]
 *
 * The samples say where in the row the 256th, 512th, … zero ends, so that a seek reads one of
 * them and then at most a few words.  A list of one position takes no bytes: whoever keeps the
 * lists keeps that position in place of the offset.
 *
 * Peter Elias 1974, Robert Fano 1971; Sebastiano Vigna, "Quasi-succinct indices", 2013. */
#ifndef CORE_POSTINGS_H
#define CORE_POSTINGS_H

#include "core/base.h"

#include <endian.h>

#ifndef POSTINGS_SAMPLE
#define POSTINGS_SAMPLE 256
#endif

/* Loads reach this many bytes behind a list: the memory that holds lists ends with them. */
#define POSTINGS_SLACK 16

/* No position: larger than any. */
#define POSTINGS_END UINT32_MAX

/* Bytes of a list of n (2 or more) positions below universe. */
size_t postings_bytes(uint32_t n, uint32_t universe);

/* ---- writing: into zeroed memory, in rising order, exactly n of them ---- */

struct postings_writer {
    union {
        uint8_t *low;
        uint32_t *only; /* of a list of one: where its position goes */
    };
    uint8_t *high; /* null for a list of one */
    uint32_t i;
    uint32_t low_bits;
};

struct postings_writer postings_write(uint8_t *list, uint32_t n, uint32_t universe);

static inline void postings_put(struct postings_writer *w, uint32_t position)
{
    if (!w->high) {
        *w->only = position;
        return;
    }
    size_t bit = (size_t)w->i * w->low_bits, one = (size_t)(position >> w->low_bits) + w->i;
    uint64_t eight, low = position & (((uint64_t)1 << w->low_bits) - 1);
    memcpy(&eight, w->low + (bit >> 3), 8);
    eight |= htole64(low << (bit & 7));
    memcpy(w->low + (bit >> 3), &eight, 8);
    w->high[one >> 3] |= (uint8_t)(1 << (one & 7));
    w->i++;
}

/* After the last: makes the samples. */
void postings_finish(uint8_t *list, uint32_t n, uint32_t universe);

/* ---- reading ---- */

struct postings_cursor {
    uint32_t at;   /* the position the cursor stands on; POSTINGS_END behind the last */
    uint32_t i, n; /* its number, and how many there are */
    const uint8_t *samples, *low, *high;
    uint64_t word; /* ones of the row that were not read yet, from bit `base` */
    size_t base;
    uint32_t universe;
    uint8_t low_bits;
};

/* On the first position.  A list of one is `only` (then `list` is not read). */
void postings_open(struct postings_cursor *c, const uint8_t *list, uint32_t n, uint32_t universe,
                   uint32_t only);

static inline uint64_t postings_word(const uint8_t *p, size_t bit)
{
    uint64_t word;
    memcpy(&word, p + (bit >> 3), 8);
    return le64toh(word) >> (bit & 7);
}

/* On to the next position, or the end. */
static inline void postings_next(struct postings_cursor *c)
{
    if (++c->i >= c->n) {
        c->i = c->n;
        c->at = POSTINGS_END;
        return;
    }
    while (!c->word) {
        c->base += 64;
        c->word = postings_word(c->high, c->base);
    }
    size_t one = c->base + (size_t)__builtin_ctzll(c->word);
    c->word &= c->word - 1;
    uint64_t low =
        postings_word(c->low, (size_t)c->i * c->low_bits) & (((uint64_t)1 << c->low_bits) - 1);
    c->at = (uint32_t)((one - c->i) << c->low_bits | low);
}

/* On to the first position >= target, which is further than POSTINGS_NEAR mean gaps ahead. */
void postings_skip(struct postings_cursor *c, uint32_t target);

/* So many mean gaps ahead, going on one by one is sooner there than skipping. */
#define POSTINGS_NEAR 6

/* On to the first position >= target; stays where it is when it is there already. */
static inline void postings_seek(struct postings_cursor *c, uint32_t target)
{
    if (c->at >= target)
        return;
    if ((target - c->at) >> c->low_bits > POSTINGS_NEAR)
        postings_skip(c, target);
    else
        while (c->at < target)
            postings_next(c);
}

#endif

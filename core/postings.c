/* Chosen over blocks of variable-byte gaps, which take as many bytes on news (1.6 to 1.9 an
 * occurrence) but must be decoded up to the place sought, and over plain bit-packed blocks, which
 * can be searched in place but take half a byte more.  Counting and selecting bits is done with
 * arithmetic on whole words: the program is built for any machine, and without an instruction for
 * it the compiler's own count is a call.
 *
 * Positions are written in the order of the text, many lists at a time, each by OR into zeroed
 * memory: so neither building nor merging needs the positions sorted in between. */
#include "core/postings.h"

#define EACH_BYTE UINT64_C(0x0101010101010101)

static unsigned low_bits_of(uint32_t n, uint32_t universe)
{
    uint32_t mean_gap = universe / n;
    return mean_gap ? 31 - (unsigned)__builtin_clz(mean_gap) : 0;
}

static size_t zeros_of(unsigned low_bits, uint32_t universe)
{
    return (universe >> low_bits) + 1;
}

static size_t samples_bytes(unsigned low_bits, uint32_t universe)
{
    return zeros_of(low_bits, universe) / POSTINGS_SAMPLE * sizeof(uint32_t);
}

static size_t low_bytes(unsigned low_bits, uint32_t n)
{
    return ((size_t)n * low_bits + 7) / 8;
}

size_t postings_bytes(uint32_t n, uint32_t universe)
{
    unsigned low_bits = low_bits_of(n, universe);
    return samples_bytes(low_bits, universe) + low_bytes(low_bits, n) +
           (n + zeros_of(low_bits, universe) + 7) / 8;
}

/* ---- writing ---- */

struct postings_writer postings_write(uint8_t *list, uint32_t n, uint32_t universe)
{
    unsigned low_bits = low_bits_of(n, universe);
    uint8_t *low = list + samples_bytes(low_bits, universe);
    return (struct postings_writer){
        .low = low, .high = low + low_bytes(low_bits, n), .low_bits = low_bits};
}

/* How many ones in each byte of w, and in the bytes below it. */
static uint64_t running_counts(uint64_t w)
{
    w -= (w >> 1) & 0x5555555555555555u;
    w = (w & 0x3333333333333333u) + ((w >> 2) & 0x3333333333333333u);
    w = (w + (w >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return w * EACH_BYTE;
}

/* How many bytes of `counts`, none above 127, are below k, 1 <= k <= 128; times eight. */
static unsigned bytes_below(uint64_t counts, unsigned k)
{
    uint64_t below = (((k - 1) * EACH_BYTE | EACH_BYTE * 0x80) - counts) & EACH_BYTE * 0x80;
    return (unsigned)((below >> 7) * EACH_BYTE >> 56) * 8;
}

/* The place of the k-th one of w (k from 1); there are as many.  Without a branch: first the byte
 * by the counts up to each, then the bit by the same means, its eight bits spread over a word.
 * Sebastiano Vigna, "Broadword implementation of rank/select queries", 2008. */
static unsigned select_one(uint64_t w, unsigned k)
{
    uint64_t counts = running_counts(w);
    unsigned place = bytes_below(counts, k);
    k -= (unsigned)((counts << 8) >> place) & 0xff;
    uint64_t bits = (w >> place & 0xff) * EACH_BYTE & 0x8040201008040201u;
    uint64_t ones = ((bits | ((bits | EACH_BYTE * 0x80) - EACH_BYTE)) & EACH_BYTE * 0x80) >> 7;
    return place + bytes_below(ones * EACH_BYTE, k) / 8;
}

/* The bit behind the `zeros`-th zero at or after bit `from`; zeros >= 1. */
static size_t behind_zeros(const uint8_t *high, size_t from, size_t zeros)
{
    size_t base = from & ~(size_t)7;
    uint64_t word = ~postings_word(high, base) & (~UINT64_C(0) << (from & 7));
    for (;;) {
        size_t here = running_counts(word) >> 56;
        if (zeros <= here)
            return base + select_one(word, (unsigned)zeros) + 1;
        zeros -= here;
        base += 64;
        word = ~postings_word(high, base);
    }
}

void postings_finish(uint8_t *list, uint32_t n, uint32_t universe)
{
    unsigned low_bits = low_bits_of(n, universe);
    const uint8_t *high = list + samples_bytes(low_bits, universe) + low_bytes(low_bits, n);
    size_t samples = zeros_of(low_bits, universe) / POSTINGS_SAMPLE, bit = 0;
    for (size_t i = 0; i < samples; i++) {
        bit = behind_zeros(high, bit, POSTINGS_SAMPLE);
        uint32_t sample = (uint32_t)bit;
        memcpy(list + i * sizeof(sample), &sample, sizeof(sample));
    }
}

/* ---- reading ---- */

/* Before the position whose number is i and whose one is at or after `bit`. */
static void stand_before(struct postings_cursor *c, uint32_t i, size_t bit)
{
    c->i = i - 1; /* wraps at the first: postings_next adds one */
    c->base = bit & ~(size_t)7;
    c->word = postings_word(c->high, c->base) & (~UINT64_C(0) << (bit & 7));
}

void postings_open(struct postings_cursor *c, const uint8_t *list, uint32_t n, uint32_t universe,
                   uint32_t only)
{
    *c = (struct postings_cursor){.at = n ? only : POSTINGS_END, .n = n, .universe = universe};
    if (n < 2)
        return;
    unsigned low_bits = low_bits_of(n, universe);
    c->low_bits = (uint8_t)low_bits;
    c->samples = list;
    c->low = list + samples_bytes(low_bits, universe);
    c->high = c->low + low_bytes(low_bits, n);
    stand_before(c, 0, 0);
    postings_next(c);
}

/* To the first position whose high part is `high` or more, by the samples where that is far. */
static void skip_to_high(struct postings_cursor *c, size_t high)
{
    size_t here = c->at >> c->low_bits, bit = here + c->i + 1;
    size_t sample = high / POSTINGS_SAMPLE;
    if (sample > here / POSTINGS_SAMPLE) {
        uint32_t behind;
        memcpy(&behind, c->samples + (sample - 1) * sizeof(behind), sizeof(behind));
        bit = behind;
        here = sample * POSTINGS_SAMPLE;
    }
    if (high > here)
        bit = behind_zeros(c->high, bit, high - here);
    stand_before(c, (uint32_t)(bit - high), bit);
    postings_next(c);
}

void postings_skip(struct postings_cursor *c, uint32_t target)
{
    if (c->n < 2 || target >= c->universe) {
        c->i = c->n;
        c->at = POSTINGS_END;
        return;
    }
    skip_to_high(c, target >> c->low_bits);
    while (c->at < target)
        postings_next(c);
}

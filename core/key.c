/* A text's fingerprint: SipHash-2-4 with 128 bits of result and the key of the reference's own
 * test vectors (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), so anyone can
 * compute it again.  128 bits, because notes are found by it: with 64 a pair of different texts
 * among a few billion would be likely.  A cryptographic digest costs ten times as much and
 * guards against nothing here: who can choose a text can choose its copy. */
#include "core/articles.h"

#include <endian.h>

struct sip {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static inline void sip_round(struct sip *s)
{
    s->v0 += s->v1, s->v1 = rotate(s->v1, 13) ^ s->v0, s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3, s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3, s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1, s->v1 = rotate(s->v1, 17) ^ s->v2, s->v2 = rotate(s->v2, 32);
}

static inline void sip_word(struct sip *s, uint64_t m)
{
    s->v3 ^= m;
    sip_round(s), sip_round(s);
    s->v0 ^= m;
}

static uint64_t sip_finish(struct sip *s)
{
    for (int i = 0; i < 4; i++)
        sip_round(s);
    return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

struct article_key article_key_of(struct str text)
{
    const uint64_t k0 = 0x0706050403020100, k1 = 0x0f0e0d0c0b0a0908;
    struct sip s = {k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d ^ 0xee,
                    k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573};
    size_t whole = text.n / 8 * 8;
    for (size_t i = 0; i < whole; i += 8) {
        uint64_t m;
        memcpy(&m, text.p + i, 8);
        sip_word(&s, le64toh(m));
    }
    uint64_t tail = (uint64_t)text.n << 56;
    for (size_t i = whole; i < text.n; i++)
        tail |= (uint64_t)(unsigned char)text.p[i] << 8 * (i - whole);
    sip_word(&s, tail);
    s.v2 ^= 0xee;
    uint64_t lo = sip_finish(&s);
    s.v1 ^= 0xdd;
    return (struct article_key){.hi = sip_finish(&s), .lo = lo};
}

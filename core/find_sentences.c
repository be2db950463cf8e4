#include "core/find.h"

void find_sentences(struct finder *f, const struct body *body, struct found *out)
{
    (void)f;
    struct str t = body->text;
    uint32_t paragraph = 0;
    for (size_t i = 0; i < t.n;) {
        size_t e = i;
        while (e < t.n && t.p[e] != '\n' &&
               !((t.p[e] == '.' || t.p[e] == '!' || t.p[e] == '?') && e + 1 < t.n && t.p[e + 1] == ' '))
            e++;
        if (e < t.n && t.p[e] != '\n')
            e++;
        bool line = e < t.n && t.p[e] == '\n';
        if (e > i)
            vec_push(&out->sentences, ((struct sentence){span_of(i, e), paragraph, 0}));
        i = e;
        while (i < t.n && (t.p[i] == ' ' || t.p[i] == '\n'))
            i++;
        paragraph += line;
    }
}

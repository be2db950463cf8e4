/* A query back to words.  Parentheses are put where reading needs them, so that parsing what was
 * printed gives the same tree: around OR within AND, around both within NOT, and around the same
 * operator on the right, since side by side is read from the left. */
#include "core/query_tree.h"

static int binding(const struct query *q)
{
    return q->kind == QUERY_OR ? 1 : q->kind == QUERY_AND ? 2 : q->kind == QUERY_NOT ? 3 : 4;
}

/* In the first kind of quotes that the text does not close itself; there is one, the kind that it
 * was written in. */
static void print_words(byte_vec *out, const struct query *q)
{
    if (!q->quoted) {
        bytes_put(out, q->text);
        return;
    }
    const struct query_quotes *quotes = query_quotes;
    while (memmem(q->text.p, q->text.n, quotes->close, strlen(quotes->close)))
        quotes++;
    bytes_put(out, str_of(quotes->open));
    bytes_put(out, q->text);
    bytes_put(out, str_of(quotes->close));
}

static void print_leaf(byte_vec *out, const struct query *q)
{
    const char *field = query_field_name(q->kind);
    if (field)
        bytes_put(out, str_of(field));
    if (q->kind == QUERY_UNREAD)
        bytes_put(out, STR("unread"));
    else if (q->kind == QUERY_NOTED)
        bytes_put(out, STR("note"));
    else if (q->kind == QUERY_PATTERN) {
        bytes_put(out, STR("/"));
        bytes_put(out, q->text);
        bytes_put(out, q->pattern_flags & PATTERN_CASELESS ? STR("/i") : STR("/"));
    } else if (q->kind != QUERY_ALL)
        print_words(out, q);
}

static void print(struct arena *a, byte_vec *out, const struct query *q, int around)
{
    bool parens = binding(q) < around;
    if (parens)
        bytes_put(out, STR("("));
    switch (q->kind) {
    case QUERY_OR:
    case QUERY_AND:
        print(a, out, q->left, binding(q));
        bytes_put(out, q->kind == QUERY_OR ? STR(" OR ") : STR(" "));
        print(a, out, q->right, binding(q) + 1);
        break;
    case QUERY_NOT:
        bytes_put(out, STR("NOT "));
        print(a, out, q->left, binding(q));
        break;
    case QUERY_NEAR:
        print(a, out, q->left, 4);
        bytes_put(out, arena_printf(a, " NEAR/%u ", q->distance));
        print(a, out, q->right, 4);
        break;
    default:
        print_leaf(out, q);
    }
    if (parens)
        bytes_put(out, STR(")"));
}

struct str query_print(struct arena *a, const struct query *q)
{
    byte_vec out = {0};
    print(a, &out, q, 0);
    struct str s = arena_str(a, bytes_str(&out));
    vec_free(&out);
    return s;
}

unsigned query_uses(const struct query *q)
{
    static const uint8_t uses[] = {
        [QUERY_NEAR] = QUERY_USES_INDEX,     [QUERY_WORDS] = QUERY_USES_INDEX,
        [QUERY_TITLE] = QUERY_USES_INDEX,    [QUERY_PATTERN] = QUERY_USES_PATTERN,
        [QUERY_ENTITY] = QUERY_USES_LINKS,   [QUERY_TAG] = QUERY_USES_OUTSIDE,
        [QUERY_UNREAD] = QUERY_USES_OUTSIDE, [QUERY_NOTED] = QUERY_USES_OUTSIDE,
        [QUERY_LABEL] = QUERY_USES_OUTSIDE,  [QUERY_STATE] = QUERY_USES_OUTSIDE,
    };
    unsigned all = uses[q->kind];
    if (q->left)
        all |= query_uses(q->left);
    if (q->right)
        all |= query_uses(q->right);
    return all;
}

/* A face has one row here: its colours for a dark and for a light background in 256 colours, its
 * colour among the eight, and attributes for terminals with and without colour.
 *
 * The "default" theme uses middle tones that can be read on black and on white, because a
 * terminal's background cannot be known without asking.  Sixteen colours are the eight plus a
 * bright half; there the row's bright bit is used, with eight it becomes bold.  Flags are laid over
 * the face, never instead of it.  Without colours, bold, dim, italic and underline in different
 * mixtures keep the kinds apart; reverse belongs to the cursor. */
#include "tui/face.h"

#include <stdlib.h>

#include "core/arena.h"

#define B ATTR_BOLD
#define D ATTR_DIM
#define U ATTR_UNDERLINE
#define R ATTR_REVERSE
#define I ATTR_ITALIC
#define OWN (-1)
#define BRIGHT 8

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

struct row {
    int16_t any, dark, light; /* of 256, by theme */
    int16_t sixteen;          /* of 16 */
    uint16_t coloured, plain; /* attributes with and without colours */
};

static const struct row rows[FACES] = {
    [FACE_TEXT] = {OWN, OWN, OWN, OWN, 0, 0},
    [FACE_TITLE] = {OWN, OWN, OWN, OWN, 0, 0},
    [FACE_TITLE_FOCUS] = {OWN, OWN, OWN, OWN, B, B},
    [FACE_RULE] = {244, 240, 248, OWN, D, D},
    [FACE_MARGIN] = {OWN, OWN, OWN, OWN, 0, 0},
    [FACE_HEADLINE] = {OWN, OWN, OWN, OWN, B, B},
    [FACE_DATELINE] = {244, 246, 242, OWN, D, D},
    [FACE_PERSON] = {33, 75, 25, BLUE + BRIGHT, 0, B},
    [FACE_ORGANISATION] = {133, 176, 90, MAGENTA, 0, B | U},
    [FACE_PLACE] = {35, 78, 28, GREEN, 0, U},
    [FACE_LAW] = {137, 180, 94, YELLOW, U, I | U},
    [FACE_HANDLE] = {67, 110, 24, CYAN, U, D | U},
    [FACE_DATE] = {37, 80, 30, CYAN, 0, I},
    [FACE_QUOTE] = {136, 187, 58, YELLOW, 0, D | I},
    [FACE_SPEAKER] = {33, 75, 25, BLUE + BRIGHT, B, B | I},
    [FACE_OUTLET] = {67, 110, 24, CYAN, 0, 0},
    [FACE_TAG] = {133, 176, 90, MAGENTA, 0, I},
    [FACE_NOTE] = {172, 214, 130, YELLOW, B, B},
    [FACE_CONFLICT] = {167, 203, 160, RED + BRIGHT, B, B | U},
    [FACE_COUNT] = {244, 246, 242, OWN, D, D},
    [FACE_STRIP] = {67, 110, 24, CYAN, 0, 0},
    [FACE_ADDED] = {35, 78, 28, GREEN, B, B},
    [FACE_REMOVED] = {167, 203, 160, RED, U, U},
    [FACE_FURNITURE] = {244, 242, 246, OWN, D, D},
    [FACE_PROMPT] = {OWN, OWN, OWN, OWN, 0, 0},
    [FACE_MESSAGE] = {OWN, OWN, OWN, OWN, 0, 0},
    [FACE_ERROR] = {167, 203, 160, RED + BRIGHT, B, B},
    [FACE_CARD] = {OWN, OWN, OWN, OWN, 0, 0},
    [FACE_KEY] = {33, 75, 25, BLUE + BRIGHT, B, B},
    [FACE_LABEL1] = {172, 220, 130, YELLOW + BRIGHT, 0, 0},
    [FACE_LABEL2] = {71, 114, 28, GREEN + BRIGHT, 0, I},
    [FACE_LABEL3] = {39, 81, 31, CYAN + BRIGHT, 0, 0},
    [FACE_LABEL4] = {169, 212, 162, MAGENTA + BRIGHT, 0, I},
    [FACE_LABEL5] = {173, 209, 124, RED + BRIGHT, 0, B},
    [FACE_LABEL6] = {99, 147, 55, BLUE + BRIGHT, 0, B | I},
};

#define FACE(ID, name, letter, purpose) {name, letter},
static const struct {
    const char *name;
    char letter;
} names[FACES] = {
#include "tui/face.def"
};
#undef FACE

struct theme {
    struct ink ink[DEPTH_256 + 1][FACES];
    int16_t hit_bg, selected_bg; /* of 256 */
};

const char *face_name(enum face f)
{
    return names[f].name;
}

char face_letter(enum face f)
{
    return names[f].letter;
}

/* ---- colours ---- */

struct rgb {
    int r, g, b;
};

static const struct rgb sixteen[16] = {
    {0, 0, 0},       {205, 0, 0},   {0, 205, 0},   {205, 205, 0},
    {0, 0, 238},     {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
    {127, 127, 127}, {255, 0, 0},   {0, 255, 0},   {255, 255, 0},
    {92, 92, 255},   {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
};

/* xterm's palette: 16 named, a cube of 6 x 6 x 6, 24 greys. */
static struct rgb rgb_of(int colour)
{
    static const int step[6] = {0, 95, 135, 175, 215, 255};
    if (colour < 16)
        return sixteen[colour];
    if (colour >= 232)
        return (struct rgb){(colour - 232) * 10 + 8, (colour - 232) * 10 + 8,
                            (colour - 232) * 10 + 8};
    colour -= 16;
    return (struct rgb){step[colour / 36], step[colour / 6 % 6], step[colour % 6]};
}

static int16_t nearest(struct rgb want, int first, int end)
{
    int best = first;
    long best_distance = -1;
    for (int i = first; i < end; i++) {
        struct rgb c = rgb_of(i);
        long r = c.r - want.r, g = c.g - want.g, b = c.b - want.b;
        long distance = 2 * r * r + 4 * g * g + 3 * b * b;
        if (best_distance < 0 || distance < best_distance)
            best = i, best_distance = distance;
    }
    return (int16_t)best;
}

/* A colour of 256 as one of `depth`. */
static int16_t at_depth(int16_t colour, enum depth depth)
{
    if (colour < 0 || depth == DEPTH_NONE)
        return OWN;
    if (depth == DEPTH_256)
        return colour;
    int16_t of_16 = colour < 16 ? colour : nearest(rgb_of(colour), 0, 16);
    return depth == DEPTH_16 ? of_16 : (int16_t)(of_16 & 7);
}

/* ---- built-in themes ---- */

enum palette { PALETTE_ANY, PALETTE_DARK, PALETTE_LIGHT, PALETTE_NONE };

static struct ink coloured(const struct row *r, enum palette palette, enum depth depth)
{
    int16_t fg = palette == PALETTE_DARK ? r->dark : palette == PALETTE_LIGHT ? r->light : r->any;
    struct ink ink = {.fg = fg, .bg = OWN, .attributes = r->coloured};
    if (depth != DEPTH_256)
        ink.fg = at_depth(r->sixteen, depth);
    else if (fg != OWN)
        ink.attributes &=
            (uint16_t)~D; /* a colour that is pale already: dimmed too it is hard to read */
    if (depth == DEPTH_8 && r->sixteen >= BRIGHT)
        ink.attributes |= B;
    return ink;
}

static void build(struct theme *t, enum palette palette)
{
    static const int16_t hit[] = {221, 136, 228, OWN}, selected[] = {110, 24, 153, OWN};
    t->hit_bg = hit[palette];
    t->selected_bg = selected[palette];
    for (int f = 0; f < FACES; f++)
        for (enum depth d = DEPTH_NONE; d <= DEPTH_256; d++)
            t->ink[d][f] = d == DEPTH_NONE || palette == PALETTE_NONE
                               ? (struct ink){OWN, OWN, rows[f].plain}
                               : coloured(&rows[f], palette, d);
}

bool theme_choose(struct theme *t, struct str name)
{
    static const char *const known[] = {"default", "dark", "light", "none"};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_eq(name, str_of(known[i]))) {
            build(t, (enum palette)i);
            return true;
        }
    return false;
}

struct theme *theme_open(void)
{
    struct theme *t = mem_alloc(sizeof(*t));
    const char *no_color = getenv("NO_COLOR");
    build(t, no_color && *no_color ? PALETTE_NONE : PALETTE_ANY);
    return t;
}

void theme_close(struct theme *t)
{
    free(t);
}

/* ---- :face ---- */

static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    struct str word = {rest->p, n};
    rest->p += n;
    rest->n -= n;
    return word;
}

static bool number_of(struct str digits, int base, int *out)
{
    int v = 0;
    for (size_t i = 0; i < digits.n; i++) {
        char c = digits.p[i];
        int d = c >= '0' && c <= '9'                 ? c - '0'
                : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                     : 99;
        if (d >= base || i > 5)
            return false;
        v = v * base + d;
    }
    *out = v;
    return digits.n > 0;
}

/* "green", "bright-green", "default", 0 to 255, "#rrggbb". */
static bool colour_of(struct str word, int16_t *out)
{
    static const char *const colours[] = {"black", "red",     "green", "yellow",
                                          "blue",  "magenta", "cyan",  "white"};
    struct str bright = STR("bright-");
    int16_t plus = 0;
    int v;
    if (str_eq(word, STR("default")))
        return *out = OWN, true;
    if (word.n == 7 && word.p[0] == '#' && number_of(str_from(word.p + 1, 6), 16, &v))
        return *out = nearest((struct rgb){v >> 16, v >> 8 & 255, v & 255}, 16, 256), true;
    if (number_of(word, 10, &v))
        return *out = (int16_t)v, v <= 255;
    if (str_starts(word, bright)) {
        word = str_from(word.p + bright.n, word.n - bright.n);
        plus = BRIGHT;
    }
    for (size_t i = 0; i < COUNT_OF(colours); i++)
        if (str_eq(word, str_of(colours[i])))
            return *out = (int16_t)(plus + (int16_t)i), true;
    return false;
}

static bool attribute_of(struct str word, uint16_t *attributes)
{
    static const struct {
        const char *name;
        uint16_t bit;
    } known[] = {{"bold", B},    {"dim", D},    {"underline", U},
                 {"reverse", R}, {"italic", I}, {"plain", 0}};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_eq(word, str_of(known[i].name))) {
            *attributes |= known[i].bit;
            return true;
        }
    return false;
}

static const char *read_spec(struct str spec, struct ink *ink)
{
    for (struct str word = next_word(&spec); word.n; word = next_word(&spec)) {
        struct str colour = {word.p + 3, word.n > 3 ? word.n - 3 : 0};
        if (str_starts(word, STR("fg=")) || str_starts(word, STR("bg="))) {
            if (!colour_of(colour, word.p[0] == 'f' ? &ink->fg : &ink->bg))
                return "no such colour: black red green yellow blue magenta cyan white, each with "
                       "bright- before it, default, 0 to 255, #rrggbb";
        } else if (!attribute_of(word, &ink->attributes)) {
            return "a face is made of: bold dim italic underline reverse plain fg=COLOUR bg=COLOUR";
        }
    }
    return NULL;
}

const char *theme_set_face(struct theme *t, struct str face, struct str spec)
{
    int f = 0;
    while (f < FACES && !str_eq(face, str_of(names[f].name)))
        f++;
    if (f == FACES)
        return "no such face";
    struct ink ink = {OWN, OWN, 0};
    if (str_trim(spec).n == 0)
        return "a face is made of: bold dim italic underline reverse plain fg=COLOUR bg=COLOUR";
    const char *wrong = read_spec(spec, &ink);
    if (wrong)
        return wrong;
    for (enum depth d = DEPTH_NONE; d <= DEPTH_256; d++)
        t->ink[d][f] = (struct ink){at_depth(ink.fg, d), at_depth(ink.bg, d), ink.attributes};
    return NULL;
}

/* ---- looks ---- */

/* Black on a colour that stays visible in any theme; without colours, reverse and an underline. */
static void lay_over(struct ink *ink, int16_t bg, enum depth depth, int16_t of_8, uint16_t without)
{
    if (depth == DEPTH_NONE || bg < 0) {
        ink->attributes |= without;
        return;
    }
    ink->bg = depth == DEPTH_256 ? bg : of_8;
    ink->fg = depth == DEPTH_256 && bg == 24 ? 231 : BLACK;
}

struct ink theme_ink(const struct theme *t, enum depth depth, struct look look)
{
    struct ink ink = t->ink[depth][look.face < FACES ? look.face : FACE_TEXT];
    if (look.flags & LOOK_BOLD)
        ink.attributes |= B;
    if (look.flags & LOOK_DIM)
        ink.attributes = (uint16_t)((ink.attributes | D) & ~B);
    if (look.flags & LOOK_NOTED)
        ink.attributes |= U;
    if (look.flags & LOOK_HIT)
        lay_over(&ink, t->hit_bg, depth, YELLOW, R | U);
    if (look.flags & LOOK_SELECTED)
        lay_over(&ink, t->selected_bg, depth, CYAN, R);
    if (look.flags & LOOK_CURSOR)
        ink.attributes ^= R;
    return ink;
}

/* Does a full stop end a sentence?
 *
 * News prose settles it from the word before and the word behind: "Mr." never ends one, "U.S."
 * and "Inc." end one only when a word follows that can hardly be part of a name ("The", "He"),
 * "No." in front of a digit does not, a small letter behind means the sentence goes on.  A
 * question or exclamation inside quotation marks goes on when a cue follows: "Why?" Voss asked.
 * A trained model was not worth its table: what these lists miss is mostly undecidable. */
#include "core/sentence_parts.h"

#include "core/cue_words.h"
#include "core/text.h"

#define CUE_WINDOW 5 /* words between a closing mark and the verb of saying */

static const char *const titles[] = {
    "adm", "amb", "atty", "brig", "capt", "cmdr", "cmsgt", "col",  "cpl", "cpt",    "det",
    "dr",  "fr",  "ft",   "gen",  "gov",  "hon",  "insp",  "lt",   "maj", "messrs", "mme",
    "mr",  "mrs", "ms",   "mt",   "mx",   "pfc",  "pres",  "prof", "pvt", "rep",    "reps",
    "rev", "sen", "sens", "sgt",  "spc",  "st",   "ste",   "supt", "v",   "vs",
};

static const char *const abbreviations[] = {
    "ala",   "approx", "apr",  "ariz", "ark",  "assn", "assoc", "aug",  "ave",  "blvd", "bros",
    "calif", "cf",     "co",   "colo", "conn", "corp", "ct",    "dec",  "del",  "dept", "dist",
    "ed",    "esq",    "est",  "etc",  "feb",  "fla",  "ga",    "hwy",  "ill",  "inc",  "ind",
    "jan",   "jr",     "kan",  "ky",   "la",   "llc",  "ltd",   "mar",  "mass", "md",   "mich",
    "minn",  "miss",   "mo",   "mont", "mss",  "neb",  "nev",   "no",   "nos",  "nov",  "oct",
    "okla",  "op",     "ore",  "pa",   "pp",   "rd",   "sec",   "sep",  "sept",  "sq",   "sr",
    "tenn",  "tex",    "univ", "va",   "vt",   "wash", "wis",   "wyo",
};

/* Words that begin sentences and hardly ever the second part of a name. */
static const char *const starters[] = {
    "a",     "after",   "all",     "also",    "although",  "an",      "and",   "another", "as",
    "asked", "at",      "because", "before",  "both",      "but",     "by",    "despite", "during",
    "each",  "earlier", "even",    "every",   "few",       "for",     "from",  "he",      "her",
    "here",  "his",     "how",     "however", "i",         "if",      "in",    "instead", "it",
    "its",   "last",    "later",   "many",    "meanwhile", "most",    "my",    "neither", "no",
    "none",  "nor",     "not",     "now",     "on",        "one",     "only",  "or",      "other",
    "our",   "she",     "since",   "so",      "some",      "still",   "such",  "that",    "the",
    "their", "then",    "there",   "these",   "they",      "this",    "those", "though",  "through",
    "to",    "two",     "under",   "until",   "we",        "what",    "when",  "where",   "whether",
    "which", "while",   "who",     "why",     "with",      "without", "yet",   "you",     "your",
};

static int by_name(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

/* `word` without regard to ASCII case in a sorted table. */
static bool listed(struct str word, const char *const *table, size_t n)
{
    char low[12];
    if (word.n == 0 || word.n >= sizeof(low))
        return false;
    for (size_t i = 0; i < word.n; i++)
        low[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
    low[word.n] = '\0';
    return bsearch(low, table, n, sizeof(*table), by_name) != NULL;
}

static bool ascii_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool letter_byte(char c)
{
    return ascii_letter(c) || (c & 0x80);
}

size_t closers_at(struct str t, size_t at)
{
    static const struct str marks[] = {
        {"\"", 1},
        {"'", 1},
        {")", 1},
        {"]", 1},
        {"\xe2\x80\x9d", 3},
        {"\xe2\x80\x99", 3},
        {"\xc2\xbb", 2},
        {"\xe2\x80\xba", 3},
        {"\xe2\x80\x9c", 3},
        {"\xe2\x80\x98", 3},
        {" \xc2\xbb", 3},
        {"\xc2\xa0\xc2\xbb", 4},
        {"*", 1},
    };
    size_t i = at;
    for (bool more = true; more && i < t.n;) {
        more = false;
        for (size_t m = 0; m < COUNT_OF(marks) && !more; m++)
            if (str_starts(str_from(t.p + i, t.n - i), marks[m]))
                i += marks[m].n, more = true;
    }
    /* The last mark opens when a letter is glued to it: `gone."Then`. */
    if (i > at && i < t.n && letter_byte(t.p[i]) && t.p[i - 1] != ')' && t.p[i - 1] != ']')
        while (i > at && (t.p[--i] & 0xc0) == 0x80)
            ;
    return i - at;
}

size_t opener_at(struct str t, size_t at)
{
    static const struct str marks[] = {
        {"\"", 1},
        {"'", 1},
        {"(", 1},
        {"[", 1},
        {"\xe2\x80\x9c", 3},
        {"\xe2\x80\x98", 3},
        {"\xc2\xab", 2},
        {"\xe2\x80\xb9", 3},
        {"\xe2\x80\x9e", 3},
        {"\xe2\x80\x9a", 3},
        {"\xe2\x80\x94", 3},
        {"\xe2\x80\x93", 3},
        {"`", 1},
        {"-", 1},
        {"\xe2\x80\x9d", 3},
        {"*", 1},
        {"\xe2\x80\x99", 3},
    };
    for (size_t m = 0; m < COUNT_OF(marks); m++)
        if (str_starts(str_from(t.p + at, t.n - at), marks[m]))
            return marks[m].n;
    return 0;
}

/* The word that ends at `end`, full stops inside it included: "U.S", "Inc", "3". */
static struct str word_before(struct str t, size_t end)
{
    size_t b = end;
    while (
        b > 0 && end - b < 24 &&
        (letter_byte(t.p[b - 1]) || t.p[b - 1] == '.' || (t.p[b - 1] >= '0' && t.p[b - 1] <= '9')))
        b--;
    while (b < end && (t.p[b] == '.' || (t.p[b] & 0xc0) == 0x80 ||
                       (unsigned char)t.p[b] == 0xe2)) /* general punctuation, never a letter */
        b++;
    return str_from(t.p + b, end - b);
}

static struct str word_at(struct str t, size_t at)
{
    size_t e = at;
    while (e < t.n && letter_byte(t.p[e]) && (unsigned char)t.p[e] != 0xe2)
        e++;
    return str_from(t.p + at, e - at);
}

static size_t skip_blanks(struct str t, size_t i)
{
    while (i < t.n) {
        const char *next;
        if (!char_is_blank(utf8_decode(t.p + i, &next)))
            break;
        i = (size_t)(next - t.p);
    }
    return i;
}

/* The first byte behind blanks and opening marks from `i`. */
static size_t first_of_next(struct str t, size_t i)
{
    for (size_t n; (i = skip_blanks(t, i)) < t.n && (n = opener_at(t, i));)
        i += n;
    return i;
}

/* "Inc." and its like: whether the stop also ends the sentence. */
static bool abbreviation_ends(struct str t, struct str word, size_t next, bool quote_opens)
{
    bool digit = t.p[next] >= '0' && t.p[next] <= '9';
    bool dotted = memchr(word.p, '.', word.n) != NULL;
    bool initial = word.n == 1 && word.p[0] >= 'A' && word.p[0] <= 'Z' && word.p[0] != 'I';
    if (dotted || initial) {
        if (dotted && (word.p[word.n - 1] == 'm')) /* a.m., p.m. */
            return !digit;
        return quote_opens || listed(word_at(t, next), starters, COUNT_OF(starters));
    }
    if (listed(word, titles, COUNT_OF(titles)) && word.p[0] >= 'A' && word.p[0] <= 'Z')
        return false;
    if (word.n <= 2 && (word.p[0] | 32) == 'v') /* "Voss v. Harbour Board" */
        return false;
    if (!listed(word, abbreviations, COUNT_OF(abbreviations)))
        return true;
    if (word.p[0] >= 'a' && !str_eq(word, STR("etc"))) /* "no", "ill", "miss" are words */
        return !digit;
    return !digit && (quote_opens || listed(word_at(t, next), starters, COUNT_OF(starters)));
}

/* `behind` is what follows a closing mark: do at most CUE_WINDOW words lead to a verb of saying,
 * all of them names?  "Voss asked", "asked Voss" begin with capital or cue. */
static bool cue_follows(struct str t, size_t i)
{
    for (int words = 0; words < CUE_WINDOW; words++) {
        struct str w = word_at(t, i);
        if (!w.n)
            return false;
        if (cue_of_word(w) & CUE_SAY)
            return w.p[0] >= 'a';
        if (words == 0 && listed(w, starters, COUNT_OF(starters)) && !str_eq(w, STR("He")) &&
            !str_eq(w, STR("She")) && !str_eq(w, STR("The")) && !str_eq(w, STR("I")) &&
            !str_eq(w, STR("They")))
            return false;
        i = skip_blanks(t, i + w.n);
    }
    return false;
}

/* A stop with no blank behind it: `gone.Then` is a lost blank, `web.site`, `3.5` are not. */
static bool glued_ends(struct str t, size_t stop, size_t closed)
{
    struct str before = word_before(t, stop), after = word_at(t, closed);
    if (opener_at(t, closed))
        after = word_at(t, closed + opener_at(t, closed));
    return before.n > 1 && before.p[before.n - 1] >= 'a' && before.p[before.n - 1] <= 'z' &&
           after.n > 1 && after.p[0] >= 'A' && after.p[0] <= 'Z' && after.p[1] >= 'a' &&
           !memchr(before.p, '.', before.n) && after.p + after.n < t.p + t.n &&
           strchr(" ,'", after.p[after.n]);
}

bool stop_ends_sentence(struct str t, size_t stop, size_t after, size_t closed)
{
    size_t gap = skip_blanks(t, closed), next = first_of_next(t, closed);
    if (gap >= t.n || next >= t.n)
        return true;
    if (gap == closed)
        return glued_ends(t, stop, closed);
    const char *past;
    uint32_t c = utf8_decode(t.p + next, &past);
    if (char_is_letter(c) && !char_is_upper(c) && c < 0x250)
        return false;
    if (c == ',' || c == ';' || c == ':' || c == ')' || c == ']')
        return false;
    char last = t.p[after - 1]; /* of … it is the last byte */
    bool question = last == '?' || last == '!' || (last & 0x80) || after > stop + 2;
    if (question && closed > after && next == gap && cue_follows(t, next))
        return false;
    if (t.p[stop] != '.' || after > stop + 1 || closed > after)
        return true;
    struct str word = word_before(t, stop);
    return !word.n || abbreviation_ends(t, word, next, next > gap && t.p[gap] != '(');
}

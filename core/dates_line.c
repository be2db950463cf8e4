/* Text to a line of classes.  One pass over the bytes; a word is folded to small ASCII letters on
 * the way and looked up by its hash, which costs less than any pattern over the letters would.
 * Numbers are told apart by their shape alone ("1990s", "10:30", "3rd", "8/3/23"); what they mean
 * is for the rules to say.  Letters beyond ASCII belong to words and are never looked up: a
 * language whose months need them folds them in its table's reader first. */
#include "core/dates.h"

#define WORD_BYTES_MAX 15

/* ---- words ---- */

struct word_row {
    char text[WORD_BYTES_MAX + 1];
    uint32_t hash;
    int16_t class;
    int16_t used;
    int32_t value;
};

struct date_words {
    struct word_row *rows;
    size_t n, cap; /* cap: a power of two, at least twice n */
};

#define HASH_START      2166136261u
#define HASH_STEP(h, c) (((h) ^ (unsigned char)(c)) * 16777619u)

struct date_words *date_words_new(void)
{
    struct date_words *w = mem_alloc(sizeof(*w));
    *w = (struct date_words){.cap = 2048};
    w->rows = mem_alloc(w->cap * sizeof(*w->rows));
    memset(w->rows, 0, w->cap * sizeof(*w->rows));
    return w;
}

static struct word_row *row_of(const struct date_words *w, const char *p, size_t n, uint32_t hash)
{
    size_t i = (hash ^ hash >> 15) & (w->cap - 1);
    for (;; i = (i + 1) & (w->cap - 1)) {
        struct word_row *row = &w->rows[i];
        if (!row->used)
            return row;
        if (row->hash == hash && memcmp(row->text, p, n) == 0 && row->text[n] == '\0')
            return row;
    }
}

static uint32_t hash_of(struct str word)
{
    uint32_t h = HASH_START;
    for (size_t i = 0; i < word.n; i++)
        h = HASH_STEP(h, word.p[i]);
    return h;
}

void date_words_add(struct date_words *w, struct str word, int class, int value)
{
    uint32_t hash = hash_of(word);
    struct word_row *row = row_of(w, word.p, word.n, hash);
    if (row->used || word.n > WORD_BYTES_MAX || w->n * 2 >= w->cap)
        return;
    memcpy(row->text, word.p, word.n);
    row->hash = hash, row->class = (int16_t) class, row->value = value, row->used = 1;
    w->n++;
}

int date_words_find(const struct date_words *w, struct str word, int *value)
{
    if (word.n > WORD_BYTES_MAX)
        return -1;
    const struct word_row *row = row_of(w, word.p, word.n, hash_of(word));
    *value = row->value;
    return row->used ? row->class : -1;
}

/* ---- reading ---- */

enum byte_kind { BYTE_MARK, BYTE_LETTER, BYTE_DIGIT, BYTE_BLANK, BYTE_LINE, BYTE_HIGH, BYTE_APOS };

static const uint8_t byte_kinds[256] = {
    ['\t'] = BYTE_BLANK,         ['\n'] = BYTE_LINE,         ['\v'] = BYTE_BLANK,
    ['\f'] = BYTE_BLANK,         ['\r'] = BYTE_BLANK,        [' '] = BYTE_BLANK,
    ['\''] = BYTE_APOS,          ['0' ... '9'] = BYTE_DIGIT, ['A' ... 'Z'] = BYTE_LETTER,
    ['a' ... 'z'] = BYTE_LETTER, [128 ... 255] = BYTE_HIGH,
};

struct reading {
    struct date_line *line;
    const struct date_words *words;
    struct str text;
    size_t at;
};

static enum byte_kind kind_at(const struct reading *r, size_t at)
{
    return at < r->text.n ? byte_kinds[(unsigned char)r->text.p[at]] : BYTE_BLANK;
}

static char char_at(const struct reading *r, size_t at)
{
    return at < r->text.n ? r->text.p[at] : '\0';
}

static void emit(struct reading *r, int class, size_t begin, size_t end, int value, int extra)
{
    struct date_token t = {(uint32_t)begin, (uint32_t)end, value, extra};
    vec_push(&r->line->tokens, t);
    vec_push(&r->line->classes, (char)class);
    r->at = end;
}

/* General punctuation, U+2000..U+203F, is E2 80 xx; 0 for anything else. */
static unsigned char punctuation_at(const struct reading *r, size_t at)
{
    if (at + 2 < r->text.n && (unsigned char)r->text.p[at] == 0xe2 &&
        (unsigned char)r->text.p[at + 1] == 0x80)
        return (unsigned char)r->text.p[at + 2];
    return 0;
}

/* A curly or straight apostrophe at `at`: its bytes, or 0. */
static size_t apostrophe_at(const struct reading *r, size_t at)
{
    if (char_at(r, at) == '\'')
        return 1;
    unsigned char u = punctuation_at(r, at);
    return u == 0x98 || u == 0x99 ? 3 : 0;
}

/* Of a byte that is not ASCII. */
static bool is_high_word_byte(const struct reading *r, size_t at)
{
    bool no_break =
        (unsigned char)r->text.p[at] == 0xc2 && (unsigned char)char_at(r, at + 1) == 0xa0;
    return !punctuation_at(r, at) && !no_break;
}

static inline bool is_word_byte(const struct reading *r, size_t at)
{
    enum byte_kind k = kind_at(r, at);
    return k == BYTE_LETTER || k == BYTE_DIGIT || (k == BYTE_HIGH && is_high_word_byte(r, at));
}

/* "a.m.", "p.m.", "B.C.", "A.D.", "B.C.E.": letters parted by dots, of which the words' table knows
 * the letters joined.  The bytes they take, or 0. */
static size_t dotted_at(const struct reading *r, size_t at, char letters[4], size_t *n)
{
    size_t i = at;
    *n = 0;
    while (*n < 4 && kind_at(r, i) == BYTE_LETTER && char_at(r, i + 1) == '.') {
        letters[(*n)++] = (char)(char_at(r, i) | 32);
        i += 2;
    }
    if (*n == 1 && kind_at(r, i) == BYTE_LETTER && !is_word_byte(r, i + 1)) {
        letters[(*n)++] = (char)(char_at(r, i) | 32); /* "p.m" */
        i++;
    }
    return *n >= 2 && !is_word_byte(r, i) ? i - at : 0;
}

static bool read_dotted(struct reading *r)
{
    char letters[4];
    size_t n;
    size_t bytes = char_at(r, r->at + 1) == '.' ? dotted_at(r, r->at, letters, &n) : 0;
    if (!bytes)
        return false;
    int value, class = date_words_find(r->words, str_from(letters, n), &value);
    if (class != CLASS_AMPM && class != CLASS_ERA && class != CLASS_ZONE)
        return false;
    emit(r, class, r->at, r->at + bytes, value, 0);
    return true;
}

/* Words whose capital decides: "May", "March", "Sun" and "may", "march", "sun". */
static int class_by_case(int class, int value, bool capital)
{
    switch (class) {
    case CLASS_MONTH:
    case CLASS_MONTH_ABBR:
    case CLASS_WEEKDAY:
    case CLASS_WEEKDAYS:
    case CLASS_WEEKDAY_ABBR:
    case CLASS_ZONE:
    case CLASS_HOLIDAY:
    case CLASS_HOLIDAY_NAME:
    case CLASS_CAPITAL: /* titles that are cut short */
        return capital ? class : CLASS_WORD;
    case CLASS_MONTH_MAYBE:
        return capital ? class : value == 5 ? CLASS_FUTURE_VERB : CLASS_WORD;
    default:
        return class;
    }
}

static int class_of_unknown(struct str word, bool capital)
{
    if (capital)
        return CLASS_CAPITAL;
    return word.n > 4 && str_ends(word, STR("ed")) ? CLASS_PAST_VERB : CLASS_WORD;
}

/* An address is one word, whatever dates its path holds. */
static bool read_address(struct reading *r)
{
    struct str rest = str_from(r->text.p + r->at, r->text.n - r->at);
    if (!str_starts(rest, STR("http://")) && !str_starts(rest, STR("https://")) &&
        !str_starts(rest, STR("www.")))
        return false;
    size_t end = r->at;
    while (end < r->text.n && kind_at(r, end) != BYTE_BLANK && kind_at(r, end) != BYTE_LINE)
        end++;
    emit(r, CLASS_WORD, r->at, end, 0, 0);
    return true;
}

/* Letters, with what follows an apostrophe as a word of its own: "year" "'s", "he" "'ll". */
static void read_word(struct reading *r)
{
    char first = char_at(r, r->at);
    if (read_dotted(r) || ((first == 'h' || first == 'w') && read_address(r)))
        return;
    char folded[WORD_BYTES_MAX + 4];
    size_t n = 0, begin = r->at, i = begin + apostrophe_at(r, begin);
    uint32_t hash = HASH_START;
    if (i > begin)
        folded[n++] = '\'', hash = HASH_STEP(hash, '\'');
    bool capital = char_at(r, i) >= 'A' && char_at(r, i) <= 'Z';
    for (; is_word_byte(r, i); i++) {
        char c = r->text.p[i];
        if (c >= 'A' && c <= 'Z')
            c |= 32;
        hash = HASH_STEP(hash, c);
        if (n <= WORD_BYTES_MAX)
            folded[n++] = c;
    }
    const struct word_row *row = n <= WORD_BYTES_MAX ? row_of(r->words, folded, n, hash) : NULL;
    if (row && row->used)
        emit(r, class_by_case(row->class, row->value, capital), begin, i, row->value, capital);
    else
        emit(r, class_of_unknown(str_from(folded, n), capital), begin, i, 0, capital);
}

/* ---- numbers ---- */

/* Digits at `at`, at most nine of them counted into *value; how many there are. */
static size_t digits_at(const struct reading *r, size_t at, int *value)
{
    size_t n = 0;
    *value = 0;
    for (; kind_at(r, at + n) == BYTE_DIGIT; n++)
        if (n < 9)
            *value = *value * 10 + (r->text.p[at + n] - '0');
    return n;
}

static bool read_clock(struct reading *r, size_t n, int hour)
{
    int minute, second;
    size_t end = r->at + n;
    if (n > 2 || char_at(r, end) != ':' || digits_at(r, end + 1, &minute) != 2)
        return false;
    end += 3;
    if (char_at(r, end) == ':' && digits_at(r, end + 1, &second) == 2)
        end += 3;
    if (hour > 24 || minute > 59 || kind_at(r, end) == BYTE_DIGIT)
        return false;
    emit(r, CLASS_CLOCK, r->at, end, hour, minute);
    return true;
}

/* What stands behind a date in numbers, "T10:30:00Z", is its time, or belongs to no other date. */
static void read_iso_time(struct reading *r)
{
    int hour;
    size_t n = digits_at(r, ++r->at, &hour);
    bool clock = read_clock(r, n, hour);
    while (is_word_byte(r, r->at) ||
           ((char_at(r, r->at) == ':' || char_at(r, r->at) == '+' || char_at(r, r->at) == '.') &&
            is_word_byte(r, r->at + 1)))
        r->at++;
    if (clock)
        r->line->tokens.v[r->line->tokens.n - 1].end = (uint32_t)r->at;
}

/* Three numbers with the same mark between: "8/3/23", "2023-08-03", "03.08.2023". */
static bool read_numeric(struct reading *r, size_t n)
{
    int ignored;
    size_t at = r->at + n;
    char mark = char_at(r, at);
    if (n > 4 || (mark != '/' && mark != '-' && mark != '.'))
        return false;
    size_t second = digits_at(r, at + 1, &ignored);
    at += 1 + second;
    if (second < 1 || second > 2 || char_at(r, at) != mark)
        return false;
    size_t third = digits_at(r, at + 1, &ignored);
    size_t end = at + 1 + third;
    bool shape = (n == 4 && third <= 2) || (n <= 2 && (third == 4 || (third == 2 && mark == '/')));
    char behind = char_at(r, end);
    if (!shape || third < 1 || (behind == mark && kind_at(r, end + 1) == BYTE_DIGIT) ||
        (kind_at(r, end) == BYTE_LETTER && !(behind == 'T' && kind_at(r, end + 1) == BYTE_DIGIT)))
        return false;
    emit(r, CLASS_NUMERIC, r->at, end, 0, 0);
    if (kind_at(r, end) == BYTE_LETTER)
        read_iso_time(r);
    return true;
}

static bool read_fraction(struct reading *r, size_t n, int value)
{
    int under;
    size_t end = r->at + n + 1;
    if (n > 2 || char_at(r, end - 1) != '/')
        return false;
    size_t m = digits_at(r, end, &under);
    if (m < 1 || m > 2 || char_at(r, end + m) == '/')
        return false;
    emit(r, CLASS_FRACTION, r->at, end + m, value, under);
    return true;
}

/* "1,500", "2.5": `extra` holds tenths. */
static bool read_grouped(struct reading *r, size_t n, int value)
{
    size_t end = r->at + n;
    int part, tenths = 0;
    while (char_at(r, end) == ',' && digits_at(r, end + 1, &part) == 3) {
        value = value < 1000000 ? value * 1000 + part : value;
        end += 4;
    }
    if (char_at(r, end) == '.' && kind_at(r, end + 1) == BYTE_DIGIT) {
        end += 1 + digits_at(r, end + 1, &part);
        tenths = r->text.p[r->at + n + 1] - '0';
    }
    if (end == r->at + n)
        return false;
    emit(r, CLASS_NUMBER, r->at, end, value, tenths);
    return true;
}

/* "3rd", "1990s", "90's": a number with its ending, as one. */
static bool read_suffixed(struct reading *r, size_t n, int value)
{
    size_t end = r->at + n;
    size_t apos = apostrophe_at(r, end);
    char a = (char)(char_at(r, end + apos) | 32), b = (char)(char_at(r, end + apos + 1) | 32);
    if (a == 's' && !is_word_byte(r, end + apos + 1) && value % 10 == 0 && (n == 4 || n == 2)) {
        emit(r, CLASS_DECADE, r->at, end + apos + 1, value, 0);
        return true;
    }
    bool ordinal = (a == 's' && b == 't') || (a == 'n' && b == 'd') || (a == 'r' && b == 'd') ||
                   (a == 't' && b == 'h');
    if (apos || !ordinal || is_word_byte(r, end + 2))
        return false;
    emit(r, value >= 1 && value <= 31 ? CLASS_ORDINAL_DAY : CLASS_ORDINAL, r->at, end + 2, value,
         0);
    return true;
}

/* Whether a zone that makes a time of any number ("GMT") stands at `at`. */
static bool is_zone_at(const struct reading *r, size_t at)
{
    char zone[4];
    size_t n = 0;
    for (; n < 4 && kind_at(r, at + n) == BYTE_LETTER; n++)
        zone[n] = (char)(char_at(r, at + n) | 32);
    int known = 0;
    return date_words_find(r->words, str_from(zone, n), &known) == CLASS_ZONE && known &&
           !is_word_byte(r, at + n);
}

/* "1430 GMT", "0930 hours", which have no colon. */
static bool read_ships_time(struct reading *r, size_t n, int value)
{
    size_t end = r->at + n;
    struct str rest = str_from(r->text.p + end, r->text.n - end);
    bool hours = value < 1000 && str_starts(rest, STR(" hours"));
    if (n != 4 || value >= 2460 || value % 100 > 59 || char_at(r, end) != ' ' ||
        (!hours && !is_zone_at(r, end + 1)))
        return false;
    emit(r, CLASS_CLOCK, r->at, hours ? end + 6 : end, value / 100, value % 100);
    return true;
}

/* "20.00 GMT" */
static bool read_dotted_time(struct reading *r, size_t n, int hour)
{
    int minute;
    size_t end = r->at + n + 3;
    if (n > 2 || hour > 24 || char_at(r, r->at + n) != '.' ||
        digits_at(r, r->at + n + 1, &minute) != 2 || minute > 59 || char_at(r, end) != ' ' ||
        !is_zone_at(r, end + 1))
        return false;
    emit(r, CLASS_CLOCK, r->at, end, hour, minute);
    return true;
}

static int class_of_number(size_t n, int value)
{
    if (n <= 2)
        return value >= 1 && value <= 31 ? CLASS_DAY : CLASS_TWO;
    return n == 4 && value >= 1000 && value < 2200 ? CLASS_YEAR : CLASS_NUMBER;
}

static void read_number(struct reading *r)
{
    int value;
    size_t n = digits_at(r, r->at, &value);
    if (read_clock(r, n, value) || read_numeric(r, n) || read_fraction(r, n, value) ||
        read_dotted_time(r, n, value) || read_grouped(r, n, value) || read_suffixed(r, n, value) ||
        read_ships_time(r, n, value))
        return;
    emit(r, class_of_number(n, value), r->at, r->at + n, value, 0);
}

/* ---- marks ---- */

static int class_of_mark(char c)
{
    switch (c) {
    case '.':
    case '!':
    case '?':
        return CLASS_DOT;
    case ',':
        return CLASS_COMMA;
    case '-':
        return CLASS_HYPHEN;
    case '/':
        return CLASS_SLASH;
    case ':':
        return CLASS_COLON;
    case '$':
    case '#':
        return CLASS_MONEY;
    case '%':
        return CLASS_PERCENT;
    case '(':
    case '[':
        return CLASS_OPEN;
    case ')':
    case ']':
        return CLASS_CLOSE;
    default:
        return CLASS_MARK;
    }
}

/* The full stop of "Mr.", of an initial, and of "Corp." and "vs." in front of small letters or a
 * comma ends nothing. */
static bool is_stop_of_name(const struct reading *r)
{
    size_t n = r->line->classes.n, next = r->at + 1;
    if (char_at(r, r->at) != '.' || !n || r->line->tokens.v[n - 1].end != r->at)
        return false;
    const struct date_token *before = &r->line->tokens.v[n - 1];
    if (before->value == CUT_SHORT)
        return true;
    if (r->line->classes.v[n - 1] != CLASS_CAPITAL)
        return false;
    while (char_at(r, next) == ' ')
        next++;
    char c = char_at(r, next);
    return before->end - before->begin == 1 || c == ',' || (c >= 'a' && c <= 'z');
}

static void read_mark(struct reading *r)
{
    char c = r->text.p[r->at];
    if (is_stop_of_name(r)) {
        r->at++;
        return;
    }
    size_t end = r->at + 1;
    while (c == '-' && char_at(r, end) == '-')
        end++;
    emit(r, end - r->at > 1 ? CLASS_MARK : class_of_mark(c), r->at, end, 0, 0);
}

/* An apostrophe joins to the letters behind it when a letter stands before it. */
static void read_apostrophe(struct reading *r, size_t bytes)
{
    bool inside =
        r->at > 0 && is_word_byte(r, r->at - 1) && kind_at(r, r->at + bytes) == BYTE_LETTER;
    if (inside)
        read_word(r);
    else
        emit(r, CLASS_APOS, r->at, r->at + bytes, 0, 0);
}

static void read_high(struct reading *r)
{
    unsigned char u = punctuation_at(r, r->at);
    if (u == 0x98 || u == 0x99)
        read_apostrophe(r, 3);
    else if (u == 0x90 || u == 0x91 || u == 0x92 || u == 0x93)
        emit(r, CLASS_HYPHEN, r->at, r->at + 3, 0, 0);
    else if (u >= 0x80 && u <= 0x8f)
        r->at += 3; /* blanks and controls */
    else if (u)
        emit(r, CLASS_MARK, r->at, r->at + 3, 0, 0);
    else if (!is_word_byte(r, r->at))
        r->at += 2; /* no-break space */
    else
        read_word(r);
}

/* An empty line ends a paragraph; a single line end may be a wrap and says nothing. */
static void read_line_end(struct reading *r)
{
    size_t i = r->at + 1;
    while (kind_at(r, i) == BYTE_BLANK && i < r->text.n)
        i++;
    if (kind_at(r, i) == BYTE_LINE)
        emit(r, CLASS_BREAK, r->at, i, 0, 0);
    else
        r->at++;
}

void date_line_read(struct date_line *line, const struct date_words *words, struct str text)
{
    vec_clear(&line->classes);
    vec_clear(&line->tokens);
    struct reading r = {line, words, text, 0};
    while (r.at < text.n) {
        switch (kind_at(&r, r.at)) {
        case BYTE_BLANK:
            r.at++;
            break;
        case BYTE_LINE:
            read_line_end(&r);
            break;
        case BYTE_LETTER:
            read_word(&r);
            break;
        case BYTE_DIGIT:
            read_number(&r);
            break;
        case BYTE_HIGH:
            read_high(&r);
            break;
        case BYTE_APOS:
            read_apostrophe(&r, 1);
            break;
        case BYTE_MARK:
            read_mark(&r);
            break;
        }
    }
}

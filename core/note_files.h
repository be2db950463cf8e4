/* note_files: notes taken out of the program and in again, as data.
 *
 * What other programs wrote is read by corpus/ (corpus/note_reader.c); here is what it hands over,
 * how it finds its place in the case, and how a citation is proven against the articles. */
#ifndef CORE_NOTE_FILES_H
#define CORE_NOTE_FILES_H

#include "core/notes.h"

/* A note as a file tells it: its note has words and addresses and an anchor without a place. */
struct note_read {
    struct note note;
    bool has_place;
    uint64_t first_char, last_char; /* code points of the article's text, half-open */
};

/* A citation as a file tells it. */
struct citation {
    struct str path, url;    /* what names the article; either may be empty */
    struct article_key key;  /* or its text */
    bool has_place, in_chars;
    uint64_t begin, end;     /* bytes, or code points */
    struct str text;         /* what is said to stand there */
    uint32_t line;           /* of the file, or the number of the annotation, from 1 */
};

/* How files of notes are read: corpus/note_reader.c implements it, the front doors introduce it.
 * Results live in `a`; *why is a sentence. */
struct note_reader {
    enum status (*notes)(const char *path, struct arena *a, struct note_read **v, size_t *n,
                         const char **why);
    enum status (*citations)(const char *path, struct arena *a, struct citation **v, size_t *n,
                             const char **why);
};

/* ---- in ---- */

struct import_counts {
    uint32_t state[4];  /* by enum note_state */
    uint32_t known;     /* were here already, by their UUIDs */
    uint32_t elsewhere; /* of no article of this case: not taken */
};

/* Adds them together, or none.  Those found surely get an anchor of their own on the text as it is;
 * others keep the one they came with. */
enum status notes_import(struct notes *n, const struct dossier *d, struct note_read *v,
                         size_t count, struct import_counts *out, const char **why);

/* ---- proof ---- */

enum proof {
    PROOF_SAME,    /* the words stand there */
    PROOF_MOVED,   /* they stand in the article, elsewhere */
    PROOF_ALTERED, /* they do not stand in the article */
    PROOF_ABSENT,  /* there is no such article in the case */
};
const char *proof_name(enum proof p); /* "same", "moved", "altered", "absent" */

struct proven {
    article_id article; /* none: absent */
    enum proof proof;
};

/* Do the words of each stand where it says?  Runs of white space count as one blank, controls as
 * their pictures.  A citation without a place must stand somewhere in its article. */
void citations_prove(const struct notes *n, const struct dossier *d, const struct citation *v,
                     size_t count, struct proven *out);

/* ---- text as files can hold it ---- */

/* Controls but '\n' and '\t' as their pictures; in `a` when that changed anything. */
struct str text_plain(struct arena *a, struct str s);
/* What is read back by citations_read_markdown: no byte of it is Markdown's own. */
struct str markdown_escape(struct arena *a, struct str s);
struct str markdown_unescape(struct arena *a, struct str s);
/* A path in a code span: controls, '%' and '`' as %XX. */
struct str path_escape(struct arena *a, struct str s, const char *also);
struct str path_unescape(struct arena *a, struct str s);
/* An address of the web as RFC 3987 lets it be written: what it may not hold as %XX, what is
 * escaped already left so.  Twice is once. */
struct str iri_escape(struct arena *a, struct str s);
/* A cell of CSV with its quotes; one that a spreadsheet would take for a formula begins with an
 * apostrophe more. */
struct str csv_cell(struct arena *a, struct str s);

/* The citations of our own Markdown and CSV. */
void citations_read_markdown(struct str file, struct arena *a, struct citation **v, size_t *n);
enum status citations_read_csv(struct str file, struct arena *a, struct citation **v, size_t *n);

#endif

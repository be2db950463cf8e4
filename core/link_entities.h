/* link_entities: what the steps of the entity linker share; for its own files alone.
 *
 * A *node* is a form (link_names.h) under one kind: all mentions that look alike and are of one
 * kind.  Nodes that are one entity over the whole case are united (union-find); a mention whose
 * own form says too little ("Miller") is moved to another node, each by itself, because the next
 * article may mean another Miller.  An entity is a root with all mentions of its nodes.
 *
 *     row of l->mentions --> node --> root --> entity
 */
#ifndef CORE_LINK_ENTITIES_H
#define CORE_LINK_ENTITIES_H

#include "core/intern.h"
#include "core/link.h"
#include "core/link_names.h"

#define NO_ROW UINT32_MAX

struct link_form {
    uint32_t node[MENTION_KINDS];  /* 0: none */
    uint32_t votes[MENTION_KINDS]; /* how often, and how surely, it was found as that */
};

struct link_node {
    uint32_t form;
    uint32_t parent;   /* itself: a root */
    uint32_t mentions; /* with this very form */
    uint32_t articles;
    uint32_t first_row;
    uint32_t offers_begin, offers_end;
    uint32_t merged; /* of a root: mentions of all nodes united under it, and those moved to them */
    uint8_t kind;
    uint8_t words;     /* of its form */
    bool is_short;     /* too little to stand for itself where something longer is near */
    bool settled;      /* the reader, or the world, said what it is: it is not moved */
    uint8_t reason;    /* enum link_reason: why it was united with what it hangs on */
    uint32_t spells;   /* of a handle: the node whose name it spells; 0: none */
    struct passage because;
};

struct link_offer {
    uint32_t key; /* a form */
    uint32_t node;
    uint8_t role; /* enum offer_role */
};

struct link_added { /* a mention that the finder did not make */
    article_id article;
    uint32_t form;
    struct mention mention;
    uint32_t node,
        because; /* where rows have nodes already: whose it is, and a row that shows it */
};

struct forbidden {
    uint32_t a, b; /* nodes that the reader wants apart */
};

struct linking {
    const struct link_job *job;
    struct links *l;
    struct intern names; /* forms */
    VEC(struct link_form) forms;
    VEC(struct link_node) nodes; /* row 0: none */
    VEC(struct link_offer) offers;
    VEC(struct forbidden) apart;
    VEC(struct entity_pair) pairs; /* of nodes until the tables are made */
    uint32_t *key_starts, *key_offers; /* form -> rows of offers */
    uint32_t n_keys;                   /* forms that key_starts covers */
    uint32_t *row_form, *row_node;
    uint32_t *row_because; /* row of the mention it was moved to the node of; NO_ROW */
    uint8_t *row_reason;
};

struct str link_text(const struct linking *k, uint32_t row);
static inline struct str link_form_text(const struct linking *k, uint32_t form)
{
    return intern_name(&k->names, form);
}
uint32_t link_form_of(struct linking *k, struct str text); /* made if new */

/* Rows of k->offers that are made under the form, in their order; none under a form that is newer
 * than the index of them, or INTERN_NONE.  Borrowed from `k`. */
struct offer_run {
    const uint32_t *rows;
    uint32_t n;
};
static inline struct offer_run link_offers(const struct linking *k, uint32_t form)
{
    if (form >= k->n_keys)
        return (struct offer_run){0};
    return (struct offer_run){k->key_offers + k->key_starts[form],
                              k->key_starts[form + 1] - k->key_starts[form]};
}


/* The form with this text; null when no name has it.  Valid until the next link_form_of. */
const struct link_form *link_form_known(const struct linking *k, struct str text);

uint32_t link_root(struct linking *k, uint32_t node);
/* False when the reader wants something in one apart from something in the other. */
bool link_may_unite(struct linking *k, uint32_t a, uint32_t b);
/* One entity from now on, unless forbidden.  The smaller hangs on the greater. */
bool link_unite(struct linking *k, uint32_t a, uint32_t b, enum link_reason reason,
                struct passage because);
void link_pair(struct linking *k, uint32_t a, uint32_t b, enum link_reason reason, uint32_t score);

/* A person's row to the name with this form, which is made if new; `because` is the row that shows
 * it. */
void link_move_row(struct linking *k, uint32_t row, uint32_t form, uint32_t because,
                   enum link_reason reason);

/* Rows into the tables, in order of article and begin; every number of a row moves. */
void link_insert_rows(struct linking *k, const struct link_added *v, size_t n);

/* The kind that most mentions of the form have, and how many votes are for any but "other"; 0 where
 * hardly anything but "other" is said. */
uint8_t link_favourite(const struct link_form *f, uint64_t *known);

/* The steps, in order. */
void link_count_votes(struct linking *k);    /* link_votes.c */
void link_look_again(struct linking *k);     /* link_again.c: mentions that were overlooked */
void link_vote_kinds(struct linking *k);     /* link_votes.c: one kind for a name across the case */
void link_siblings(struct linking *k);       /* link_siblings.c: "Bill and Melinda Harlow" */
void link_decisions(struct linking *k);      /* link_whole.c: what the reader said */
void link_whole_names(struct linking *k);    /* link_whole.c: full names with full names */
void link_short_names(struct linking *k);    /* link_short.c: what is short for a name near it */
void link_stated(struct linking *k, uint32_t first,
                 uint32_t end);              /* link_stated.c: rows of one article */
void link_handles(struct linking *k);        /* link_whole.c */
void link_descriptions(struct linking *k);   /* link_describe.c: "the SKIMS founder" */

#endif

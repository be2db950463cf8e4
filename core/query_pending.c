/* Until the query room is there. */
#include "core/query.h"

__attribute__((weak)) enum status query_parse(struct arena *a, struct str text, struct query **out,
                                              struct query_error *error)
{
    (void)a, (void)text, (void)out;
    *error = (struct query_error){0, "queries are not understood yet"};
    return ERR_SYNTAX;
}

__attribute__((weak)) enum status query_run(const struct query *q, const struct dossier *d,
                                            const struct query_outside *outside,
                                            struct query_limits limits, struct query_result *out)
{
    (void)q, (void)d, (void)outside, (void)limits, (void)out;
    return OK;
}

__attribute__((weak)) void query_result_free(struct query_result *r)
{
    (void)r;
}

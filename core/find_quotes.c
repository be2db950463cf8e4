#include "core/find.h"

void find_quotes(struct finder *f, const struct body *body, struct found *out)
{
    (void)f, (void)body, (void)out;
}

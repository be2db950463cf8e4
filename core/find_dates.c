#include "core/find.h"

void find_dates(struct finder *f, const struct body *body, struct arena *keep, struct found *out)
{
    (void)f, (void)body, (void)keep, (void)out;
}

const char *date_rule_name(uint16_t rule)
{
    (void)rule;
    return "";
}

#include "db/db.h"
tithing::db::Value made(bool truth) { return tithing::db::Value(truth ? 1 : 0); }
